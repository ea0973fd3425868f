import type { Failure } from './failure.ts'
import { addRefused, type Sent } from './sent.ts'

/** Lines that were refused together, or one that was refused alone. */
interface Refused {
  readonly lines: readonly string[]
  readonly failure: Failure
}

export interface Narrowing {
  /** Puts lines aside that were refused, of which nobody says which. */
  add(lines: readonly string[], failure: Failure): void
  /** Tells that the server took a request, and a line of it. */
  taken(line: string): void
  /** Characters that are put aside. */
  readonly size: number
  /** Finds the lines that are refused, while the server takes others. */
  run(): Promise<void>
  /** Takes what could not be decided. */
  takeLeft(): readonly (readonly string[])[]
}

/** So many lines refused one after the other, and nothing taken between: is it the server that takes nothing? */
const maxSuspects = 3

/**
 * Narrows refused requests down to the lines for which they were refused, by halves: at most 2 log2 n + 1 requests a line. A line is
 * lost where it is refused alone and the server then takes another; where it takes nothing, it is not the line that is refused.
 * @param attempt sends lines; what is refused of them is put aside again. True where all were taken.
 * @param probe whether the server takes this line, which it took before
 * @param stop says why some could not be decided, and whether it is the server that takes nothing
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

  /** Whether lines may be refused one by one yet. */
  async function isServerWell(): Promise<boolean> {
    if (known !== undefined && (await probe(known))) {
      clearSuspects()
      return true
    }
    return false
  }

  /** The largest, so that what is good is stored early; the smallest until something was taken, so as to learn whether anything is. */
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
    // Where the first half is taken, the second one is what was refused.
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
