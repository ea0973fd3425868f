import { closeSync, fstatSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { randomUUID } from './random-uuid.ts'

/** Of files that are there for a moment; a process that is killed leaves one. */
export const probePrefix = 'build-stats-time-'

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
