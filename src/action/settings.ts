import type { JsonObject } from '../build/json.ts'
import { hasCallback } from '../capture/callback.ts'
import { defaultRules, type Rule } from '../capture/rules.ts'
import { suggest } from '../capture/suggest.ts'
import { type Layout, layoutKinds } from '../point/layout.ts'
import type { Target } from '../storage/target.ts'
import { type Problem, SettingsError } from './problem.ts'
import { parseTargets, type Surroundings } from './targets.ts'
import { parseYaml } from './yaml.ts'
import type { Path } from './yaml-line.ts'

/** Everything the inputs say; nothing behind it asks whether a string is empty. */
export interface Settings {
  readonly targets: readonly Target[]
  readonly rules: readonly Rule[]
  readonly layout: Layout
  /** The user's own properties. */
  readonly properties: JsonObject
  readonly githubToken: string | undefined
  readonly startPoint: boolean
  readonly summary: boolean
  readonly timeoutMs: number
  readonly failOnError: boolean
  readonly dryRun: boolean
  /** What the owner of the job should know. */
  readonly notices: readonly string[]
}

/** Reads one input by its name in action.yml; empty when it is not given. */
export type ReadInput = (name: string) => string

const secretInputs = ['token', 'password', 'github-token'] as const

/** What must never be seen in a log, as the inputs hold it. */
export function readSecrets(read: ReadInput): string[] {
  const login =
    read('username') === '' ? [] : [Buffer.from(`${read('username')}:${read('password')}`).toString('base64')]
  return [...secretInputs.map(read), ...login].filter((secret) => secret !== '')
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
  const { targets, notices } = parseTargets(read, around, problems)
  const layout = await parseLayout(read, problems)
  const settings: Settings = {
    targets,
    notices,
    rules: await parseCaptures(read('captures'), layout, problems),
    layout,
    properties: await parseProperties(read('properties'), problems),
    githubToken: read('github-token') || undefined,
    startPoint: parseBoolean(read, 'start-point', true, problems),
    summary: parseBoolean(read, 'summary', true, problems),
    timeoutMs: parseTimeout(read('timeout'), problems),
    failOnError: parseBoolean(read, 'fail-on-error', false, problems),
    dryRun: parseBoolean(read, 'dry-run', false, problems),
  }
  if (problems.length > 0) throw new SettingsError(problems)
  return settings
}

async function parseLayout(read: ReadInput, problems: Problem[]): Promise<Layout> {
  const name = read('layout')
  const kind = layoutKinds.find((known) => known === (name || 'native'))
  if (kind === undefined) {
    const text = `${JSON.stringify(name)} is unknown; ${suggest(name, layoutKinds, 'layouts')}`
    problems.push({ input: 'layout', text })
  }
  const options = {
    measurement: parseMeasurement(read('measurement'), problems),
    tags: await parseTags(read('tags'), problems),
    matrixTags: parseBoolean(read, 'matrix-tags', true, problems),
  }
  return kind === 'buildbot' ? { kind } : { kind: 'native', options }
}

async function parseCaptures(text: string, layout: Layout, problems: Problem[]): Promise<readonly Rule[]> {
  if (text.trim() === '') return defaultRules
  const yaml = await parseYaml('captures', text, problems)
  if (yaml === undefined) return []
  const { value, lineOf } = yaml
  const { parseRules } = await import('../capture/parse-rules.ts')
  const parsed = parseRules(value, lineOf, { source: 'captures', layout: layout.kind })
  for (const { path, text } of parsed.problems) problems.push({ input: 'captures', line: lineOf(path), text })
  problems.push(...findReserved(parsed.rules, layout), ...(await findCallbackProblems(parsed.rules)))
  return parsed.rules
}

function findReserved(rules: readonly Rule[], layout: Layout): Problem[] {
  if (layout.kind !== 'native') return []
  const { measurement } = layout.options
  const reserved: readonly (string | undefined)[] = [measurement, `${measurement}_start`]
  return rules
    .filter((rule) => rule.kind === 'data')
    .filter((rule) => rule.measurement !== undefined && reserved.includes(rule.measurement))
    .map(({ measurement, source, line }) => {
      const text = `"${measurement}" is the measurement of the builds themselves; choose another`
      return { input: source, line, text }
    })
}

/** Callbacks are compiled here, so that a mistake is told when the job starts; the parser is loaded for them alone. */
async function findCallbackProblems(rules: readonly Rule[]): Promise<Problem[]> {
  if (!hasCallback(rules)) return []
  const { parseCallback } = await import('./callback-parser.ts')
  return rules.flatMap(({ callback, source, line }): Problem[] => {
    const wrong = callback === undefined ? undefined : parseCallback(callback)
    return wrong === undefined ? [] : [{ input: source, line, text: wrong }]
  })
}

async function parseTags(text: string, problems: Problem[]): Promise<[string, string][]> {
  // A tag is text as it is written: `1.20` stays `1.20`.
  const { map, lineOf } = await parseMap('tags', text, problems, 'text')
  return Object.entries(map).flatMap(([key, value]): [string, string][] => {
    const problem = (wrong: string) => problems.push({ input: 'tags', line: lineOf([key]), text: wrong })
    if (key === 'time') problem('"time" is InfluxDB\'s own name; choose another')
    if (key === '') problem('a tag needs a name')
    if (value === null || value === '') return []
    if (typeof value === 'object')
      problem(`"${key}" must be text, a number or a boolean, but is ${JSON.stringify(value)}`)
    return typeof value === 'object' ? [] : [[key, String(value)]]
  })
}

async function parseProperties(text: string, problems: Problem[]): Promise<JsonObject> {
  const { map } = await parseMap('properties', text, problems, 'typed')
  try {
    // A copy of plain data: what YAML shares by alias is there as often as it stands.
    return JSON.parse(JSON.stringify(map)) as JsonObject
  } catch (error) {
    problems.push({ input: 'properties', text: `cannot be read as data: ${(error as Error).message}` })
    return {}
  }
}

interface ParsedMap {
  readonly map: { readonly [key: string]: unknown }
  lineOf(path: Path): number | undefined
}

const emptyMap: ParsedMap = { map: {}, lineOf: () => undefined }

/** A map in YAML or JSON. JSON is not read as YAML: a value of another's making cannot be more than a value. */
async function parseMap(
  input: string,
  text: string,
  problems: Problem[],
  scalars: 'typed' | 'text',
): Promise<ParsedMap> {
  if (text.trim() === '') return emptyMap
  const json = text.trim().startsWith('{') ? parseJson(text) : undefined
  const { value, lineOf } =
    (json === undefined ? await parseYaml(input, text, problems, scalars) : { value: json, lineOf: emptyMap.lineOf }) ??
    {}
  if (lineOf === undefined || value === null) return emptyMap
  if (typeof value === 'object' && !Array.isArray(value)) return { map: value as ParsedMap['map'], lineOf }
  problems.push({ input, text: 'must be a map: lines of "name: value"' })
  return emptyMap
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // It may still be YAML in flow style.
  }
}

function parseMeasurement(text: string, problems: Problem[]): string {
  if (/^[_#]|[\r\n]|\\$/.test(text)) {
    problems.push({
      input: 'measurement',
      text: `${JSON.stringify(text)} is no measurement: it must be one line that neither starts with _ or # nor ends in a backslash`,
    })
  }
  return text === '' ? 'build' : text
}

function parseBoolean(read: ReadInput, name: string, byDefault: boolean, problems: Problem[]): boolean {
  const text = read(name)
  if (text === '') return byDefault
  if (/^(true|True|TRUE)$/.test(text)) return true
  if (!/^(false|False|FALSE)$/.test(text)) {
    problems.push({
      input: name,
      text: `must be true or false, but is ${JSON.stringify(text)}. ${suggest(text, ['true', 'false'], 'values')}`,
    })
  }
  return false
}

/** Node's timers take 32 bits; an hour is far below, and far above what a job should wait. */
const maxTimeout = 3600

function parseTimeout(text: string, problems: Problem[]): number {
  if (text === '') return 30_000
  const ms = /^\d+(\.\d+)?$/.test(text) ? Math.round(Number(text) * 1000) : 0
  if (ms < 1 || ms > maxTimeout * 1000) {
    problems.push({
      input: 'timeout',
      text: `must be seconds, more than 0 and at most ${maxTimeout}, but is ${JSON.stringify(text)}`,
    })
  }
  return ms
}
