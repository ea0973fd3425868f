import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { tmpdir } from './system.ts'

/**
 * Makes a folder for this process alone, for files that the job needs: in RUNNER_TEMP, or where that takes none, in the system's own.
 * @throws Error of node:fs, of RUNNER_TEMP
 */
export function makeTempFolder(env: NodeJS.ProcessEnv, prefix: string): string {
  try {
    return mkdtempSync(join(env.RUNNER_TEMP || tmpdir(), prefix))
  } catch (error) {
    try {
      return mkdtempSync(join(tmpdir(), prefix))
    } catch {
      throw error
    }
  }
}
