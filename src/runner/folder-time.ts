import { closeSync, fstatSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { randomUUID } from './random-uuid.ts'

/** Of files that are there for a moment; a process that is killed leaves one. */
export const probePrefix = 'build-stats-time-'

/** Clocks of two file systems that differ by less are one: some know whole seconds only. */
const sameClockMs = 2000
/** A file's time is that of the last tick of a clock. */
const tickMs = 20

/**
 * The time by the clock that gives a folder's files theirs, which may be another machine's.
 * @throws Error of node:fs
 */
export function readFolderTime(folder: string): number {
  const path = join(folder, `${probePrefix}${randomUUID()}`)
  const file = openSync(path, 'wx', 0o600)
  try {
    return fstatSync(file).mtimeMs
  } finally {
    closeSync(file)
    rmSync(path, { force: true })
  }
}

/** How far the clock of one folder's files is ahead of another's; 0 where that is not known, as nothing may be written there. */
export function findClockDifference(folder: string, other: string, readTime = readFolderTime): number {
  try {
    const aheadMs = readTime(folder) - readTime(other)
    return Math.abs(aheadMs) > sameClockMs ? aheadMs : 0
  } catch {
    return 0
  }
}

/** Whether a file was written before a moment, by one clock. */
export function isOlder(mtimeMs: number, beganMs: number): boolean {
  const grainMs = mtimeMs % 1000 === 0 ? 1000 : tickMs
  return mtimeMs + grainMs < beganMs
}
