import { closeSync, fstatSync, futimesSync, lstatSync, lutimesSync, openSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readFolderTime } from '../runner/folder-time.ts'
import { randomUUID } from '../runner/random-uuid.ts'
import { isOwn } from './folder-clock.ts'
import { createFile, moveTo, readFlags, toStem, type WaitingFile } from './spool-folder.ts'

/** A file of the spool that this process has claimed. */
export interface ClaimedFile {
  /** Open for reading: whatever becomes of its name, it is this file. */
  readonly file: number
  /** Shows other processes that it is still being sent. */
  touch(): void
  /** Puts it back unchanged. `isTried`: other files come first then. */
  putBack(isTried: boolean): Fate
  /**
   * Puts other files in its place; where that fails, it is put back whole.
   * @param writes what is written into each
   */
  replace(writes: readonly ((file: number) => void)[]): Fate
  remove(): Fate
}

/** What became of it: `gone` where somebody else had taken it meanwhile, or else why it could not be done. */
export type Fate = 'done' | 'gone' | { readonly reason: string }

/**
 * Claims a file by renaming it: of several jobs on one disk, one gets it. Undefined if another process was quicker.
 * @throws Error where the folder does not let us
 */
export function claimFile(folder: string, { name, path, timeMs }: WaitingFile): ClaimedFile | undefined {
  const claim = join(folder, `${name}.${randomUUID()}.sending`)
  try {
    const nowMs = readFolderTime(folder)
    // The time comes first: once renamed, a file that had waited for long would be taken for a claim that was left.
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
    // A link that somebody put in its place.
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
      // By this machine's clock, unless that would make the claim older.
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
