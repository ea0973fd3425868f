import { maxKeptChunkBytes } from '../limits.ts'
import type { Point } from '../point/point.ts'
import type { ReadHeader } from './kept-file.ts'
import { type Chunk, toPoints } from './kept-reader.ts'
import type { Server } from './server.ts'
import type { OpenedFile, Refused, Waiting } from './waiting.ts'

/** The result for one file. */
export interface SentFile {
  readonly kind: Waiting['kind']
  readonly place: string
  readonly header: ReadHeader
  /** Points that a storage accepted. */
  readonly sent: number
  /** Lines that are still in the file; undefined if their number is unknown. */
  readonly left: number | undefined
  /** Lines that are lost. */
  readonly lost: number
  /** Why lines are left, a clause; undefined if none is. */
  readonly why: string | undefined
  /** Why lines are lost, a clause. */
  readonly whyLost: string | undefined
}

/** A file that is being sent. */
export interface Job {
  readonly waiting: Waiting
  readonly opened: OpenedFile
  readonly to: Server
  readonly refused: Refused[]
  sent: number
  lost: number
  refusals: number
  hasRest: boolean
  /** Whether reading it failed. */
  isBroken: boolean
  readonly why: Set<string>
  readonly whyLost: Set<string>
}

export function createJob(waiting: Waiting, opened: OpenedFile, to: Server): Job {
  const counts = { sent: 0, lost: 0, refusals: 0 }
  return {
    waiting,
    opened,
    to,
    ...counts,
    refused: [],
    hasRest: true,
    isBroken: false,
    why: new Set(),
    whyLost: new Set(),
  }
}

/** Whether all of it was sent. */
export function isDone({ hasRest, refused }: Job): boolean {
  return !hasRest && refused.length === 0
}

/** Points of a file that are sent together. */
interface Part {
  readonly points: readonly Point[]
  readonly tries: number
  readonly bytes: number
}

/** The next lines to send: new ones first, then refused ones. */
export function takePart(
  job: Job,
  limits: { readonly maxLines: number; readonly maxRefusals: number },
): Part | undefined {
  const { reader } = job.opened
  const tries = job.waiting.header.tries ?? 0
  while (job.hasRest) {
    const chunk = reader.read(toSize(limits.maxLines, tries, reader.header.lines), maxKeptChunkBytes)
    job.hasRest = chunk !== undefined && !reader.isAtEnd
    if (chunk === undefined) break
    tellBad(job, chunk)
    if (chunk.points.length > 0) return { points: chunk.points, tries, bytes: chunk.bytes }
  }
  // A line that was refused alone is not tried again.
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

/** Whether the storage accepted all points of the part. */
export async function sendPart(
  job: Job,
  { points, tries }: Part,
  turnMs: number,
  maxRefusals: number,
): Promise<boolean> {
  const { written, lost, refused, why, isHopeless } = await job.to.send(points, tries, turnMs, job.refusals === 0)
  job.sent += written
  job.lost += lost
  if (lost > 0) job.whyLost.add(why || 'the storage rejects them')
  if (refused.length === 0) return true
  job.why.add(why || 'the storage rejected them')
  job.refused.push({ lines: refused, tries: tries + 1 })
  job.refusals += isHopeless ? maxRefusals : 1
  return false
}

export async function endJob(job: Job, isDryRun: boolean, whyLeft: () => string): Promise<SentFile> {
  const { opened, waiting, refused, hasRest, sent, why, whyLost } = job
  const { reader } = opened
  const isLeft = hasRest || refused.length > 0
  const refusedLines = refused.reduce((sum, { lines }) => sum + lines.length, 0)
  const rest = hasRest ? reader.left : 0
  let { lost } = job
  if (!hasRest && !reader.isWhole) {
    lost += reader.missing
    whyLost.add('the file is incomplete: the job that wrote it was stopped')
  }
  // A file that cannot be read to its end is left unchanged.
  const isChanged = !job.isBroken && sent + job.lost + refusedLines > 0
  const untouched = { refused: [], hasRest: true, isChanged: false }
  const problem = await opened.end(
    isDryRun || job.isBroken
      ? { ...untouched, isTried: job.isBroken }
      : { refused, hasRest, isChanged, isTried: isChanged },
  )
  if (problem !== undefined) why.add(problem)
  else if (isLeft && why.size === 0) why.add(whyLeft())
  return {
    kind: waiting.kind,
    place: waiting.place,
    header: waiting.header,
    sent,
    left: rest === undefined ? undefined : rest + refusedLines,
    lost,
    why: why.size > 0 && (isLeft || problem !== undefined) ? [...why].join('; ') : undefined,
    whyLost: lost > 0 || whyLost.size > 0 ? [...whyLost].join('; ') : undefined,
  }
}

/** The number of lines of the next request. It shrinks with each failed try, until a line that is always refused is sent alone. */
function toSize(maxLines: number, tries: number, lines = maxLines): number {
  const part = tries === 0 ? maxLines : Math.ceil(lines / 8)
  return Math.max(1, Math.min(part, Math.floor(maxLines / 8 ** tries)))
}
