import { closeSync, constants, linkSync, lstatSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { formatNumber } from '../build/quantity.ts'
import { maxSpoolBytes, maxSpoolFiles } from '../limits.ts'
import { randomUUID } from '../runner/random-uuid.ts'
import { makeFolder } from '../storage/make-folder.ts'
import { isOwn, openFolderClock } from './folder-clock.ts'
import type { ReadHeader } from './kept-file.ts'
import { readHeader } from './kept-reader.ts'

/** A file that waits in a spool. */
export interface WaitingFile {
  readonly name: string
  readonly header: ReadHeader
  readonly bytes: number
  /** When it was put there or last tried, in ms since 1970. */
  readonly timeMs: number
  /** Its current path, which may be that of an abandoned claim. */
  readonly path: string
}

/** The contents of a spool. */
export interface Looked {
  /** The files that were not tried for the longest time come first. */
  readonly waiting: readonly WaitingFile[]
  /** Why files are skipped, and how many for each reason. */
  readonly passedOver: ReadonlyMap<string, number>
  /** Files that other jobs are sending. */
  readonly claimed: number
}

/** The spool's files; `<name>.<claim>.sending` is being sent, `<name>.<claim>.part` being written. */
const names = /^(build-stats-unsent-[\w-]+(?:\.\d+)?\.lp)(?:\.[\w-]+\.(sending|part))?$/

/**
 * Puts a file into a spool atomically: other jobs may be reading the folder. An existing file is never replaced.
 * @param stem the beginning of its name: `build-stats-unsent-<run>-<attempt>`
 * @throws Error with the reason
 */
export function putIntoSpool(folder: string, stem: string, write: (file: number) => void, bytes: number): string {
  makeFolder(folder, 0o700)
  let files = 0
  let total = bytes
  for (const entry of readdirSync(folder)) {
    if (!names.test(entry)) continue
    files++
    total += lstatSync(join(folder, entry), { throwIfNoEntry: false })?.size ?? 0
  }
  if (files >= maxSpoolFiles) throw new Error(`it is full: it holds ${files} files`)
  if (total > maxSpoolBytes)
    throw new Error(
      `it is full: with this file it would hold ${formatNumber(total)} of ${formatNumber(maxSpoolBytes)} bytes`,
    )
  return createFile(folder, stem, write)
}

/** Creates a file under an unused name, which it gets when it is complete. */
export function createFile(folder: string, stem: string, write: (file: number) => void): string {
  const name = `${stem}-${randomUUID()}.lp`
  const part = join(folder, `${name}.new.part`)
  const file = openSync(part, 'wx', 0o600)
  try {
    try {
      write(file)
    } finally {
      closeSync(file)
    }
    moveTo(part, folder, name)
    return name
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  }
}

/** Renames a file; if the name is in use, another name is chosen. */
export function moveTo(path: string, folder: string, name: string): void {
  for (let wanted = name; ; wanted = `${toStem(name)}-${randomUUID()}.lp`) {
    try {
      linkSync(path, join(folder, wanted))
      rmSync(path, { force: true })
      return
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EEXIST') continue
      // A disk without hard links: a random name is very unlikely to be in use.
      if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(code ?? '')) throw error
      renameSync(path, join(folder, `${toStem(name)}-${randomUUID()}.lp`))
      return
    }
  }
}

/** The part `build-stats-unsent-<run>-<attempt>` of a longer name. */
export function toStem(name: string): string {
  return /^build-stats-unsent-[^-.]*-[^-.]*/.exec(name)?.[0] ?? 'build-stats-unsent-0-0'
}

/**
 * Reads a spool's folder. Links and files of other users are skipped.
 * @throws Error if the folder does not exist or may not be read
 */
export function lookIntoSpool(folder: string): Looked {
  const passedOver = new Map<string, number>()
  const waiting: WaitingFile[] = []
  let claimed = 0
  const passOver = (reason: string) => void passedOver.set(reason, (passedOver.get(reason) ?? 0) + 1)
  const clock = openFolderClock(folder)
  for (const entry of readdirSync(folder)) {
    clock.removeLeftProbe(entry)
    const [, name, state] = names.exec(entry) ?? []
    if (name === undefined) continue
    const path = join(folder, entry)
    try {
      const stats = lstatSync(path)
      if (!stats.isFile()) {
        passOver('not a file')
        continue
      }
      if (!isOwn(stats)) {
        passOver('of another user')
        continue
      }
      if (state !== undefined && !clock.isLeft(path, stats)) {
        if (state === 'sending') claimed++
        continue
      }
      const header = openAndRead(path)
      if (header === undefined) {
        // Left by a job that was killed before it wrote its first line.
        if (state === 'part' && stats.size < 100) rmSync(path, { force: true })
        else passOver('without a known header')
        continue
      }
      waiting.push({ name, header, bytes: stats.size, timeMs: stats.mtimeMs, path })
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      // Another job has taken the file.
      if (code !== 'ENOENT') passOver(code === 'ELOOP' ? 'not a file' : `unreadable (${code})`)
    }
  }
  waiting.sort((a, b) => a.timeMs - b.timeMs || (a.name < b.name ? -1 : 1))
  return { waiting, passedOver, claimed }
}

export const readFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

function openAndRead(path: string): ReadHeader | undefined {
  const file = openSync(path, readFlags)
  try {
    return readHeader(file)
  } finally {
    closeSync(file)
  }
}
