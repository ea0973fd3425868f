import {
  closeSync,
  constants,
  copyFileSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  utimesSync,
} from 'node:fs'
import { join } from 'node:path'
import { randomUUID } from '../runner/random-uuid.ts'
import { makeFolder } from '../storage/make-folder.ts'
import { parseHeader, type UnsentHeader } from '../storage/unsent-file.ts'

/** A file of the spool that is ours alone until it is released or removed. */
export interface Claimed {
  readonly path: string
  readonly header: UnsentHeader
  readonly bytes: number
  /** Puts it back for another job. */
  release(): void
  remove(): void
}

/** The spool's files, and those that a job is about to send: `<name>.<claim>.sending`. */
const names = /^(build-stats-unsent-[\w-]+\.\d+\.lp)(?:\.[\w-]+\.sending)?$/

/** A job that has claimed a file and did not finish with it in this time was killed. */
const staleMs = 3_600_000

/** Enough for a header. */
const headBytes = 16_384

/** Puts a file into the spool, there at once and whole: others may be looking. */
export function putIntoSpool(path: string, folder: string, name: string): void {
  // Nobody else is to put anything there.
  makeFolder(folder, 0o700)
  const fresh = join(folder, `${randomUUID()}.tmp`)
  try {
    copyFileSync(path, fresh)
    renameSync(fresh, join(folder, name))
  } catch (error) {
    rmSync(fresh, { force: true })
    throw error
  }
}

/**
 * Claims the files of a spool, one after the other, by renaming: of several jobs on one disk one gets each. Links and files of
 * other users are passed over.
 * @param isWanted whether a file of that header and length in bytes is to be claimed
 */
export function* claimSpooled(
  folder: string,
  isWanted: (header: UnsentHeader, bytes: number) => boolean,
  nowMs: number,
): Generator<Claimed> {
  for (const entry of readNames(folder)) {
    const name = names.exec(entry)?.[1]
    if (name === undefined) continue
    const path = join(folder, entry)
    try {
      const stats = lstatSync(path)
      const { size, mtimeMs, uid } = stats
      if (!stats.isFile()) continue
      if (entry !== name && nowMs - mtimeMs < staleMs) continue
      const isOwn = process.getuid === undefined || uid === process.getuid()
      const header = isOwn ? readHeader(path) : undefined
      if (header === undefined || !isWanted(header, size)) continue
      const claimed = join(folder, `${name}.${randomUUID()}.sending`)
      // The time comes first: once renamed, a file that had waited for long would be taken for a stale claim.
      utimesSync(path, nowMs / 1000, nowMs / 1000)
      renameSync(path, claimed)
      yield {
        path: claimed,
        header,
        bytes: size,
        release: () => renameSync(claimed, join(folder, name)),
        remove: () => rmSync(claimed, { force: true }),
      }
    } catch {
      // Another job was quicker, or the file is not to be read: it is none of ours.
    }
  }
}

function readNames(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}

/** The header of a regular file; a link leads elsewhere. */
function readHeader(path: string): UnsentHeader | undefined {
  const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    const head = Buffer.alloc(headBytes)
    const length = readSync(file, head, 0, headBytes, 0)
    const [line = ''] = head.subarray(0, length).toString('utf8').split('\n', 1)
    return parseHeader(line)
  } finally {
    closeSync(file)
  }
}
