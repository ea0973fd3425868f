import { mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Makes the empty file that steps append to, or keeps the one that an earlier step of the job made. */
export function createDataFile(env: NodeJS.ProcessEnv): string {
  const earlier = env.BUILD_STATS
  if (earlier && isFile(earlier)) return earlier
  const file = join(mkdtempSync(join(env.RUNNER_TEMP || tmpdir(), 'build-stats-')), 'data.lp')
  writeFileSync(file, '')
  return file
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}
