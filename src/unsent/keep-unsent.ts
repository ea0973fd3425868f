import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { Upload } from '../artifact/upload.ts'
import { maxArtifactBytes } from '../limits.ts'
import type { Log } from '../runner/log.ts'
import { randomUUID } from '../runner/random-uuid.ts'
import { formatHeader, openKeptWriter } from './kept-file.ts'
import { putIntoSpool } from './spool-folder.ts'
import type { UnsentFile } from './unsent-file.ts'

/** Where the points are that a storage did not accept. */
export interface Kept {
  /** Points that outlive the job. */
  readonly count: number
  /** A sentence about where these are and what to do with them; empty if there are none. */
  readonly where: string
  /** Points that are lost, and why; empty if there are none. */
  readonly gone: number
  readonly why: string
}

/** Places that outlive the job, in the order in which they are tried; the job's log comes last. */
export interface Places {
  /** A folder on a lasting disk. */
  readonly spool: string | undefined
  /** Uploads files as an artifact of the workflow run; undefined if the runner has no artifacts. */
  readonly upload: Upload | undefined
  readonly log: Log
}

/**
 * Keeps points that could not be written: in the spool, as an artifact, or else in the log.
 * @param stem the beginning of names: `build-stats-unsent-<run>-<attempt>`
 */
export async function keepUnsent(
  files: readonly UnsentFile[],
  stem: string,
  { spool, upload, log }: Places,
  signal: AbortSignal,
): Promise<ReadonlyMap<UnsentFile, Kept>> {
  const kept = new Map<UnsentFile, Kept>()
  const failures: string[] = []
  const left = () => files.filter(hasLines).filter((file) => !kept.has(file))
  const keep = (file: UnsentFile, where: string, count = file.lines) => {
    const notShown = count < file.lines ? 'the log would be too long' : ''
    const why = [notShown, file.failure?.reason ?? ''].filter((text) => text !== '').join('; ')
    kept.set(file, { count, where, gone: file.lines - count + (file.failure?.lines ?? 0), why })
  }

  if (spool !== undefined) {
    for (const file of left()) {
      try {
        putIntoSpool(spool, stem, (copy) => copyInto(copy, file), file.bytes)
        keep(file, `kept in the folder ${spool}, from which the next job on this runner sends them`)
      } catch (error) {
        failures.push(`The points are not kept in the spool ${spool}: ${(error as Error).message}.`)
      }
    }
  }
  if (upload !== undefined && left().length > 0) {
    // A job may have several steps of this action, and a run many jobs: random names avoid conflicts.
    const name = `${stem}-${randomUUID().replaceAll('-', '').slice(0, 16)}`
    const { whole, problems } = seal(left())
    failures.push(...problems.map((why) => `The artifact ${name} could not be made: ${why}.`))
    const why = whole.length === 0 ? undefined : await tryUpload(whole, name, upload, signal)
    if (why === undefined)
      for (const file of whole) keep(file, `kept in the artifact ${name}, which the replay action can send`)
    else failures.push(`The artifact ${name} could not be made: ${why}.`)
  }
  for (const failure of failures) log.info(failure)
  for (const file of left()) {
    const title = `Build Stats: ${file.shown.lines} of ${file.lines} points that could not be written; save these lines and send them to InfluxDB`
    try {
      const text = readFileSync(file.path).subarray(0, file.shown.bytes).toString('utf8')
      log.printGroup(title, text)
      keep(file, logPlace, file.shown.lines)
    } catch (error) {
      kept.set(file, { count: 0, where: '', gone: file.lines, why: (error as Error).message })
    }
  }
  // Lines that could not even be written to a file.
  for (const file of files) if (file.failure !== undefined && !kept.has(file)) keep(file, '', 0)
  for (const file of files) {
    const { held = [], failure } = file
    const before = kept.get(file)
    if (held.length === 0 || failure === undefined || before === undefined) continue
    const title = `Build Stats: ${held.length} points that no disk had space for; save these lines and send them to InfluxDB`
    log.printGroup(title, `${held.join('\n')}\n`)
    const where = [before.where, logPlace].filter((text) => text !== '').join(', or ')
    const gone = before.gone - held.length
    kept.set(file, { count: before.count + held.length, where, gone, why: gone > 0 ? before.why : '' })
  }
  return kept
}

const logPlace = 'in the log of this job, as line protocol'

type FileWithLines = UnsentFile & { readonly path: string }

function hasLines(file: UnsentFile): file is FileWithLines {
  return file.path !== undefined && file.lines > 0
}

const pieceSize = 1024 * 1024

/** Copies the lines unchanged, and seals the copy only: the file itself may be on a full disk. */
function copyInto(copy: number, file: FileWithLines): void {
  const writer = openKeptWriter(copy, file.header)
  const source = openSync(file.path, 'r')
  try {
    const headBytes = Buffer.byteLength(formatHeader(file.header))
    for (let at = headBytes; at < file.bytes; ) {
      const piece = Buffer.allocUnsafe(Math.min(pieceSize, file.bytes - at))
      const length = readSync(source, piece, 0, piece.length, at)
      if (length === 0) throw new Error(`the file ${file.path} became shorter while it was copied`)
      writer.add(piece.subarray(0, length), at === headBytes ? file.lines : 0)
      at += length
    }
    writer.seal()
  } finally {
    closeSync(source)
  }
}

/** Seals files, so that they can be uploaded; leaves out files that are too large for a replay. */
function seal(files: readonly FileWithLines[]): { whole: FileWithLines[]; problems: string[] } {
  const whole: FileWithLines[] = []
  const problems: string[] = []
  let bytes = 0
  for (const file of files) {
    try {
      const withIt = bytes + file.bytes
      if (withIt > maxArtifactBytes)
        throw new Error(`it would hold ${withIt} bytes, and a replay reads at most ${maxArtifactBytes}`)
      file.seal()
      whole.push(file)
      bytes = withIt
    } catch (error) {
      problems.push((error as Error).message)
    }
  }
  return { whole, problems }
}

/** Why the upload failed; undefined on success. */
async function tryUpload(
  files: readonly FileWithLines[],
  name: string,
  upload: NonNullable<Places['upload']>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const isOver = new Promise<string>((resolve) => {
    const end = () => resolve('the time ran out')
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })
  const [first] = files
  if (first === undefined) return undefined
  const paths = files.map(({ path }) => basename(path))
  const done = upload(name, dirname(first.path), paths, signal).then(
    () => undefined,
    (error: unknown) => String((error as Error | undefined)?.message ?? error).replace(/\.$/, ''),
  )
  return await Promise.race([done, isOver])
}
