import type { JsonObject } from '../build/json.ts'
import type { Comparison } from '../compare/comparison.ts'
import type { ReadInput } from './inputs.ts'
import { parseProperties } from './map-input.ts'
import { formatProblem, type Problem, SettingsError } from './problem.ts'
import { parseBoolean, parseFolder, parseTimeout } from './scalar-input.ts'
import { parseStorages, type StorageSettings } from './storage-settings.ts'
import type { Surroundings } from './targets.ts'

/** Everything the inputs say; nothing behind it asks whether a string is empty. */
export interface Settings {
  readonly storages: readonly StorageSettings[]
  /** The user's own properties. */
  readonly properties: JsonObject
  readonly githubToken: string | undefined
  readonly startPoint: boolean
  /** `verdict`: one line. */
  readonly summary: boolean | 'verdict'
  /** With which earlier builds the build is compared; undefined: with none. */
  readonly compare: Comparison | undefined
  readonly timeoutMs: number
  /** Absolute path of a folder on a lasting disk, for what could not be written. */
  readonly spool: string | undefined
  readonly failOnError: boolean
  readonly dryRun: boolean
  readonly warnings: string[]
  /** What the owner of the job should know. */
  readonly notices: readonly string[]
  /** Notices that fail the job, where `fail-on-error` asks for it. */
  readonly mistakes: readonly string[]
}

/**
 * Parses the inputs, once, at the edge.
 * @param earlier problems that were found before, to be told with the others
 * @throws SettingsError with every problem, each with its input, line, value and remedy.
 */
export async function parseSettings(
  read: ReadInput,
  around: Surroundings,
  earlier: readonly Problem[] = [],
): Promise<Settings> {
  const problems = [...earlier]
  // When the job ends, values that steps have set are in it: one that is no YAML costs the properties, not the build.
  const lenient: Problem[] = []
  const warnings: string[] = []
  const { storages, notices, mistakes, compare } = await parseStorages(read, around, problems)
  const settings: Settings = {
    storages,
    notices,
    mistakes,
    properties: await parseProperties(read('properties'), around.phase === 'main' ? problems : lenient, warnings),
    githubToken: read('github-token') || undefined,
    startPoint: parseBoolean(read, 'start-point', true, problems),
    summary: read('summary') === 'verdict' ? 'verdict' : parseBoolean(read, 'summary', true, problems, ['verdict']),
    compare: compare === undefined ? await parseCompare(read('compare'), problems) : compare.comparison,
    timeoutMs: parseTimeout(read('timeout'), problems),
    spool: parseFolder(read, 'spool', problems),
    failOnError: parseBoolean(read, 'fail-on-error', false, problems),
    warnings,
    dryRun: parseBoolean(read, 'dry-run', false, problems),
  }
  settings.warnings.push(...lenient.map((problem) => `${formatProblem(problem)}. Its values are not known.`))
  if (problems.length > 0) throw new SettingsError(problems)
  return settings
}

/** The parser is loaded where there is something to compare. */
async function parseCompare(text: string, problems: Problem[]): Promise<Comparison | undefined> {
  if (/^(false)?$/i.test(text.trim())) return undefined
  const { parseCompareInput } = await import('./compare-settings.ts')
  return await parseCompareInput(text, problems)
}
