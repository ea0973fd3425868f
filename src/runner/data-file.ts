import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openRegular } from './open-regular.ts'
import { devNull, tmpdir } from './system.ts'

/** The file that steps append data to. */
export interface DataFile {
  readonly path: string
  /** A clause that says why it is not in RUNNER_TEMP; undefined if it is. */
  readonly problem?: string
}

/** If the disk has room for this, it has room for a few lines. */
const probeBytes = 4096

/**
 * Creates the empty file that steps append to, or keeps the file of an earlier step of the job. If it cannot be created in RUNNER_TEMP,
 * it is created in the system's own folder; if that fails too, the path is the null device, or `>> "$BUILD_STATS"` would fail the user's step.
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
    // A full disk can create empty files, but store nothing in them.
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
 * When the data file was created, in ms by the clock of its file system: its folder contains nothing else, and has not changed since. Undefined
 * if there is no such folder.
 */
export function readDataFileTime(path: string): number | undefined {
  if (path === '' || path === devNull) return undefined
  return statSync(dirname(path), { throwIfNoEntry: false })?.mtimeMs
}

/** A link does not count as a file: it points elsewhere. */
function isFile(path: string): boolean {
  try {
    const opened = openRegular(path, 'never')
    if (opened !== undefined) closeSync(opened.file)
    return opened !== undefined
  } catch {
    return false
  }
}
