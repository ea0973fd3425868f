import type { JsonObject } from '../build/json.ts'
import type { Comparison } from '../compare/comparison.ts'
import { defaultEveryMs } from '../limits.ts'
import type { ReadInput } from '../runner/input-names.ts'
import { readMistakesWarn } from './early-inputs.ts'
import { parseBoolean, parseFolder, parseProperties, parseTimeout } from './input-values.ts'
import { formatProblem, type SettingProblem, SettingsError } from './problem.ts'
import type { ResourceSettings } from './resources.ts'
import type { RunFacts } from './run-facts.ts'
import { parseStorages, type StorageSettings } from './storages.ts'

/** The parsed inputs. Code that uses them need not check for empty strings. */
export interface Settings {
  readonly storages: readonly StorageSettings[]
  /** The user's own properties. */
  readonly properties: JsonObject
  readonly githubToken: string | undefined
  readonly startPoint: boolean
  /** How the runner is sampled while the job runs; undefined if it is not. */
  readonly resources: ResourceSettings | undefined
  /** `verdict` for one line. */
  readonly summary: boolean | 'verdict'
  /** The earlier builds to compare with; undefined for none. */
  readonly compare: readonly Comparison[] | undefined
  readonly timeoutMs: number
  /** Absolute path of a folder on a persistent disk, for points that could not be written. */
  readonly spool: string | undefined
  readonly failOnError: boolean
  /** Whether invalid settings are warnings that never fail the job. */
  readonly warnsOfMistakes: boolean
  readonly dryRun: boolean
  readonly warnings: string[]
  /** Notices for the owner of the job. */
  readonly notices: readonly string[]
  /** Those among them that fail the job with `fail-on-error`. */
  readonly missingSecrets: readonly string[]
  /** Sentences about inputs that became invalid at the end of the job, and fail it because of `fail-on-error`. */
  readonly losses: readonly string[]
}

/**
 * Inputs that a build can do without. When the job ends, they hold values that steps have set: an invalid one is ignored, and the
 * build is still written. Inputs that say where points go are not among them: no point must go to a wrong place.
 */
const optional: ReadonlySet<string> = new Set([
  ...['captures', 'compare', 'fail-on-error', 'matrix-tags', 'on-mistake', 'properties'],
  ...['resources', 'spool', 'start-point', 'summary', 'tags', 'timeout'],
  ...['steps', 'needs', 'inputs', 'matrix', 'job', 'strategy'],
])

/**
 * Parses the inputs, once, at the edge.
 * @param earlier problems that were found before, to be reported with the others
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
  if (!['', 'fail', 'warn'].includes(read('on-mistake'))) {
    problems.push({ input: 'on-mistake', text: `must be fail or warn, but is ${JSON.stringify(read('on-mistake'))}` })
  }
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
    warnsOfMistakes: readMistakesWarn(read),
    warnings,
    dryRun: parseBoolean(read, 'dry-run', false, problems),
  }
  const { failOnError, warnsOfMistakes } = settings
  const isFatal = ({ input }: SettingProblem) => !(warnsOfMistakes || run.phase === 'post') || !optional.has(input)
  const told = [...lost, ...problems.filter((problem) => !isFatal(problem))]
  const fatal = problems.filter(isFatal)
  if (fatal.length > 0) throw new SettingsError(fatal)
  const losses = told.map((problem) => `${formatProblem(problem)}. ${explainLoss(problem)}`)
  if (failOnError && !warnsOfMistakes) return { ...settings, losses }
  return { ...settings, warnings: [...warnings, ...losses] }
}

function explainLoss({ input }: SettingProblem): string {
  const hasValues = ['properties', 'tags', 'steps', 'needs', 'inputs', 'matrix', 'job', 'strategy'].includes(input)
  return hasValues ? 'Its values are ignored.' : 'It is ignored.'
}

/** The parser is loaded only if there is something to compare. */
async function parseCompare(text: string, problems: SettingProblem[]): Promise<readonly Comparison[] | undefined> {
  if (isOff(text)) return undefined
  const { parseCompareInput } = await import('./compare.ts')
  return await parseCompareInput(text, problems)
}

/** The same for `resources`. The usual value, `true`, needs no parser. */
async function parseResources(
  text: string,
  storages: readonly StorageSettings[],
  problems: SettingProblem[],
): Promise<ResourceSettings | undefined> {
  if (isOff(text)) return undefined
  if (storages.length > 0 && storages.every(({ layout }) => layout.kind === 'buildbot')) {
    const remedy = 'leave it out, or add a storage in the layout native'
    problems.push({ input: 'resources', text: `has no use in the layout buildbot: ${remedy}` })
    return undefined
  }
  if (/^true$/i.test(text.trim())) return { everyMs: defaultEveryMs, series: false }
  const { parseResourcesInput } = await import('./resources.ts')
  return await parseResourcesInput(text, problems)
}

function isOff(text: string): boolean {
  return ['', 'false'].includes(text.trim().toLowerCase())
}
