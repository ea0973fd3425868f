import { maxUnfinishedFiles } from '../limits.ts'
import { createJob, endJob, isDone, type Job, type SentFile, sendPart, takePart } from './file-job.ts'
import { matchDestination } from './match-destination.ts'
import { type Answer, openServer, type Sending, type Server } from './server.ts'
import type { OpenedFile, Waiting } from './waiting.ts'

export interface Limits {
  /** Aborted when all sending must end. */
  readonly signal: AbortSignal
  /** The time left until then, in ms. */
  remainingMs(): number
  now(): number
  /** The first turn of each file; every file has a turn before any file has a second one. */
  readonly turnMs: number
  /** The approximate number of bytes that are sent in all. */
  readonly maxBytes: number
  readonly maxFiles: number
  /** The most lines of a request. */
  readonly maxLines: number
  /** The most requests of one file that may be refused. */
  readonly maxRefusals: number
  /** Whether a server's address may have changed. */
  readonly mayMove: boolean
  readonly isDryRun: boolean
  redact(text: string): string
}

export interface Sender {
  /** Why nothing more can be sent; undefined while sending is possible. */
  findEnd(): string | undefined
  /** Gives a file its first turn if it belongs to one of the storages. */
  offer(waiting: Waiting): Promise<void>
  /** Gives further turns to files that need them, and puts back what is left. */
  finish(): Promise<void>
  readonly files: readonly SentFile[]
  /** Points by the name of the storage that accepted them. */
  readonly sent: ReadonlyMap<string, number>
  /** What each storage lost, left out or changed. */
  readonly results: readonly Answer[]
}

/** Sends kept files to storages: decides which file goes where, in which order, and what is left of it. */
export function createSender(storages: readonly Sending[], limits: Limits): Sender {
  const servers = new Map<Sending, Server>()
  const files: SentFile[] = []
  const unfinished: Job[] = []
  let bytes = 0
  let claims = 0

  function findEnd(): string | undefined {
    if (limits.signal.aborted || limits.remainingMs() <= 0) return 'the time ran out before it was sent'
    if (bytes >= limits.maxBytes) return `one job sends at most about ${limits.maxBytes} bytes of kept points`
    const reasons = [...servers.values()].map(({ down }) => down)
    return servers.size === storages.length && reasons.every((reason) => reason !== undefined) ? reasons[0] : undefined
  }

  function toServer(sending: Sending): Server {
    const server = servers.get(sending) ?? openServer(sending, limits)
    servers.set(sending, server)
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
    const full = isFull ? `one job sends at most ${limits.maxFiles} files of kept points` : undefined
    const late = to.hasTime() ? undefined : 'the time ran out before it was sent'
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
    const job = createJob(waiting, opened, to)
    await takeTurn(job, limits.turnMs)
    const isCrowded = unfinished.length >= maxUnfinishedFiles
    if (isDone(job) || job.isBroken || isCrowded || job.to.down !== undefined || limits.isDryRun) await finishJob(job)
    else unfinished.push(job)
  }

  /** Sends as much of a file as fits into its turn. The first refused lines end the turn, so that other files get theirs. */
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
    for (let longestMs = 0; limits.now() + longestMs * 1.2 <= endMs && job.to.hasTime() && findEnd() === undefined; ) {
      const startMs = limits.now()
      const part = takePart(job, limits)
      if (part === undefined) return
      bytes += part.bytes
      job.opened.touch()
      const isTaken = await sendPart(job, part, turnMs, limits.maxRefusals)
      if (!isTaken || isDone(job)) return
      longestMs = Math.max(longestMs, limits.now() - startMs)
    }
  }

  async function finishJob(job: Job): Promise<void> {
    const whyLeft = () => job.to.down ?? findEnd() ?? 'the time ran out before all of it was sent'
    files.push(await endJob(job, limits.isDryRun, whyLeft))
  }

  async function finish(): Promise<void> {
    for (let turnMs = limits.turnMs * 2; unfinished.length > 0; turnMs *= 2) {
      for (const job of unfinished.splice(0)) {
        const before = job.sent + job.lost + job.refusals
        if (job.to.down === undefined && findEnd() === undefined) await takeTurn(job, turnMs)
        const isGoingOn = job.sent + job.lost + job.refusals > before
        if (isDone(job) || job.isBroken || job.to.down !== undefined || findEnd() !== undefined || !isGoingOn)
          await finishJob(job)
        else unfinished.push(job)
      }
    }
  }

  return {
    findEnd,
    offer,
    finish,
    files,
    get sent() {
      const sent = new Map<string, number>()
      for (const { name, taken } of servers.values()) {
        if (taken !== undefined) sent.set(name, (sent.get(name) ?? 0) + taken)
      }
      return sent
    },
    get results() {
      return [...servers.values()].flatMap(({ answer }) => answer ?? [])
    },
  }
}
