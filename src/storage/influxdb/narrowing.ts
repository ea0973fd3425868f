import type { Failure } from './failure.ts'
import { addRefused, type Sent } from './sent.ts'

/** Lines that were refused together, or one that was refused alone. */
interface Refused {
  readonly lines: readonly string[]
  readonly failure: Failure
}

export interface Narrowing {
  /** Sets aside lines that were refused together without naming the invalid one. */
  add(lines: readonly string[], failure: Failure): void
  /** Notes that the server accepted a request, with one of its lines. */
  taken(line: string): void
  /** The number of characters that are set aside. */
  readonly size: number
  /** Finds the lines that are refused, as long as the server accepts others. */
  run(): Promise<void>
  /** Removes and returns the lines that could not be decided. */
  takeLeft(): readonly (readonly string[])[]
}

/** After this many refusals in a row, it is checked whether the server still accepts anything. */
const maxSuspects = 3

/**
 * Narrows refused requests down to the invalid lines by halving: at most 2 log2 n + 1 requests per line. A line is
 * lost if it is refused alone and the server then accepts another line; if it accepts nothing, the line is not to blame.
 * @param attempt sends lines, and sets refused ones aside again; true if all were accepted
 * @param probe whether the server accepts this line, which it has accepted before
 * @param stop receives why some lines could not be decided, and whether the server accepts nothing
 */
export function openNarrowing(
  sent: Sent,
  attempt: (lines: readonly string[]) => Promise<boolean>,
  probe: (line: string) => Promise<boolean>,
  stop: (problem: string, isDown: boolean) => void,
): Narrowing {
  let refused: Refused[] = []
  let suspects: Refused[] = []
  let size = 0
  let known: string | undefined

  function clearSuspects(): void {
    addRefused(
      sent,
      suspects.map(({ lines: [line = ''], failure }) => ({ line, reason: failure.words })),
    )
    suspects = []
  }

  /** Whether single lines may be declared lost yet. */
  async function isServerWell(): Promise<boolean> {
    if (known !== undefined && (await probe(known))) {
      clearSuspects()
      return true
    }
    return false
  }

  /** The largest group, so that most points are stored early; until something was accepted the smallest, to learn whether anything is accepted. */
  function takeNext(): Refused | undefined {
    const order = known === undefined ? -1 : 1
    let next: Refused | undefined
    for (const one of refused) {
      if (next === undefined || order * (one.lines.length - next.lines.length) > 0) next = one
    }
    refused = refused.filter((one) => one !== next)
    return next
  }

  async function split({ lines, failure }: Refused): Promise<void> {
    const middle = Math.floor(lines.length / 2)
    const [first, second] = [lines.slice(0, middle), lines.slice(middle)]
    const isFirstTaken = await attempt(first)
    // If the first half is accepted, the second half contains the invalid line.
    if (isFirstTaken && second.length > 1) {
      refused.push({ lines: second, failure })
      return
    }
    await attempt(second)
    if (isFirstTaken) clearSuspects()
  }

  return {
    add(lines, failure) {
      if (lines.length === 0) return
      if (lines.length === 1) suspects.push({ lines, failure })
      else refused.push({ lines, failure })
      size += lines.reduce((sum, line) => sum + line.length, 0)
    },
    taken(line) {
      known = line
      clearSuspects()
    },
    get size() {
      return size
    },
    async run() {
      size = 0
      for (;;) {
        const isDoubtful = suspects.length >= maxSuspects || (refused.length === 0 && suspects.length > 0)
        if (isDoubtful && !(await isServerWell())) {
          return stop(suspects[0]?.failure.text ?? '', suspects.length >= maxSuspects)
        }
        const next = takeNext()
        if (next === undefined) return
        await split(next)
      }
    },
    takeLeft() {
      const left = [...refused, ...suspects].map(({ lines }) => lines)
      refused = []
      suspects = []
      return left
    },
  }
}
