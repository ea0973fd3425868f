import * as v from 'valibot'
import { isObject, type Json, type JsonObject } from '../build/json.ts'
import { showValue } from '../build/show-value.ts'
import { explainKey } from '../capture/suggest.ts'
import { cleanKey, cleanName, cleanTag } from '../point/clean.ts'
import { type CompareOptions, compareSchema, someWhere } from './compare-schema.ts'
import type { Comparison, StatisticChoice } from './comparison.ts'
import { findLimitProblems, parseSeconds, toLimits } from './parse-limit.ts'

/** A problem with a comparison: its path in the parsed YAML, what is wrong and how to correct it. */
export interface ComparisonProblem {
  readonly path: readonly (string | number)[]
  readonly text: string
}

interface Parsed {
  /** Undefined: no comparison. */
  readonly comparisons: readonly Comparison[] | undefined
  readonly problems: readonly ComparisonProblem[]
}

const keys = Object.keys(compareSchema.entries)
const maxComparisons = 20

/** Reads `true`, `false`, a map of keys, or a list of maps. Returns all problems at once. */
export function parseComparisons(value: unknown): Parsed {
  if (value === null || value === undefined || value === false) return { comparisons: undefined, problems: [] }
  if (!Array.isArray(value)) return parseOne(value, [])
  const words = 'must be a list of maps, each a comparison'
  if (value.length === 0) return fail([], `${words}, but is empty; write false for none`)
  if (value.length > maxComparisons) return fail([], `has ${value.length} comparisons; ${maxComparisons} are allowed`)
  const parsed = value.map((item, index) =>
    typeof item === 'boolean' || item === null
      ? fail([index], `${words}, but one item is ${showValue(item)}`)
      : parseOne(item, [index]),
  )
  return {
    comparisons: parsed.flatMap(({ comparisons = [] }) => comparisons),
    problems: parsed.flatMap(({ problems }) => problems),
  }
}

function parseOne(value: unknown, path: readonly number[]): Parsed {
  if (value !== true && (typeof value !== 'object' || value === null || Array.isArray(value))) {
    return fail(
      path,
      `is ${showValue(value)}, but must be true, false, a map or a list of maps. Known keys: ${keys.join(', ')}`,
    )
  }
  const result = v.safeParse(compareSchema, value === true ? {} : value)
  // The schema would accept a list as a map whose keys are numbers.
  if (isObject(value as Json) && Array.isArray((value as JsonObject).where)) {
    return fail([...path, 'where'], `"where" ${someWhere}, but is a list`)
  }
  const found = result.success ? findContradictions(result.output) : result.issues.map(explainIssue)
  const problems = found.map((problem) => ({ ...problem, path: [...path, ...problem.path] }))
  return { comparisons: result.success && problems.length === 0 ? [toComparison(result.output)] : undefined, problems }
}

function fail(path: ComparisonProblem['path'], text: string): Parsed {
  return { comparisons: undefined, problems: [{ path, text }] }
}

function toComparison(options: CompareOptions): Comparison {
  const { last = 20, branch = 'default', usual = 'range', confirm = 1, floor = '1s', since = true } = options
  return {
    last,
    branch: branch === 'default' || branch === 'same' ? branch : { name: branch },
    statistic: toStatistic(options),
    limits: toLimits(options),
    ...{ usual, confirm, since },
    floor: floor === 0 ? 0 : parseSeconds(floor),
    minBuilds: options['min-builds'] ?? Math.min(5, last),
    ignoreTags: (options['ignore-tags'] ?? []).map((key) => cleanKey(key)),
  }
}

function toStatistic({ statistic = 'duration', where: given }: CompareOptions): StatisticChoice {
  const where = Object.entries((typeof statistic === 'object' ? statistic.where : undefined) ?? given ?? {}).map(
    ([key, value]) => [cleanKey(key), cleanTag(String(value))] as const,
  )
  if (typeof statistic === 'object') {
    const { measurement, field } = statistic
    return { name: `${measurement}.${field}`, data: toData(measurement, field), where }
  }
  const dot = statistic.indexOf('.')
  const data =
    dot > 0 && dot < statistic.length - 1 ? toData(statistic.slice(0, dot), statistic.slice(dot + 1)) : undefined
  return { name: statistic, data, where }
}

function toData(measurement: string, field: string) {
  return { measurement: cleanName(measurement), field: cleanKey(field) }
}

/** Statistics that are compared in seconds, independent of their unit in the database. */
export function isInSeconds({ name, data }: StatisticChoice): boolean {
  return name === 'duration' || name === 'queue_time' || data?.field === 'duration'
}

function findContradictions(options: CompareOptions): ComparisonProblem[] {
  const { statistic, limits, last, minBuilds, confirm } = toComparison(options)
  const problems: ComparisonProblem[] = findLimitProblems(limits, isInSeconds(statistic), statistic.name).map(
    ({ key, text }) => ({ path: [key], text }),
  )
  if (minBuilds > last) {
    const text = `"min-builds" (${minBuilds}) is more than "last" (${last}): there would never be a comparison`
    problems.push({ path: ['min-builds'], text })
  }
  if (confirm > 1 && limits.length === 0) {
    const text = '"confirm" has no effect without a limit: add one such as warn-above, or remove confirm'
    problems.push({ path: ['confirm'], text })
  }
  if (options.where !== undefined && statistic.data === undefined) {
    const text = `"where" selects records of data, but ${JSON.stringify(statistic.name)} is a field of the build: remove "where", or name a statistic of data such as tests.duration`
    problems.push({ path: ['where'], text })
  }
  return problems
}

function explainIssue(issue: v.BaseIssue<unknown>): ComparisonProblem {
  const path = (issue.path ?? []).slice(0, 1).map(({ key }) => key as string | number)
  const key = String(path[0])
  const seconds = typeof issue.input === 'number' && issue.input > 100 && key.endsWith('above')
  const hint = seconds ? `; write ${issue.input}s for seconds` : ''
  return { path, text: `${explainKey(issue, key, keys, showValue(issue.input))}${hint}` }
}
