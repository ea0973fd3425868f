import { maxKeptChunkBytes, maxLostLines, maxStrikes, maxUnfinishedFiles, refusedAgainMs } from '../limits.ts'
import { toLineOrNone } from '../line-protocol/writer.ts'
import type { Point } from '../point/point.ts'
import { EndOfWriting } from '../storage/explain-end.ts'
import type { Conflict, LostLine, Storage, Written } from '../storage/storage.ts'
import type { ReadHeader } from './kept-file.ts'
import { type Chunk, toPoints } from './kept-reader.ts'
import { type Candidate, matchDestination } from './match-destination.ts'
import type { OpenedFile, Refused, Waiting } from './waiting.ts'

/** A storage that takes what is kept. */
export interface Sending extends Candidate {
  open(): Storage
  /** Why the server could not be reached since it was last asked; undefined where it was. */
  takeOutage(): string | undefined
  /** Calls it from now on whenever the server answers that it does not take something. */
  onRefusal(listener: () => void): void
  /** Whether it took something just now: then what it does not take is the file's trouble. */
  readonly isKnownUp: boolean
}

export interface Limits {
  /** Aborted when all of it must end. */
  readonly signal: AbortSignal
  /** How long until then, in ms. */
  remainingMs(): number
  now(): number
  /** What a file has at first: each has its turn before one has two. */
  readonly turnMs: number
  /** What is sent in all, about. */
  readonly maxBytes: number
  readonly maxFiles: number
  /** Of a request. */
  readonly maxLines: number
  /** How often lines of one file may be refused. */
  readonly maxRefusals: number
  /** Whether a server may have moved since. */
  readonly mayMove: boolean
  readonly isDryRun: boolean
  redact(text: string): string
}

/** What became of a file. */
export interface SentFile {
  readonly kind: Waiting['kind']
  readonly place: string
  readonly header: ReadHeader
  /** Points that a storage took. */
  readonly sent: number
  /** Lines that are still there; undefined where nobody counted. */
  readonly left: number | undefined
  /** Lines that are gone. */
  readonly lost: number
  /** Why lines are left, a clause; undefined where none is. */
  readonly why: string | undefined
  /** Why lines are lost, a clause. */
  readonly whyLost: string | undefined
}

export interface Sender {
  /** Whether nothing more can be sent. */
  findEnd(): string | undefined
  /** Gives a file its turn, where it is for one of the storages. */
  offer(waiting: Waiting): Promise<void>
  /** Gives further turns to files that had not enough of one, and puts back what is left. */
  finish(): Promise<void>
  readonly files: readonly SentFile[]
  /** Points by the name of the storage that took them. */
  readonly sent: ReadonlyMap<string, number>
  /** What each storage said of the points: what it lost, left out or changed. */
  readonly results: readonly Answer[]
}

/** What a storage did to points that it was given. */
export interface Answer {
  readonly name: string
  lost: number
  readonly lostLines: LostLine[]
  readonly conflicts: Conflict[]
  readonly changes: Set<string>
}

/** A file that is being sent. */
interface Job {
  readonly waiting: Waiting
  readonly opened: OpenedFile
  readonly to: Server
  readonly refused: Refused[]
  sent: number
  lost: number
  refusals: number
  hasRest: boolean
  /** Whether it cannot be read any further. */
  isBroken: boolean
  readonly why: Set<string>
  readonly whyLost: Set<string>
}

/** A storage, and how it does. */
interface Server {
  readonly sending: Sending
  readonly storage: Storage
  isUp: boolean
  /** How long its last request took. */
  lastMs: number
  /** Files that it refused since it last took something. */
  strikes: number
  down: string | undefined
}

/** The one way from kept files to storages: which of them go where, in which order, and what is left of them. */
export function createSender(storages: readonly Sending[], limits: Limits): Sender {
  const servers = new Map<Sending, Server>()
  const files: SentFile[] = []
  const unfinished: Job[] = []
  const sent = new Map<string, number>()
  const answers = new Map<string, Answer>()
  let bytes = 0
  let claims = 0

  function findEnd(): string | undefined {
    if (limits.signal.aborted || limits.remainingMs() <= 0) return 'the time was over before it was sent'
    if (bytes >= limits.maxBytes) return `no more than about ${limits.maxBytes} bytes are sent at a time`
    const reasons = [...servers.values()].map(({ down }) => down)
    return servers.size === storages.length && reasons.every((reason) => reason !== undefined) ? reasons[0] : undefined
  }

  /** Whether there is time for another request: one that is broken off may have arrived, and would be sent again. */
  const hasTime = ({ lastMs }: Server) => lastMs * 1.2 <= limits.remainingMs()

  function toServer(sending: Sending): Server {
    let server = servers.get(sending)
    if (server === undefined) {
      server = { sending, storage: sending.open(), isUp: sending.isKnownUp, lastMs: 0, strikes: 0, down: undefined }
      servers.set(sending, server)
    }
    return server
  }

  async function offer(waiting: Waiting): Promise<void> {
    const { kind, place, header } = waiting
    const leave = (why: string) =>
      void files.push({ kind, place, header, sent: 0, left: header.lines, lost: 0, why, whyLost: undefined })
    const match = matchDestination(header, storages, limits.redact, limits.mayMove)
    if ('reason' in match) {
      leave(match.reason)
      return
    }
    const to = toServer(match.storage)
    const isFull = claims >= limits.maxFiles
    const full = isFull ? `no more than ${limits.maxFiles} files are sent at a time` : undefined
    const late = hasTime(to) ? undefined : 'the time was over before it was sent'
    const end = to.down ?? findEnd() ?? full ?? late
    if (end !== undefined) {
      leave(end)
      return
    }
    let opened: OpenedFile | undefined
    try {
      opened = waiting.claim()
    } catch (error) {
      leave((error as Error).message)
      return
    }
    if (opened === undefined) return
    claims++
    const job: Job = {
      isBroken: false,
      waiting,
      opened,
      to,
      refused: [],
      sent: 0,
      lost: 0,
      refusals: 0,
      hasRest: true,
      why: new Set(),
      whyLost: new Set(),
    }
    await takeTurn(job, limits.turnMs)
    const isCrowded = unfinished.length >= maxUnfinishedFiles
    if (isDone(job) || job.isBroken || isCrowded || job.to.down !== undefined || limits.isDryRun) await settle(job)
    else unfinished.push(job)
  }

  const isDone = ({ hasRest, refused }: Job) => !hasRest && refused.length === 0

  /** Sends of a file what there is time for. Ends with the first lines that are refused: others have their turn, too. */
  async function takeTurn(job: Job, turnMs: number): Promise<void> {
    try {
      await sendParts(job, turnMs)
    } catch (error) {
      job.isBroken = true
      job.why.add((error as Error).message)
    }
  }

  async function sendParts(job: Job, turnMs: number): Promise<void> {
    const endMs = limits.now() + Math.min(turnMs, limits.remainingMs())
    for (let longestMs = 0; limits.now() + longestMs * 1.2 <= endMs && hasTime(job.to) && findEnd() === undefined; ) {
      const startMs = limits.now()
      const part = takePart(job)
      if (part === undefined) return
      bytes += part.bytes
      job.opened.touch()
      const isTaken = await sendPart(job, part, turnMs)
      if (!isTaken || isDone(job)) return
      longestMs = Math.max(longestMs, limits.now() - startMs)
    }
  }

  interface Part {
    readonly points: readonly Point[]
    readonly tries: number
    readonly bytes: number
  }

  /** What comes next: what was not yet tried before what was refused. */
  function takePart(job: Job): Part | undefined {
    const { reader } = job.opened
    const tries = job.waiting.header.tries ?? 0
    while (job.hasRest) {
      const chunk = reader.read(toSize(limits.maxLines, tries, reader.header.lines), maxKeptChunkBytes)
      job.hasRest = chunk !== undefined && !reader.isAtEnd
      if (chunk === undefined) break
      tellBad(job, chunk)
      if (chunk.points.length > 0) return { points: chunk.points, tries, bytes: chunk.bytes }
    }
    // A line that stands alone has had its try.
    const refused = job.refused.find(({ lines }) => lines.length > 1)
    if (refused === undefined || job.refusals >= limits.maxRefusals || (!job.to.isUp && job.refusals > 3))
      return undefined
    const size = toSize(limits.maxLines, refused.tries, refused.lines.length)
    const rest = refused.lines.slice(size)
    job.refused.splice(
      job.refused.indexOf(refused),
      1,
      ...(rest.length > 0 ? [{ lines: rest, tries: refused.tries }] : []),
    )
    const lines = refused.lines.slice(0, size)
    return { points: toPoints(lines), tries: refused.tries, bytes: lines.join('\n').length }
  }

  function tellBad(job: Job, { bad }: Chunk): void {
    job.lost += bad.length
    const [first] = bad
    if (first !== undefined && job.whyLost.size < 3) job.whyLost.add(`line ${first.line}: ${first.problem}`)
  }

  /** Whether all of it was taken. */
  async function sendPart(job: Job, { points, tries }: Part, turnMs: number): Promise<boolean> {
    const { to } = job
    const handedBack: string[] = []
    // A slow server is given more than a turn for one request: otherwise nothing would ever be sent to it.
    const maxMs = tries > 0 || to.strikes > 0 ? Math.min(refusedAgainMs, turnMs) : 2 * turnMs
    const endMs = limits.now() + Math.min(maxMs, limits.remainingMs())
    const fuse = new AbortController()
    let timer: NodeJS.Timeout | undefined
    const end = () => fuse.abort(new EndOfWriting('its turn was over'))
    to.sending.onRefusal(() => {
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
    const result = await write(to.storage, points, writing)
    clearTimeout(timer)
    clearTimeout(time)
    // What a defect of ours or an end of time leaves open is sent again: twice is once.
    const refused = result.gaveUp === true ? toLines(points) : handedBack
    const written = result.gaveUp === true ? 0 : result.written
    const lost = result.gaveUp === true ? 0 : result.lost
    job.sent += written
    job.lost += lost
    sent.set(to.storage.name, (sent.get(to.storage.name) ?? 0) + written)
    if (result.gaveUp !== true) addAnswer(to.storage.name, result)
    const outage = to.sending.takeOutage()
    const why = result.problems.join('; ')
    if (lost > 0) job.whyLost.add(why || 'the storage does not take them')
    if (written > 0) to.lastMs = limits.now() - startMs
    if (refused.length === 0) {
      to.isUp = true
      to.strikes = 0
      return true
    }
    job.why.add(why || 'the storage did not take them')
    job.refused.push({ lines: refused, tries: tries + 1 })
    if (written > 0) to.strikes = 0
    else if (job.refusals === 0) to.strikes++
    // A storage that has taken nothing yet and wants other credentials is not asked again for the same lines.
    job.refusals +=
      result.isDown === true && !to.isUp && outage === undefined && !signal.aborted ? limits.maxRefusals : 1
    if (outage !== undefined && written === 0) to.down = `${to.storage.name} cannot be reached: ${outage}`
    else if (to.strikes >= maxStrikes) to.down = `${to.storage.name} took no more: ${why}`
    return false
  }

  function addAnswer(name: string, { lost, lostLines = [], conflicts = [], changes = [] }: Written): void {
    const answer = answers.get(name) ?? { name, lost: 0, lostLines: [], conflicts: [], changes: new Set() }
    answers.set(name, answer)
    answer.lost += lost
    answer.lostLines.push(...lostLines.slice(0, maxLostLines - answer.lostLines.length))
    answer.conflicts.push(...conflicts)
    for (const change of changes) answer.changes.add(change)
  }

  async function settle(job: Job): Promise<void> {
    const { opened, waiting, refused, hasRest, sent, why, whyLost } = job
    const { reader } = opened
    const isLeft = hasRest || refused.length > 0
    const refusedLines = refused.reduce((sum, { lines }) => sum + lines.length, 0)
    const rest = hasRest ? reader.left : 0
    let { lost } = job
    if (!hasRest && !reader.isWhole) {
      lost += reader.missing
      whyLost.add('it was not finished, and its end is missing')
    }
    // What cannot be read to its end stays as it is.
    const isChanged = !job.isBroken && sent + job.lost + refusedLines > 0
    const untouched = { refused: [], hasRest: true, isChanged: false }
    const problem = await opened.end(
      limits.isDryRun || job.isBroken
        ? { ...untouched, isTried: job.isBroken }
        : { refused, hasRest, isChanged, isTried: isChanged },
    )
    if (problem !== undefined) why.add(problem)
    else if (isLeft && why.size === 0)
      why.add(job.to.down ?? findEnd() ?? 'others had their turn before all of it was sent')
    files.push({
      kind: waiting.kind,
      place: waiting.place,
      header: waiting.header,
      sent,
      left: rest === undefined ? undefined : rest + refusedLines,
      lost,
      why: why.size > 0 && (isLeft || problem !== undefined) ? [...why].join('; ') : undefined,
      whyLost: lost > 0 || whyLost.size > 0 ? [...whyLost].join('; ') : undefined,
    })
  }

  async function finish(): Promise<void> {
    for (let turnMs = limits.turnMs * 2; unfinished.length > 0; turnMs *= 2) {
      for (const job of unfinished.splice(0)) {
        const before = job.sent + job.lost + job.refusals
        if (job.to.down === undefined && findEnd() === undefined) await takeTurn(job, turnMs)
        const isGoingOn = job.sent + job.lost + job.refusals > before
        if (isDone(job) || job.isBroken || job.to.down !== undefined || findEnd() !== undefined || !isGoingOn)
          await settle(job)
        else unfinished.push(job)
      }
    }
  }

  return {
    findEnd,
    offer,
    finish,
    files,
    sent,
    get results() {
      return [...answers.values()]
    },
  }
}

/** How many of so many lines are sent at a time when so many tries failed: a line that nobody takes comes to stand alone. */
function toSize(maxLines: number, tries: number, lines = maxLines): number {
  const part = tries === 0 ? maxLines : Math.ceil(lines / 8)
  return Math.max(1, Math.min(part, Math.floor(maxLines / 8 ** tries)))
}

function toLines(points: readonly Point[]): string[] {
  return points.map((point) => toLineOrNone(point)).filter((line) => line !== undefined)
}

/** A defect in a storage is a result, too. */
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
