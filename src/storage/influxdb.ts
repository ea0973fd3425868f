import { InfluxDB, setLogger, type WriteApi } from '@influxdata/influxdb-client'
import type { HttpClient } from '../http/client.ts'
import type { Point } from '../point/point.ts'
import { explainFailure } from './influxdb-failure.ts'
import { createTransport } from './influxdb-transport.ts'
import { toLine } from './line.ts'
import type { Storage } from './storage.ts'
import type { InfluxTarget } from './target.ts'

/** A request's size; servers take 10 MB (v3) or 25 MB (v1), but slowly. Lines are at most 5,000, as InfluxData advises. */
const maxRequestBytes = 5_000_000
const maxRequestLines = 5_000

/** An InfluxDB server, spoken to through the official client. */
export function openInfluxDB(target: InfluxTarget, http: HttpClient): Storage {
  // The client would write to the console, where every line is a line of the user's log.
  setLogger({ error() {}, warn() {} })
  return {
    name: nameTarget(target),
    async write(batches, signal) {
      const api = openWriteApi(target, http, signal)
      let given = 0
      let written = 0
      const problems = new Set<string>()

      async function send(lines: readonly string[]): Promise<void> {
        for (const request of toRequests(lines)) {
          try {
            api.writeRecords(request)
            await api.flush()
            written += request.length
          } catch (error) {
            const failure = explainFailure(error, target, signal)
            written += Math.max(0, request.length - (failure.dropped ?? request.length))
            problems.add(failure.text)
          }
        }
      }

      // While the server takes one batch the next is made, and no more than that.
      let sending = Promise.resolve()
      try {
        for await (const batch of batches) {
          given += batch.length
          if (signal.aborted) continue
          const lines = batch.flatMap((point) => toLines(point, target.api === 'v1' ? 'i' : 'u'))
          if (lines.length < batch.length) problems.add('some points have no line in line protocol')
          await sending
          sending = send(lines)
        }
      } finally {
        await sending
      }
      if (signal.aborted && written < given) problems.add(explainFailure(signal.reason, target, signal).text)
      return { written, lost: given - written, problems: [...problems] }
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
    batchSize: maxRequestLines + 1,
    maxBatchBytes: Number.MAX_SAFE_INTEGER,
  }
  return new InfluxDB({ url: target.url, transport }).getWriteApi('', '', 'ns', writeOptions)
}

/** The point's line; none where it has no field, or a number that is none. */
function toLines(point: Point, unsigned: 'u' | 'i'): string[] {
  try {
    const line = toLine(point, unsigned)
    return line === '' ? [] : [line]
  } catch {
    return []
  }
}

function* toRequests(lines: readonly string[]): Generator<string[]> {
  let request: string[] = []
  let bytes = 0
  for (const line of lines) {
    const length = Buffer.byteLength(line) + 1
    if (request.length === maxRequestLines || (bytes + length > maxRequestBytes && request.length > 0)) {
      yield request
      request = []
      bytes = 0
    }
    request.push(line)
    bytes += length
  }
  if (request.length > 0) yield request
}
