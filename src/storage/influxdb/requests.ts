import { longestGapMs, maxRequestBytes, maxRequestLines } from '../../limits.ts'
import { toLineOrNone } from '../../line-protocol/writer.ts'
import type { Point } from '../../point/point.ts'

/** The body of one request: lines of line protocol. A line break within a line is part of a string. */
export interface WriteRequest {
  readonly text: string
  /** Where each line starts in the text. */
  readonly starts: readonly number[]
}

export interface Requests {
  /** Points without a line: they have no field, or a number that is not finite. */
  readonly unsayable: number
  from(batches: AsyncIterable<readonly Point[]>): AsyncGenerator<WriteRequest>
}

/** Groups points into requests of the size that servers recommend, independent of the batches. */
export function createRequests(unsigned: 'u' | 'i'): Requests {
  let unsayable = 0

  async function* from(batches: AsyncIterable<readonly Point[]>): AsyncGenerator<WriteRequest> {
    let parts: string[] = []
    let fresh: string[] = []
    let starts: number[] = []
    let length = 0
    let bytes = 0

    // Joining each batch at once frees the many small strings that its lines consist of.
    function flatten(): void {
      if (fresh.length > 0) parts.push(fresh.join('\n'))
      fresh = []
    }
    function take(): WriteRequest {
      flatten()
      const request = { text: parts.join('\n'), starts }
      parts = []
      starts = []
      length = 0
      bytes = 0
      return request
    }

    for await (const batch of orPauses(batches)) {
      if (batch === undefined) {
        if (starts.length > 0) yield take()
        continue
      }
      for (const point of batch) {
        const line = toLineOrNone(point, unsigned)
        if (line === undefined) {
          unsayable++
          continue
        }
        const lineBytes = Buffer.byteLength(line) + 1
        if (starts.length === maxRequestLines || (bytes + lineBytes > maxRequestBytes && starts.length > 0))
          yield take()
        fresh.push(line)
        starts.push(length)
        length += line.length + 1
        bytes += lineBytes
      }
      flatten()
    }
    if (starts.length > 0) yield take()
  }

  return {
    get unsayable() {
      return unsayable
    },
    from,
  }
}

/** Yields the batches, and undefined once if the next batch is late. */
async function* orPauses<T>(batches: AsyncIterable<T>): AsyncGenerator<T | undefined> {
  const iterator = batches[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = iterator.next()
      if (!(await isSoon(next))) yield undefined
      const result = await next
      if (result.done === true) return
      yield result.value
    }
  } finally {
    await iterator.return?.()
  }
}

function isSoon(next: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, longestGapMs, false)
    const end = () => {
      clearTimeout(timer)
      resolve(true)
    }
    next.then(end, end)
  })
}

export function toRequest(lines: readonly string[]): WriteRequest {
  const starts: number[] = []
  let length = 0
  for (const line of lines) {
    starts.push(length)
    length += line.length + 1
  }
  return { text: lines.join('\n'), starts }
}

export function toLines({ text, starts }: WriteRequest): string[] {
  return starts.map((start, index) => text.slice(start, (starts[index + 1] ?? text.length + 1) - 1))
}
