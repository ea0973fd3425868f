import { isAbsolute, resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import * as v from 'valibot'
import { defaultRules, layoutKinds, type Rule } from '../capture/rules.ts'
import type { Layout } from '../point/layout.ts'
import type { ReadInput } from '../runner/input-names.ts'
import { parseCaptures, type RuleList } from './captures.ts'
import { explainIssue } from './config-issue.ts'
import { configSchema, type storageSchema } from './config-schema.ts'
import { parseConfigTarget } from './config-target.ts'
import { storageInputs } from './early-inputs.ts'
import { findBuildbotTags, parseMeasurement, parseTags, toLayout } from './layout.ts'
import { formatProblem, type SettingProblem } from './problem.ts'
import type { RunFacts } from './run-facts.ts'
import type { ParsedStorages, StorageDefaults, StorageSettings } from './storages.ts'
import { toFallbackPath } from './targets.ts'
import { type Path, parseYaml, type Yaml } from './yaml.ts'

type Storage = v.InferOutput<typeof storageSchema>

/**
 * Reads the storages from the file that `config` names. If the file is missing when the job starts, a checkout may add it: there are
 * no storages yet, and post reads the file again.
 */
export async function readConfig(
  read: ReadInput,
  defaults: StorageDefaults,
  run: RunFacts,
  problems: SettingProblem[],
): Promise<ParsedStorages> {
  const path = read('config')
  for (const input of storageInputs.filter((name) => read(name) !== '')) {
    problems.push({ input, text: `cannot be combined with config: write it in ${path}, or leave config out` })
  }
  const text = run.readFile(isAbsolute(path) ? path : resolve(run.workspace, path))
  if (text === undefined) {
    const missing = 'does not exist; check the path, and that the repository is checked out before the job ends'
    if (run.phase !== 'main') problems.push({ input: 'config', text: `the file ${path} ${missing}` })
    return { storages: [], notices: [], missingSecrets: [] }
  }
  const yaml = await parseYaml(path, text, problems)
  if (yaml === undefined) return { storages: [], notices: [], missingSecrets: [] }
  const toContext = (captures: readonly unknown[] | undefined, damaged: ReadonlySet<unknown> = new Set()): Context => {
    const shared = captures === undefined ? defaults.rules : toRuleList(captures, path, yaml, ['captures'])
    return { path, yaml, shared, defaults, run, damaged }
  }
  const result = v.safeParse(configSchema, yaml.value)
  if (!result.success) {
    problems.push(...result.issues.map((issue) => explainIssue(issue, path, yaml)))
    // Problems of the rest are reported, too.
    const places = result.issues.map(toPlace)
    const rest = v.safeParse(configSchema, omit(yaml.value, places))
    if (rest.success) {
      const damaged = new Set(places.flatMap(([root, index]) => (root === 'storages' ? [index] : [])))
      await parseStorageList(rest.output.storages, toContext(rest.output.captures, damaged), problems)
    } else await findRuleProblems(path, yaml, defaults, problems)
    await readCompare(path, yaml, problems)
    return { storages: [], notices: [], missingSecrets: [] }
  }
  const { storages, captures } = result.output
  const parsed = await parseStorageList(storages, toContext(captures), problems)
  return { ...parsed, ...(await readCompare(path, yaml, problems)) }
}

/** Tags are parsed separately, so that an invalid one is reported once. */
function toPlace(issue: v.BaseIssue<unknown>): readonly (string | number)[] {
  const place = issue.path?.map(({ key }) => key as string | number) ?? []
  return place[2] === 'tags' ? place.slice(0, 3) : place
}

/** Copies data without these places. A stand-in replaces an item of a list, so that the others keep their places. */
function omit(value: unknown, places: readonly (readonly (string | number)[])[]): unknown {
  if (places.some((place) => place.length === 0)) return undefined
  if (typeof value !== 'object' || value === null) return value
  const inner = (key: string | number) => places.filter(([first]) => first === key).map((place) => place.slice(1))
  const isGone = (key: string | number) => inner(key).some((place) => place.length === 0)
  if (Array.isArray(value)) return value.map((one, key) => (isGone(key) ? { file: '-' } : omit(one, inner(key))))
  const entries = Object.entries(value).filter(([key]) => !isGone(key))
  return Object.fromEntries(entries.map(([key, one]) => [key, omit(one, inner(key))]))
}

/** Parses the comparison that the file asks for, if any. */
async function readCompare(
  path: string,
  yaml: Yaml,
  problems: SettingProblem[],
): Promise<Pick<ParsedStorages, 'compare'>> {
  const { compare } = toMap(yaml.value)
  if (compare === undefined) return {}
  const { parseCompare } = await import('./compare.ts')
  const lineOf = (place: Path) => yaml.lineOf(['compare', ...place])
  return { compare: { comparisons: parseCompare(compare, path, lineOf, problems) } }
}

/** Problems of rules are reported together with problems of the structure around them. */
async function findRuleProblems(
  path: string,
  yaml: Yaml,
  defaults: StorageDefaults,
  problems: SettingProblem[],
): Promise<void> {
  const { captures, storages } = toMap(yaml.value)
  const lists = Array.isArray(storages) ? storages.map(toMap) : []
  const placed = [
    { value: captures, kind: defaults.kind, prefix: ['captures'] },
    ...lists.map((storage, index) => ({
      value: storage.captures,
      kind: layoutKinds.find((kind) => kind === storage.layout) ?? defaults.kind,
      prefix: ['storages', index, 'captures'],
    })),
  ]
  for (const { value, kind, prefix } of placed) {
    if (!Array.isArray(value)) continue
    await parseCaptures(toRuleList(value, path, yaml, prefix), toLayout(kind, defaults.options), problems)
  }
}

function toMap(value: unknown): { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null ? (value as { [key: string]: unknown }) : {}
}

interface Context {
  readonly path: string
  readonly yaml: Yaml
  readonly shared: RuleList | undefined
  readonly defaults: StorageDefaults
  readonly run: RunFacts
  /** Storages with a wrong structure: their targets are not parsed. */
  readonly damaged: ReadonlySet<unknown>
}

async function parseStorageList(
  list: readonly Storage[],
  context: Context,
  problems: SettingProblem[],
): Promise<ParsedStorages> {
  const { path, yaml, shared } = context
  const storages: StorageSettings[] = []
  const notices: string[] = []
  const missingSecrets: string[] = []
  const names = new Set<string>()
  // Shared captures are parsed once for each layout, so that their problems are reported once.
  const sharedRules = new Map<string, readonly Rule[]>()
  for (const [index, storage] of list.entries()) {
    const place = { input: path, line: yaml.lineOf(['storages', index]) }
    if (storage.name !== undefined && names.has(storage.name)) {
      problems.push({ ...place, text: `two storages are named "${storage.name}"; give each its own name` })
    }
    if (storage.name !== undefined) names.add(storage.name)
    const layout = parseLayout(storage, index, context, problems)
    let rules = sharedRules.get(layout.kind)
    if (storage.captures !== undefined) {
      const own = toRuleList(storage.captures, path, yaml, ['storages', index, 'captures'])
      rules = await parseCaptures(own, layout, problems)
    } else if (rules === undefined) {
      const found: SettingProblem[] = []
      rules = shared === undefined ? defaultRules : await parseCaptures(shared, layout, found)
      problems.push(...found.filter((one) => !problems.some((told) => formatProblem(told) === formatProblem(one))))
      sharedRules.set(layout.kind, rules)
    }
    const { run } = context
    const placeOf = (...keys: string[]) => ({ input: path, line: yaml.lineOf(['storages', index, ...keys]) })
    if (context.damaged.has(index)) continue
    const found = parseConfigTarget(storage, placeOf, run, problems)
    notices.push(...found.notices)
    missingSecrets.push(...found.missingSecrets)
    for (const target of found.targets) {
      // Two storages would write the same lines to the fallback file.
      const isThere = storages.some(
        (other) => other.rules === rules && isDeepStrictEqual([other.target, other.layout], [target, layout]),
      )
      if (isThere && target.kind === 'file' && target.path === toFallbackPath(run)) continue
      const { name, builder } = storage
      storages.push({
        ...(name === undefined ? {} : { name }),
        ...(builder === undefined ? {} : { builder }),
        ...{ target, rules, layout },
      })
    }
  }
  // Rules that no storage uses are checked, too.
  if (shared !== undefined && sharedRules.size === 0) {
    await parseCaptures(shared, toLayout(context.defaults.kind, context.defaults.options), problems)
  }
  return { storages, notices, missingSecrets }
}

function parseLayout(
  storage: Storage,
  index: number,
  { path, yaml, defaults }: Context,
  problems: SettingProblem[],
): Layout {
  const kind = storage.layout ?? defaults.kind
  const placeOf = (...keys: string[]) => ({ input: path, line: yaml.lineOf(['storages', index, ...keys]) })
  if (kind === 'buildbot') {
    for (const key of ['measurement', 'matrix-tags'] as const) {
      if (storage[key] === undefined) continue
      problems.push({ ...placeOf(key), text: `"${key}" is not used by the layout buildbot: leave it out` })
    }
  }
  const { measurement } = storage
  // A tag is text as written: `1.20` stays `1.20`.
  const written = toMap(yaml.toText()).storages
  const tags = storage.tags && Array.isArray(written) ? toMap(toMap(written[index]).tags) : undefined
  if (storage.tags && Array.isArray(written) && Array.isArray(toMap(written[index]).tags)) {
    problems.push({ ...placeOf('tags'), text: '"tags" must be a map of tags, but is a list: write {team: web}' })
  }
  const parsedTags = tags === undefined ? undefined : parseTags(tags, (key) => placeOf('tags', key), problems)
  if (kind === 'buildbot') {
    const found =
      parsedTags === undefined ? defaults.buildbotProblems : findBuildbotTags(parsedTags, (key) => placeOf('tags', key))
    problems.push(...found.filter((one) => !problems.includes(one)))
  }
  return toLayout(kind, {
    measurement:
      measurement === undefined
        ? defaults.options.measurement
        : parseMeasurement(measurement, placeOf('measurement'), problems),
    tags: parsedTags ?? defaults.options.tags,
    matrixTags: storage['matrix-tags'] ?? defaults.options.matrixTags,
  })
}

function toRuleList(value: unknown, source: string, yaml: Yaml, prefix: readonly (string | number)[]): RuleList {
  return { value, source, lineOf: (path) => yaml.lineOf([...prefix, ...path]) }
}
