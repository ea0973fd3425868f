import { defaultRules, hasCallback, type Rule } from '../capture/rules.ts'
import { toOwnMeasurements } from '../point/identity.ts'
import type { Layout } from '../point/layout.ts'
import type { SettingProblem } from './problem.ts'
import type { Path } from './yaml.ts'

/** A list of rules, as YAML has it, and its place. */
export interface RuleList {
  readonly value: unknown
  /** The input or the file. */
  readonly source: string
  lineOf(path: Path): number | undefined
}

/**
 * Parses rules for a layout, with their callbacks. The parsers are loaded only if there are rules, or callbacks.
 * @returns the valid rules; if none is valid, the default ones
 */
export async function parseCaptures(
  list: RuleList,
  layout: Layout,
  problems: SettingProblem[],
): Promise<readonly Rule[]> {
  const { value, source, lineOf } = list
  const { hasRegex, parseRules } = await import('../capture/parse-rules.ts')
  const compileRegex = hasRegex(value) ? (await import('../regex/compile-regex.ts')).compileRegex : undefined
  const parsed = parseRules(value, lineOf, { source, layout: layout.kind, compileRegex })
  for (const { path, text } of parsed.problems) problems.push({ input: source, line: lineOf(path), text })
  const wrong = new Map([...findReserved(parsed.rules, layout), ...(await findCallbackProblems(parsed.rules))])
  for (const [rule, text] of wrong) problems.push({ input: source, line: rule.line, text })
  const rules = parsed.rules.filter((rule) => !wrong.has(rule))
  return rules.length === 0 && parsed.problems.length + wrong.size > 0 ? defaultRules : rules
}

type WrongRule = readonly [rule: Rule, text: string]

function findReserved(rules: readonly Rule[], layout: Layout): WrongRule[] {
  if (layout.kind !== 'native') return []
  const reserved: readonly (string | undefined)[] = toOwnMeasurements(layout.options)
  return rules
    .filter((rule) => rule.kind === 'data' || rule.kind === 'report')
    .filter((rule) => rule.measurement !== undefined && reserved.includes(rule.measurement))
    .map((rule) => [rule, `"${rule.measurement}" is the measurement of the builds; choose another`])
}

/** Compiles callbacks, so that a mistake is reported when the job starts. The parser is loaded only for them. */
async function findCallbackProblems(rules: readonly Rule[]): Promise<WrongRule[]> {
  if (!hasCallback(rules)) return []
  const { parseCallback } = await import('./callback-parser.ts')
  return rules.flatMap((rule): WrongRule[] => {
    const wrong = rule.callback === undefined ? undefined : parseCallback(rule.callback)
    return wrong === undefined ? [] : [[rule, wrong]]
  })
}
