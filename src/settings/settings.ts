import type { JsonObject } from '../build/json.ts'
import type { Comparison } from '../compare/comparison.ts'
import { defaultEveryMs } from '../limits.ts'
import type { ReadInput } from '../runner/input-names.ts'
import { parseBoolean, parseFolder, parseProperties, parseTimeout } from './input-values.ts'
import { formatProblem, type SettingProblem, SettingsError } from './problem.ts'
import type { ResourceSettings } from './resources.ts'
import type { RunFacts } from './run-facts.ts'
import { parseStorages, type StorageSettings } from './storages.ts'

/** The parsed inputs. No code that uses them checks for empty strings. */
export interface Settings {
  readonly storages: readonly StorageSettings[]
  /** The user's own properties. */
  readonly properties: JsonObject
  readonly githubToken: string | undefined
  readonly startPoint: boolean
  /** How the runner is looked at while the job runs; undefined: not at all. */
  readonly resources: ResourceSettings | undefined
  /** `verdict`: one line. */
  readonly summary: boolean | 'verdict'
  /** With which earlier builds the build is compared; undefined: with none. */
  readonly compare: readonly Comparison[] | undefined
  readonly timeoutMs: number
  /** Absolute path of a folder on a lasting disk, for what could not be written. */
  readonly spool: string | undefined
  readonly failOnError: boolean
  readonly dryRun: boolean
  readonly warnings: string[]
  /** Notices for the owner of the job. */
  readonly notices: readonly string[]
  /** Notices that fail the job, where `fail-on-error` asks for it. */
  readonly missingSecrets: readonly string[]
  /** Inputs that only the end of the job found wrong, where `fail-on-error` fails the job for them: sentences. */
  readonly losses: readonly string[]
}

/**
 * Inputs without which a build is known all the same. When the job ends, values that steps have set are in them: one that is
 * wrong costs itself, and not the build. Where points go is not among them: nowhere is better than elsewhere.
 */
const lasting: ReadonlySet<string> = new Set([
  ...['captures', 'compare', 'fail-on-error', 'matrix-tags', 'properties'],
  ...['resources', 'spool', 'start-point', 'summary', 'tags', 'timeout'],
])

/**
 * Parses the inputs, once, at the edge.
 * @param earlier problems that were found before, to be told with the others
 * @throws SettingsError with every problem, each with its input, line, value and remedy.
 */
export async function parseSettings(
  read: ReadInput,
  run: RunFacts,
  earlier: readonly SettingProblem[] = [],
): Promise<Settings> {
  const problems = [...earlier]
  /** Problems of values that are left out; the build is written without them. */
  const lost: SettingProblem[] = []
  const warnings: string[] = []
  const { storages, notices, missingSecrets, compare } = await parseStorages(read, run, problems, lost)
  const settings: Settings = {
    storages,
    notices,
    missingSecrets,
    losses: [],
    properties: await parseProperties(read('properties'), problems, lost, warnings, run.isForeign),
    githubToken: read('github-token') || undefined,
    startPoint: parseBoolean(read, 'start-point', true, problems),
    resources: await parseResources(read('resources'), storages, problems),
    summary: read('summary') === 'verdict' ? 'verdict' : parseBoolean(read, 'summary', true, problems, ['verdict']),
    compare: compare === undefined ? await parseCompare(read('compare'), problems) : compare.comparisons,
    timeoutMs: parseTimeout(read('timeout'), problems),
    spool: parseFolder(read, 'spool', problems),
    failOnError: parseBoolean(read, 'fail-on-error', false, problems),
    warnings,
    dryRun: parseBoolean(read, 'dry-run', false, problems),
  }
  const isFatal = ({ input }: SettingProblem) => run.phase !== 'post' || !lasting.has(input)
  const told = [...lost, ...problems.filter((problem) => !isFatal(problem))]
  const fatal = problems.filter(isFatal)
  if (fatal.length > 0) throw new SettingsError(fatal)
  const losses = told.map((problem) => `${formatProblem(problem)}. ${explainLoss(problem)}`)
  return settings.failOnError ? { ...settings, losses } : { ...settings, warnings: [...warnings, ...losses] }
}

function explainLoss({ input }: SettingProblem): string {
  return input === 'properties' || input === 'tags' ? 'Its values are ignored.' : 'It is ignored.'
}

/** The parser is loaded where there is something to compare. */
async function parseCompare(text: string, problems: SettingProblem[]): Promise<readonly Comparison[] | undefined> {
  if (isOff(text)) return undefined
  const { parseCompareInput } = await import('./compare.ts')
  return await parseCompareInput(text, problems)
}

/** The same for what looks at the runner. What most write, `true`, needs no parser. */
async function parseResources(
  text: string,
  storages: readonly StorageSettings[],
  problems: SettingProblem[],
): Promise<ResourceSettings | undefined> {
  if (isOff(text)) return undefined
  if (storages.length > 0 && storages.every(({ layout }) => layout.kind === 'buildbot')) {
    const remedy = 'leave it out, or add a storage in the layout native'
    problems.push({ input: 'resources', text: `has no use in the layout buildbot: ${remedy}` })
  }
  if (/^true$/i.test(text.trim())) return { everyMs: defaultEveryMs, series: false }
  const { parseResourcesInput } = await import('./resources.ts')
  return await parseResourcesInput(text, problems)
}

function isOff(text: string): boolean {
  return ['', 'false'].includes(text.trim().toLowerCase())
}
