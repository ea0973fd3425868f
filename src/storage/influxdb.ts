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
  const name = nameTarget(target)
  return {
    name,
    async write(batches, signal) {
      const api = openWriteApi(target, http, signal)
      let given = 0
      let written = 0
      const problems = new Set<string>()
      for await (const batch of batches) {
        given += batch.length
        if (signal.aborted) continue
        for (const lines of toRequests(batch, target.api === 'v1' ? 'i' : 'u')) {
          try {
            api.writeRecords(lines)
            await api.flush()
            written += lines.length
          } catch (error) {
            const failure = explainFailure(error, target, signal)
            written += Math.max(0, lines.length - (failure.dropped ?? lines.length))
            problems.add(`${name}: ${failure.text}`)
          }
        }
      }
      if (signal.aborted && written < given)
        problems.add(`${name}: ${explainFailure(signal.reason, target, signal).text}`)
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

function* toRequests(batch: readonly Point[], unsigned: 'u' | 'i'): Generator<string[]> {
  let lines: string[] = []
  let bytes = 0
  for (const point of batch) {
    const line = toLine(point, unsigned)
    if (lines.length === maxRequestLines || (bytes + line.length > maxRequestBytes && lines.length > 0)) {
      yield lines
      lines = []
      bytes = 0
    }
    lines.push(line)
    bytes += line.length
  }
  if (lines.length > 0) yield lines
}
