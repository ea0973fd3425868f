import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { tmpdir } from './system.ts'

/**
 * Creates a folder for files of this process: in RUNNER_TEMP or, if that fails, in the system's own folder.
 * @throws Error of node:fs, for RUNNER_TEMP
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
