import { lstatSync, lutimesSync, rmSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import { maxClaimMs, maxSpoolSkewMs } from '../limits.ts'
import { probePrefix, readFolderTime } from '../runner/folder-time.ts'

export const isOwn = ({ uid }: Stats) => process.getuid === undefined || uid === process.getuid()

/** Finds files of a folder that killed jobs left behind. The folder's clock is read at most once, when a file needs it. */
export interface FolderClock {
  isLeft(path: string, stats: Stats): boolean
  /** Removes the probe of a job that was killed while it read the time; other entries stay. */
  removeLeftProbe(entry: string): void
}

export function openFolderClock(folder: string): FolderClock {
  let nowMs: number | undefined

  /** A time in the future is useless, and is set to the present. */
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
        // Another job removed it, or the folder is read-only: then its files cannot be claimed either.
      }
    },
  }
}
