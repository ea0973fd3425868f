import type { Point } from '../point/point.ts'
import { toLineOrNone } from './line.ts'

/** The body of one request, lines of line protocol, and how many these are. */
export interface WriteRequest {
  readonly text: string
  readonly lines: number
}

/** Servers take 10 MB (v3) or 25 MB (v1), but slowly; 5,000 lines are what InfluxData advises. */
const maxBytes = 5_000_000
const maxLines = 5_000

export interface Requests {
  /** Points that came, so far. */
  readonly given: number
  /** Points without a line: no field, or a number that is none. */
  readonly unsayable: number
  from(batches: AsyncIterable<readonly Point[]>): AsyncGenerator<WriteRequest>
}

/** Makes requests of points: as long as servers like them, whatever the batches are. */
export function createRequests(unsigned: 'u' | 'i'): Requests {
  const counts = { given: 0, unsayable: 0 }

  async function* from(batches: AsyncIterable<readonly Point[]>): AsyncGenerator<WriteRequest> {
    let parts: string[] = []
    let fresh: string[] = []
    let lines = 0
    let bytes = 0

    // Lines are made of many small strings. Joined, each batch is one, and the small ones do not pile up.
    function flatten(): void {
      if (fresh.length > 0) parts.push(fresh.join('\n'))
      fresh = []
    }
    function take(): WriteRequest {
      flatten()
      const request = { text: parts.join('\n'), lines }
      parts = []
      lines = 0
      bytes = 0
      return request
    }

    for await (const batch of batches) {
      counts.given += batch.length
      for (const point of batch) {
        const line = toLineOrNone(point, unsigned)
        if (line === undefined) {
          counts.unsayable++
          continue
        }
        const length = Buffer.byteLength(line) + 1
        if (lines === maxLines || (bytes + length > maxBytes && lines > 0)) yield take()
        fresh.push(line)
        lines++
        bytes += length
      }
      flatten()
    }
    if (lines > 0) yield take()
  }

  return {
    get given() {
      return counts.given
    },
    get unsayable() {
      return counts.unsayable
    },
    from,
  }
}
