import { InfluxDB, setLogger, type WriteApi } from '@influxdata/influxdb-client'
import type { HttpClient } from '../http/client.ts'
import { explainFailure } from './influxdb-failure.ts'
import { createRequests, type WriteRequest } from './influxdb-requests.ts'
import { createTransport } from './influxdb-transport.ts'
import type { Storage } from './storage.ts'
import type { InfluxTarget } from './target.ts'

/** An InfluxDB server, spoken to through the official client. */
export function openInfluxDB(target: InfluxTarget, http: HttpClient): Storage {
  // The client would write to the console, where every line is a line of the user's log.
  setLogger({ error() {}, warn() {} })
  return {
    name: nameTarget(target),
    async write(batches, signal) {
      const api = openWriteApi(target, http, signal)
      const requests = createRequests(target.api === 'v1' ? 'i' : 'u')
      let written = 0
      let isOver = false
      let gaveUp = false
      const problems = new Set<string>()

      async function send({ text, lines }: WriteRequest): Promise<void> {
        try {
          api.writeRecord(text)
          await api.flush()
          written += lines
        } catch (error) {
          const failure = explainFailure(error, target, signal)
          written += Math.max(0, lines - (failure.dropped ?? lines))
          problems.add(failure.text)
          isOver = failure.isFinal
        }
      }

      // While the server takes one request the next is made, and no more than that.
      let sending = Promise.resolve()
      try {
        for await (const request of requests.from(batches)) {
          await sending
          gaveUp = signal.aborted || isOver
          if (gaveUp) break
          sending = send(request)
        }
      } finally {
        await sending
      }
      const { given, unsayable } = requests
      if (unsayable > 0) problems.add(`line protocol cannot say ${unsayable} of the points`)
      if (signal.aborted && written < given) problems.add(explainFailure(signal.reason, target, signal).text)
      return { written, lost: given - written, gaveUp, problems: [...problems] }
    },
  }
}

export function nameTarget(target: InfluxTarget): string {
  const place = target.api === 'v2' ? `bucket ${target.bucket}` : `database ${target.database}`
  return `${target.url} (${target.api}, ${place})`
}

/**
 * The client's own retries and timers are off: `close()` throws its buffer away, `flush(true)` goes on in the background,
 * and a batch that grows too long is sent with nobody waiting for it.
 */
function openWriteApi(target: InfluxTarget, http: HttpClient, signal: AbortSignal): WriteApi {
  const transport = createTransport(target, http, signal)
  const writeOptions = {
    maxRetries: 0,
    flushInterval: 0,
    // A record is the text of a whole request.
    batchSize: 2,
    maxBatchBytes: Number.MAX_SAFE_INTEGER,
  }
  return new InfluxDB({ url: target.url, transport }).getWriteApi('', '', 'ns', writeOptions)
}
