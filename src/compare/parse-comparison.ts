import * as v from 'valibot'
import { cutText } from '../build/cut-text.ts'
import { suggest } from '../capture/suggest.ts'
import { cleanKey } from '../point/clean.ts'
import { type CompareOptions, compareSchema } from './compare-schema.ts'
import type { Comparison, Limit } from './comparison.ts'

/** Something wrong with a comparison: where in the parsed YAML, and what is wrong and would be right. */
export interface ComparisonProblem {
  readonly path: readonly (string | number)[]
  readonly text: string
}

const keys = Object.keys(compareSchema.entries)

/** Reads `true`, `false` or a map of keys. Undefined: no comparison. All problems at once. */
export function parseComparison(value: unknown): {
  comparison: Comparison | undefined
  problems: readonly ComparisonProblem[]
} {
  if (value === null || value === undefined || value === false) return { comparison: undefined, problems: [] }
  if (value !== true && (typeof value !== 'object' || Array.isArray(value))) {
    const text = `must be true, false or a map of keys: ${keys.join(', ')}, but is ${show(value)}`
    return { comparison: undefined, problems: [{ path: [], text }] }
  }
  const result = v.safeParse(compareSchema, value === true ? {} : value)
  if (!result.success) return { comparison: undefined, problems: result.issues.map(explainIssue) }
  const comparison = toComparison(result.output)
  const problems = findContradictions(result.output, comparison)
  return { comparison: problems.length > 0 ? undefined : comparison, problems }
}

function toComparison(options: CompareOptions): Comparison {
  const { last = 20, branch = 'default', statistic = 'duration' } = options
  return {
    last,
    branch: branch === 'default' || branch === 'same' ? branch : { name: branch },
    statistic,
    warnAbove: toLimit(options['warn-above']),
    failAbove: toLimit(options['fail-above']),
    minBuilds: options['min-builds'] ?? Math.min(5, last),
    ignoreTags: (options['ignore-tags'] ?? []).map((key) => cleanKey(key)),
  }
}

function toLimit(given: CompareOptions['warn-above']): Limit | undefined {
  if (given === undefined) return undefined
  if (typeof given === 'object') return { value: given.value, text: `${given.value}` }
  if (typeof given === 'number') return { ratio: given, text: `${given}` }
  if (/^[\d.]+$/.test(given)) return { ratio: Number(given), text: given }
  if (given.endsWith('%')) return { ratio: 1 + Number.parseFloat(given) / 100, text: given }
  const units = { h: 3600, m: 60, s: 1 } as const
  const parts = [...given.matchAll(/([\d.]+)([hms])/g)]
  const seconds = parts.map(([, count, unit]) => Number(count) * units[unit as keyof typeof units])
  return { value: seconds.reduce((sum, part) => sum + part, 0), text: given }
}

/** Statistics that are in seconds here, in whatever unit the database has them. */
function isInSeconds(statistic: string): boolean {
  return statistic === 'duration' || statistic === 'queue_time'
}

function findContradictions(options: CompareOptions, comparison: Comparison): ComparisonProblem[] {
  const problems: ComparisonProblem[] = []
  const { statistic, warnAbove, failAbove, last, minBuilds } = comparison
  for (const [key, limit] of [
    ['warn-above', warnAbove],
    ['fail-above', failAbove],
  ] as const) {
    if (limit === undefined) continue
    if (/[hms]/.test(limit.text) && !isInSeconds(statistic)) {
      const text = `"${key}" is a time, and the statistic ${JSON.stringify(statistic)} is none: write {value: 512}`
      problems.push({ path: [key], text })
    }
    if ('ratio' in limit && !(limit.ratio >= 1 && limit.ratio <= 100)) {
      const text = `"${key}" is a ratio to the median, from 1 to 100, but is ${show(options[key])}; write 600s for seconds`
      problems.push({ path: [key], text })
    }
  }
  const isSwapped =
    warnAbove !== undefined &&
    failAbove !== undefined &&
    (('ratio' in warnAbove && 'ratio' in failAbove && failAbove.ratio < warnAbove.ratio) ||
      ('value' in warnAbove && 'value' in failAbove && failAbove.value < warnAbove.value))
  if (isSwapped) {
    const text = `"fail-above" (${failAbove.text}) is below "warn-above" (${warnAbove.text}), which would never be seen`
    problems.push({ path: ['fail-above'], text })
  }
  if (minBuilds > last) {
    const text = `"min-builds" (${minBuilds}) is more than "last" (${last}): there would never be a comparison`
    problems.push({ path: ['min-builds'], text })
  }
  return problems
}

function explainIssue(issue: v.BaseIssue<unknown>): ComparisonProblem {
  const path = issue.path?.map(({ key }) => key as string | number) ?? []
  const key = String(path[0])
  if (issue.type === 'strict_object' && issue.expected === 'never' && path.length === 1) {
    return { path, text: `unknown key ${JSON.stringify(key)}; ${suggest(key, keys, 'keys')}` }
  }
  const seconds = typeof issue.input === 'number' && issue.input > 100 && key.endsWith('above')
  const hint = seconds ? `; write ${issue.input}s for seconds` : ''
  return { path: path.slice(0, 1), text: `${JSON.stringify(key)} ${issue.message}, but is ${show(issue.input)}${hint}` }
}

/** A value of the user's, for a message. */
function show(value: unknown): string {
  if (value === null) return 'empty'
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'a map of other keys'
  const text = JSON.stringify(value) ?? String(value)
  return cutText(text, 60)
}
