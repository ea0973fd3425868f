import { lstatSync, lutimesSync, rmSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import { maxClaimMs, maxSpoolSkewMs } from '../limits.ts'
import { probePrefix, readFolderTime } from '../runner/folder-time.ts'

export const isOwn = ({ uid }: Stats) => process.getuid === undefined || uid === process.getuid()

/** Tells which files of a folder were left by jobs that are gone. The time is read where a file asks for it, and once. */
export interface FolderClock {
  isLeft(path: string, stats: Stats): boolean
  /** Removes what a job left that was killed while it read the time; other entries stay. */
  removeLeftProbe(entry: string): void
}

export function openFolderClock(folder: string): FolderClock {
  let nowMs: number | undefined

  /** A time in the future says nothing, and is set to the present. */
  function isLeft(path: string, { mtimeMs }: Stats): boolean {
    nowMs ??= readFolderTime(folder)
    if (mtimeMs > nowMs + maxSpoolSkewMs) lutimesSync(path, nowMs / 1000, nowMs / 1000)
    return nowMs - mtimeMs >= maxClaimMs
  }

  return {
    isLeft,
    removeLeftProbe(entry) {
      if (!entry.startsWith(probePrefix)) return
      const path = join(folder, entry)
      try {
        const stats = lstatSync(path)
        if (stats.isFile() && stats.size === 0 && isOwn(stats) && isLeft(path, stats)) rmSync(path, { force: true })
      } catch {
        // Another job was quicker, or the folder takes no file: then there is nothing to send from it either.
      }
    },
  }
}
