import { maxLostLines, maxStrikes, refusedAgainMs } from '../limits.ts'
import { toLineOrNone } from '../line-protocol/writer.ts'
import type { Point } from '../point/point.ts'
import { type Conflict, EndOfWriting, type LostLine, type Storage, type Written } from '../storage/storage.ts'
import type { Candidate } from './match-destination.ts'
import type { Limits } from './sender.ts'

/** A storage that kept points can be sent to. */
export interface Sending extends Candidate {
  open(): Storage
  /** Why the server could not be reached since the last call; undefined if it could. */
  takeOutage(): string | undefined
  /** Sets the function that is called whenever the server refuses points. */
  onRefusal(listener: () => void): void
  /** Whether it has just accepted points: then a refusal is caused by the file, not by the server. */
  readonly isKnownUp: boolean
}

/** Problems with points that a storage reported. */
export interface Answer {
  readonly name: string
  lost: number
  readonly lostLines: LostLine[]
  readonly conflicts: Conflict[]
  readonly changes: Set<string>
}

/** A storage that kept points are sent to, and its state. */
export interface Server {
  /** Whether it accepted all points of the last request. */
  readonly isUp: boolean
  /** A clause that says why nothing more is sent to it. */
  readonly down: string | undefined
  readonly name: string
  /** Points that it accepted; undefined if no request was sent. */
  readonly taken: number | undefined
  /** Its reported problems; undefined if there are none. */
  readonly answer: Answer | undefined
  /** Whether there is time for another request: one that is aborted may have arrived, and would be sent again. */
  hasTime(): boolean
  /**
   * Sends points of one file.
   * @param tries how often these points were refused together
   * @param turnMs the length of the file's turn
   * @param isFirst whether no points of the file were refused before
   */
  send(points: readonly Point[], tries: number, turnMs: number, isFirst: boolean): Promise<Attempt>
}

/** The result of sending points. */
interface Attempt {
  readonly written: number
  readonly lost: number
  /** Lines that the storage may accept later. */
  readonly refused: readonly string[]
  /** The storage's reason: a clause, or empty. */
  readonly why: string
  /** Whether sending the same lines again is useless. */
  readonly isHopeless: boolean
}

export function openServer(sending: Sending, limits: Pick<Limits, 'signal' | 'remainingMs' | 'now'>): Server {
  const storage = sending.open()
  let isUp = sending.isKnownUp
  let lastMs = 0
  /** The number of files that it refused since it last accepted points. */
  let strikes = 0
  let down: string | undefined
  let taken: number | undefined
  let answer: Answer | undefined

  function addAnswer({ lost, lostLines = [], conflicts = [], changes = [] }: Written): void {
    answer ??= { name: storage.name, lost: 0, lostLines: [], conflicts: [], changes: new Set() }
    answer.lost += lost
    answer.lostLines.push(...lostLines.slice(0, maxLostLines - answer.lostLines.length))
    answer.conflicts.push(...conflicts)
    for (const change of changes) answer.changes.add(change)
  }

  return {
    name: storage.name,
    get isUp() {
      return isUp
    },
    get down() {
      return down
    },
    get taken() {
      return taken
    },
    get answer() {
      return answer
    },
    hasTime: () => lastMs * 1.2 <= limits.remainingMs(),
    async send(points, tries, turnMs, isFirst) {
      const handedBack: string[] = []
      // A slow server gets more than one turn for a request; otherwise nothing could ever be sent to it.
      const maxMs = tries > 0 || strikes > 0 ? Math.min(refusedAgainMs, turnMs) : 2 * turnMs
      const endMs = limits.now() + Math.min(maxMs, limits.remainingMs())
      const fuse = new AbortController()
      let timer: NodeJS.Timeout | undefined
      const end = () => fuse.abort(new EndOfWriting('the time for this file ended'))
      sending.onRefusal(() => {
        timer ??= setTimeout(end, refusedAgainMs)
      })
      const time = setTimeout(end, Math.max(1, Math.ceil(endMs - limits.now())))
      const signal = AbortSignal.any([limits.signal, fuse.signal])
      const writing = {
        signal,
        readSignal: signal,
        remainingMs: () => Math.max(0, endMs - limits.now()),
        unsent: (lines: readonly string[]) => void handedBack.push(...lines),
      }
      const startMs = limits.now()
      const result = await write(storage, points, writing)
      clearTimeout(timer)
      clearTimeout(time)
      // If a defect or the timeout leaves the result unknown, the points are sent again: writing a point twice changes nothing.
      const isOpen = result.gaveUp === true
      const refused = isOpen ? toLines(points) : handedBack
      const { written, lost } = isOpen ? { written: 0, lost: 0 } : result
      taken = (taken ?? 0) + written
      if (!isOpen) addAnswer(result)
      const outage = sending.takeOutage()
      const why = result.problems.join('; ')
      if (written > 0) lastMs = limits.now() - startMs
      // A storage that has accepted nothing yet and requires other credentials does not get the same lines again.
      const isHopeless = result.isDown === true && !isUp && outage === undefined && !signal.aborted
      if (refused.length === 0) {
        isUp = true
        strikes = 0
      } else {
        if (written > 0) strikes = 0
        else if (isFirst) strikes++
        if (outage !== undefined && written === 0) down = `${storage.name} cannot be reached: ${outage}`
        else if (strikes >= maxStrikes) down = `${storage.name} refused ${maxStrikes} files in a row: ${why}`
      }
      return { written, lost, refused, why, isHopeless }
    },
  }
}

function toLines(points: readonly Point[]): string[] {
  return points.map((point) => toLineOrNone(point)).filter((line) => line !== undefined)
}

/** Turns a defect in a storage into a result. */
async function write(
  storage: Storage,
  points: readonly Point[],
  writing: Parameters<Storage['write']>[1],
): Promise<Written> {
  async function* once(): AsyncGenerator<readonly Point[]> {
    yield points
  }
  try {
    return await storage.write(once(), writing)
  } catch (error) {
    return { written: 0, unsent: 0, lost: 0, gaveUp: true, problems: [(error as Error).message] }
  }
}
