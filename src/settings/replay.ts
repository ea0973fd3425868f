import type { ReadInput } from '../runner/input-names.ts'
import { parseBoolean, parseFolder, parseTimeout } from './input-values.ts'
import { type SettingProblem, SettingsError } from './problem.ts'
import type { RunFacts } from './run-facts.ts'
import { parseStorages, type StorageSettings } from './storages.ts'

/** The settings of the action `replay`. */
export interface ReplaySettings {
  readonly storages: readonly StorageSettings[]
  /** If undefined, artifacts are not read. */
  readonly githubToken: string | undefined
  /** Absolute path of a folder with unsent files. */
  readonly spool: string | undefined
  readonly timeoutMs: number
  readonly failOnError: boolean
  readonly summary: boolean
  readonly dryRun: boolean
}

/** @throws SettingsError with every problem, each with its input, line, value and remedy. */
export async function parseReplaySettings(read: ReadInput, run: RunFacts): Promise<ReplaySettings> {
  const problems: SettingProblem[] = []
  const { storages } = await parseStorages(read, run, problems)
  const settings: ReplaySettings = {
    storages,
    githubToken: read('github-token') || undefined,
    spool: parseFolder(read, 'spool', problems),
    timeoutMs: read('timeout') === '' ? 300_000 : parseTimeout(read('timeout'), problems),
    failOnError: parseBoolean(read, 'fail-on-error', true, problems),
    summary: parseBoolean(read, 'summary', true, problems),
    dryRun: parseBoolean(read, 'dry-run', false, problems),
  }
  if (settings.githubToken === undefined && settings.spool === undefined) {
    problems.push({ input: 'github-token', text: 'is empty, and so is spool: there is no place to read points from' })
  }
  if (problems.length > 0) throw new SettingsError(problems)
  return settings
}
