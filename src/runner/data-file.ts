import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openRegular } from './open-regular.ts'
import { devNull, tmpdir } from './system.ts'

/** Where steps append, and what is wrong with it: a clause. */
export interface DataFile {
  readonly path: string
  /** Why it is not where it should be; undefined where it is. */
  readonly problem?: string
}

/** A disk that takes this takes a few lines, too. */
const probeBytes = 4096

/**
 * Makes the empty file that steps append to, or keeps the one that an earlier step of the job made. Where RUNNER_TEMP takes no file,
 * the system's own folder does; where that takes none, there is a path all the same, or `>> "$BUILD_STATS"` would fail the user's step.
 */
export function createDataFile(env: NodeJS.ProcessEnv): DataFile {
  const earlier = env.BUILD_STATS
  if (earlier && isFile(earlier)) return { path: earlier }
  const folder = env.RUNNER_TEMP || tmpdir()
  try {
    return { path: makeFile(folder) }
  } catch (error) {
    const problem = `no file can be created in ${folder}: ${(error as Error).message}`
    try {
      return { path: makeFile(tmpdir()), problem }
    } catch {
      return { path: devNull, problem }
    }
  }
}

function makeFile(folder: string): string {
  const path = join(mkdtempSync(join(folder, 'build-stats-')), 'data.lp')
  const file = openSync(path, 'wx')
  try {
    // A full disk makes empty files, and takes nothing in them.
    writeSync(file, ' '.repeat(probeBytes))
    ftruncateSync(file)
    return path
  } catch (error) {
    rmSync(dirname(path), { recursive: true, force: true })
    throw error
  } finally {
    closeSync(file)
  }
}

/**
 * When the data file was made, by the clock of its file system: its folder holds nothing else, and has not changed since. Undefined
 * where there is no such folder.
 */
export function readDataFileTime(path: string): number | undefined {
  if (path === '' || path === devNull) return undefined
  return statSync(dirname(path), { throwIfNoEntry: false })?.mtimeMs
}

/** A link is none: it leads elsewhere. */
function isFile(path: string): boolean {
  try {
    const opened = openRegular(path, 'never')
    if (opened !== undefined) closeSync(opened.file)
    return opened !== undefined
  } catch {
    return false
  }
}
