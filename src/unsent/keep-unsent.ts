import { readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { Log } from '../runner/log.ts'
import type { UnsentFile } from './kept-file.ts'
import { putIntoSpool } from './spool-folder.ts'

/** Where the points are that a storage did not take. */
export interface Kept {
  /** Points that outlive the job. */
  readonly kept: number
  /** Where these are and what to do with them: a sentence. Empty where there are none. */
  readonly where: string
  /** Points that are gone, and why; empty where there are none. */
  readonly gone: number
  readonly why: string
}

/** Places that outlive the job, in the order in which they are tried; the job's log comes last. */
export interface Places {
  /** A folder on a lasting disk. */
  readonly spool: string | undefined
  /** Uploads files as an artifact of the workflow run; undefined where the runner knows none. */
  readonly upload: ((name: string, folder: string, files: readonly string[]) => Promise<void>) | undefined
  readonly log: Log
}

/**
 * Keeps what could not be written: in the spool, as an artifact, or else in the log.
 * @param name of the artifact, which the run and the job have for themselves
 */
export async function keepUnsent(
  files: readonly UnsentFile[],
  name: string,
  { spool, upload, log }: Places,
  signal: AbortSignal,
): Promise<ReadonlyMap<UnsentFile, Kept>> {
  const kept = new Map<UnsentFile, Kept>()
  const failures: string[] = []
  const left = () => files.filter(hasLines).filter((file) => !kept.has(file))
  const keep = (file: UnsentFile, where: string, count = file.lines) => {
    const notShown = count < file.lines ? 'the log would be too long' : ''
    const why = [notShown, file.failure?.reason ?? ''].filter((text) => text !== '').join('; ')
    kept.set(file, { kept: count, where, gone: file.lines - count + (file.failure?.lines ?? 0), why })
  }

  if (spool !== undefined) {
    for (const [index, file] of left().entries()) {
      try {
        putIntoSpool(file.path, spool, `${name}.${index + 1}.lp`)
        keep(file, `kept in the folder ${spool}, from which the next job on this runner sends them`)
      } catch (error) {
        failures.push(`The spool cannot be used: ${(error as Error).message}.`)
      }
    }
  }
  if (upload !== undefined && left().length > 0) {
    const why = await tryUpload(left(), name, upload, signal)
    if (why === undefined)
      for (const file of left()) keep(file, `kept in the artifact ${name}, which the replay action sends`)
    else failures.push(`The artifact ${name} could not be made: ${why}.`)
  }
  for (const failure of failures) log.info(failure)
  for (const file of left()) {
    const title = `Build Stats: ${file.shown.lines} of ${file.lines} points that could not be written; save and send them with influx write`
    try {
      const text = readFileSync(file.path).subarray(0, file.shown.bytes).toString('utf8')
      log.printGroup(title, text)
      keep(file, `in the log of this job, as line protocol for influx write`, file.shown.lines)
    } catch (error) {
      kept.set(file, { kept: 0, where: '', gone: file.lines, why: (error as Error).message })
    }
  }
  // What did not even come into a file.
  for (const file of files) if (file.failure !== undefined && !kept.has(file)) keep(file, '', 0)
  return kept
}

type FileWithLines = UnsentFile & { readonly path: string }

function hasLines(file: UnsentFile): file is FileWithLines {
  return file.path !== undefined && file.lines > 0
}

/** Why not; undefined where it is done. */
async function tryUpload(
  files: readonly FileWithLines[],
  name: string,
  upload: NonNullable<Places['upload']>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const isOver = new Promise<string>((resolve) => {
    const end = () => resolve('its time was over')
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })
  const [first] = files
  if (first === undefined) return undefined
  const paths = files.map(({ path }) => basename(path))
  const done = upload(name, dirname(first.path), paths).then(
    () => undefined,
    (error: unknown) => String((error as Error | undefined)?.message ?? error).replace(/\.$/, ''),
  )
  return await Promise.race([done, isOver])
}
