import { closeSync, fstatSync, futimesSync, lstatSync, lutimesSync, openSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readFolderTime } from '../runner/folder-time.ts'
import { randomUUID } from '../runner/random-uuid.ts'
import { isOwn } from './folder-clock.ts'
import { createFile, moveTo, readFlags, toStem, type WaitingFile } from './spool-folder.ts'

/** A file of the spool that this process has claimed. */
export interface ClaimedFile {
  /** Open for reading: it stays this file even if its name changes. */
  readonly file: number
  /** Shows other processes that it is still being sent. */
  touch(): void
  /** Puts it back unchanged. `isTried`: other files then come first. */
  putBack(isTried: boolean): Fate
  /**
   * Replaces it with other files; if that fails, puts it back whole.
   * @param writes one function for each new file, which writes its contents
   */
  replace(writes: readonly ((file: number) => void)[]): Fate
  remove(): Fate
}

/** The result: `gone` if another process had taken the file meanwhile, or the reason for a failure. */
export type Fate = 'done' | 'gone' | { readonly reason: string }

/**
 * Claims a file by renaming it: of several jobs on one disk, only one succeeds. Undefined if another process was quicker.
 * @throws Error if the folder does not permit it
 */
export function claimFile(folder: string, { name, path, timeMs }: WaitingFile): ClaimedFile | undefined {
  const claim = join(folder, `${name}.${randomUUID()}.sending`)
  try {
    const nowMs = readFolderTime(folder)
    // The time is set first: after renaming, a file that has waited for long would look like an abandoned claim.
    lutimesSync(path, nowMs / 1000, nowMs / 1000)
    renameSync(path, claim)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  let file: number
  try {
    file = openSync(claim, readFlags)
  } catch {
    // Something has replaced the file with a link.
    return undefined
  }
  const opened = fstatSync(file)
  const isOurs = () => {
    const stats = lstatSync(claim, { throwIfNoEntry: false })
    return stats !== undefined && stats.ino === opened.ino && stats.dev === opened.dev
  }
  if (!opened.isFile() || !isOwn(opened) || !isOurs()) {
    closeSync(file)
    return undefined
  }
  let isOpen = true
  const close = () => {
    if (isOpen) closeSync(file)
    isOpen = false
  }

  function finishWith(act: () => void): Fate {
    try {
      if (!isOurs()) return 'gone'
      act()
      return 'done'
    } catch (error) {
      return { reason: (error as Error).message }
    } finally {
      close()
    }
  }
  const back = (isTried: boolean) => {
    const atMs = isTried ? readFolderTime(folder) : timeMs
    futimesSync(file, atMs / 1000, atMs / 1000)
    moveTo(claim, folder, name)
  }
  return {
    file,
    touch() {
      const nowMs = Date.now()
      // Uses this machine's clock, unless that would make the claim look older.
      if (nowMs > fstatSync(file).mtimeMs) futimesSync(file, nowMs / 1000, nowMs / 1000)
    },
    putBack: (isTried) => finishWith(() => back(isTried)),
    replace: (writes) => {
      let problem: string | undefined
      const fate = finishWith(() => {
        const made: string[] = []
        try {
          for (const write of writes) made.push(createFile(folder, toStem(name), write))
        } catch (error) {
          problem = (error as Error).message
          for (const one of made) rmSync(join(folder, one), { force: true })
          back(true)
          return
        }
        rmSync(claim, { force: true })
      })
      return problem === undefined ? fate : { reason: problem }
    },
    remove: () => finishWith(() => rmSync(claim, { force: true })),
  }
}
