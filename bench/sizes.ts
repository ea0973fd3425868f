import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Action, createJob } from './job.ts'
import { runNode, withExitReport } from './run.ts'
import type { Servers } from './servers.ts'

export interface Sizes {
  readonly dist: number
  /** Bytes of the files that Node really reads as modules, chunks that are imported late included. */
  readonly loadedByMain: number
  readonly loadedByPost: number
}

export async function measureSizes(action: Action, servers: Servers): Promise<Sizes> {
  await servers.reset(0)
  const job = createJob(action, servers)
  try {
    const loadedByMain = measureLoaded(action.main, job.environment)
    return {
      dist: sumFiles(join(action.folder, 'dist')),
      loadedByMain,
      loadedByPost: measureLoaded(action.post, job.readPostEnvironment()),
    }
  } finally {
    job.remove()
  }
}

function measureLoaded(script: string, environment: Readonly<Record<string, string>>): number {
  const report = join(environment.HOME ?? '', 'report.json')
  runNode(withExitReport([script]), { ...environment, BENCH_REPORT: report, BENCH_FILES: 'true' })
  const { files } = JSON.parse(readFileSync(report, 'utf8')) as { files: string[] }
  return [...new Set(files)].reduce((sum, url) => sum + statSync(fileURLToPath(url)).size, 0)
}

function sumFiles(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
}
