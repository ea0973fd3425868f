import { defaultSinceMs } from '../collect/range.ts'
import { defaultCollectMs } from '../limits.ts'
import type { InputName, ReadInput } from '../runner/input-names.ts'
import { parseBoolean, parseFolder, parseTimeout } from './input-values.ts'
import { type SettingProblem, SettingsError } from './problem.ts'
import type { RunFacts } from './run-facts.ts'
import { parseStorages, type StorageSettings } from './storages.ts'
import { parseLength, parseMoment } from './time-input.ts'
import { parseYaml } from './yaml.ts'

/** A storage that can store whole runs. */
export type CollectStorage = StorageSettings & {
  readonly layout: Extract<StorageSettings['layout'], { readonly kind: 'native' }>
}

/** The settings of the action `collect`. */
export interface CollectSettings {
  readonly storages: readonly CollectStorage[]
  readonly githubToken: string
  /** `owner/name`, or `owner/*` for all of an owner. */
  readonly repositories: readonly string[]
  /** Names of workflows or of their files; `*` stands for any characters. If empty, all workflows. */
  readonly workflows: readonly string[]
  /** Undefined: where the last collection stopped. */
  readonly sinceMs: number | undefined
  /** Undefined: now. */
  readonly untilMs: number | undefined
  readonly lookbackMs: number
  readonly jobs: boolean
  readonly steps: boolean
  readonly maxRequests: number | undefined
  /** Absolute path of a folder on a persistent disk, for points that could not be written. */
  readonly spool: string | undefined
  readonly timeoutMs: number
  readonly failOnError: boolean
  readonly summary: boolean
  readonly dryRun: boolean
  /** Sentences. */
  readonly notes: readonly string[]
}

const weekMs = 7 * 86_400_000

/** @throws SettingsError with every problem, each with its input, line, value and remedy. */
export async function parseCollectSettings(read: ReadInput, run: RunFacts, nowMs: number): Promise<CollectSettings> {
  const problems: SettingProblem[] = []
  const { storages } = await parseStorages(read, run, problems)
  const native = storages.filter(isNative)
  const settings: CollectSettings = {
    storages: native,
    githubToken: read('github-token'),
    repositories: await parseRepositories(read, run.env.GITHUB_REPOSITORY ?? '', problems),
    workflows: await parseList('workflows', read('workflows'), /\n/, problems),
    sinceMs: parseMoment(read, 'since', nowMs, problems),
    untilMs: parseMoment(read, 'until', nowMs, problems),
    lookbackMs: parseLength(read, 'lookback', problems) ?? weekMs,
    jobs: parseBoolean(read, 'jobs', true, problems),
    steps: parseBoolean(read, 'steps', false, problems),
    maxRequests: parseCount(read, 'max-requests', problems),
    spool: parseFolder(read, 'spool', problems),
    timeoutMs: read('timeout') === '' ? defaultCollectMs : parseTimeout(read('timeout'), problems),
    failOnError: parseBoolean(read, 'fail-on-error', false, problems),
    summary: parseBoolean(read, 'summary', true, problems),
    dryRun: parseBoolean(read, 'dry-run', false, problems),
    notes:
      native.length === storages.length
        ? []
        : ['Storages with the layout buildbot are skipped: that layout cannot store whole runs.'],
  }
  if (storages.length > 0 && native.length === 0) {
    problems.push({
      input: 'config',
      text: 'has only storages with the layout buildbot, which cannot store whole runs: add one with the layout native',
    })
  }
  if (settings.githubToken === '') {
    problems.push({ input: 'github-token', text: 'is empty; leave it out, or give a token that may read the runs' })
  }
  const { sinceMs, untilMs = nowMs } = settings
  if (sinceMs !== undefined && sinceMs >= untilMs) {
    problems.push({ input: 'until', text: `must be after since, but is ${JSON.stringify(read('until'))}` })
  }
  // With an end, storages are not asked where the last collection stopped.
  if (sinceMs === undefined && untilMs <= nowMs - defaultSinceMs) {
    const text = `is ${JSON.stringify(read('until'))}, but without since the collection begins 25 hours ago: set since to a time before until`
    problems.push({ input: 'until', text })
  }
  if (problems.length > 0) throw new SettingsError(problems)
  return settings
}

function isNative(storage: StorageSettings): storage is CollectStorage {
  return storage.layout.kind === 'native'
}

async function parseRepositories(read: ReadInput, own: string, problems: SettingProblem[]): Promise<string[]> {
  const given = await parseList('repositories', read('repositories'), /[\s,]/, problems)
  const wrong = given.filter((name) => !/^[\w.-]+\/(\*|[\w.-]+)$/.test(name))
  for (const name of wrong) {
    const text = `must be owner/name, or owner/* for all repositories of an owner, but one is ${JSON.stringify(name)}`
    problems.push({ input: 'repositories', text })
  }
  if (given.length === 0 && own !== '') return [own]
  // GitHub ignores the case of names, but rows have one spelling.
  const names = given.map((name) => name.toLowerCase())
  return given
    .filter((name, index) => names.indexOf(name.toLowerCase()) === index)
    .map((name) => (name.toLowerCase() === own.toLowerCase() ? own : name))
}

/** Parses a list in YAML or JSON, or items with these separators. */
async function parseList(input: string, text: string, between: RegExp, problems: SettingProblem[]): Promise<string[]> {
  const trim = (items: readonly string[]) => items.map((item) => item.trim()).filter((item) => item !== '')
  if (!/^\s*(- |-\n|\[)/.test(text)) return trim(text.split(between))
  const value = (await parseYaml(input, text, problems, 'text'))?.value
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return trim(value)
  if (value !== undefined) problems.push({ input, text: 'must be a list of names, one per line' })
  return []
}

function parseCount(read: ReadInput, name: InputName, problems: SettingProblem[]): number | undefined {
  const text = read(name).trim()
  if (text === '') return undefined
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text)
  problems.push({ input: name, text: `must be a whole number from 1 on, but is ${JSON.stringify(text)}` })
  return undefined
}
