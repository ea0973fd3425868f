import { closeSync, fstatSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { randomUUID } from './random-uuid.ts'

/** The prefix of probe files, which exist for a moment; a killed process leaves one. */
export const probePrefix = 'build-stats-time-'

/** Clocks of file systems that differ by less count as equal: some file systems only store whole seconds. */
const sameClockMs = 2000
/** A file's time is that of the clock's last tick. */
const tickMs = 20

/**
 * The time, in ms, by the clock that a folder's file system uses, which may be another machine's.
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

/** How far the clock of one folder's files is ahead of another's, in ms; 0 if that is not known because a folder is read-only. */
export function findClockDifference(folder: string, other: string, readTime = readFolderTime): number {
  try {
    const aheadMs = readTime(folder) - readTime(other)
    return Math.abs(aheadMs) > sameClockMs ? aheadMs : 0
  } catch {
    return 0
  }
}

/** Whether a file was written before a time by the same clock. */
export function isOlder(mtimeMs: number, beganMs: number): boolean {
  const grainMs = mtimeMs % 1000 === 0 ? 1000 : tickMs
  return mtimeMs + grainMs < beganMs
}
