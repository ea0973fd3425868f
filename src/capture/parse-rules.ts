import * as v from 'valibot'
import { cutText } from '../build/cut-text.ts'
import { showValue } from '../build/show-value.ts'
import { findDoubles } from './find-doubles.ts'
import { ruleKinds } from './rule-kinds.ts'
import { type CompileRegex, toMatcher } from './rule-matcher.ts'
import type { RuleOptions, RuleParser } from './rule-parser.ts'
import { explainIssue, type RuleProblem } from './rule-problem.ts'
import type { LayoutKind, Rule, RuleKind } from './rules.ts'
import { suggest } from './suggest.ts'

export { hasRegex } from './rule-matcher.ts'

const kinds = Object.keys(ruleKinds) as RuleKind[]

/** Where rules come from, and the layout that they are for. */
export interface RuleContext {
  /** The input or the file, for messages. */
  readonly source: string
  readonly layout: LayoutKind
  /** Needed where a rule has a regular expression (hasRegex). */
  readonly compileRegex?: CompileRegex | undefined
}

/** Keys that a layout does not use: Buildbot itself sets the name, fields and tags of its series. */
const unused: Record<LayoutKind, readonly string[]> = {
  native: [],
  buildbot: ['field', 'tag', 'tags', 'measurement'],
}

/** Reads a list of capture rules from parsed YAML and returns all problems at once; `lineOf` returns the line of a path. */
export function parseRules(
  value: unknown,
  lineOf: (path: readonly (string | number)[]) => number | undefined,
  context: RuleContext = { source: 'captures', layout: 'native' },
): { rules: Rule[]; problems: RuleProblem[] } {
  if (!Array.isArray(value)) {
    return { rules: [], problems: [{ path: [], text: 'must be a list of rules: start each with "- "' }] }
  }
  const placed: { rule: Rule; index: number }[] = []
  const problems: RuleProblem[] = []
  for (const [index, item] of value.entries()) {
    const parsed = parseRule(item, index, lineOf([index]), context)
    if (Array.isArray(parsed)) problems.push(...parsed)
    else placed.push({ rule: parsed, index })
  }
  // In Buildbot, two rules that match one property post two series; a native row has one column for each name.
  const doubles = context.layout === 'native' ? findDoubles(placed) : []
  const isDouble = ({ index }: { index: number }) => doubles.some(({ path }) => path[0] === index)
  return { rules: placed.filter((one) => !isDouble(one)).map(({ rule }) => rule), problems: [...problems, ...doubles] }
}

/** What is wrong with a rule that is neither a kind nor a map with one kind. */
function explainShape(item: unknown): string {
  const keys = typeof item === 'object' && item !== null && !Array.isArray(item) ? Object.keys(item) : []
  const [kind, ...others] = keys.filter(isKind)
  if (kind !== undefined && others.length > 0) {
    return `a rule has one kind, but this one has ${kind} and ${others.join(' and ')}: write each as a rule of its own`
  }
  if (kind !== undefined) {
    const beside = cutText(keys.find((key) => key !== kind) ?? '', 40)
    return `${JSON.stringify(beside)} must be a key of "${kind}", not beside it: write ${kind}: {…, ${beside}: …}`
  }
  return `must be a rule such as "duration" or "property: coverage", but is ${showValue(item)}. Known rules: ${kinds.join(', ')}`
}

function parseRule(
  item: unknown,
  index: number,
  line: number | undefined,
  { source, layout, compileRegex }: RuleContext,
): Rule | RuleProblem[] {
  const [kind, given, path] = splitRule(item, index)
  if (!isKind(kind)) {
    if (typeof kind === 'string') {
      return [{ path: [index], text: `unknown kind of rule ${JSON.stringify(kind)}; ${suggest(kind, kinds, 'kinds')}` }]
    }
    return [{ path: [index], text: explainShape(item) }]
  }
  const parser: RuleParser<Rule, RuleOptions> = ruleKinds[kind]
  const refusal = parser.unusedIn?.[layout]
  if (refusal !== undefined) {
    return [{ path: [index], text: `${kind} is not used by the layout ${layout}, ${refusal}: leave the rule out` }]
  }
  const foreign = unused[layout].filter((key) => typeof given === 'object' && given !== null && key in given)
  if (foreign.length > 0) {
    return foreign.map((key) => ({
      path: [...path, key],
      text: `"${key}" is not used by the layout ${layout}: leave it out`,
    }))
  }
  const result = v.safeParse(parser.options, toOptions(parser, given))
  if (!result.success)
    return result.issues.map((issue) => explainIssue(issue, kind, Object.keys(parser.options.entries), path))
  const { output } = result
  const match = toMatcher(output, compileRegex)
  if (match !== undefined && 'problem' in match)
    return [{ path: [...path, 'regex'], text: `${kind}: ${match.problem}` }]
  const base = { builder: output.builder, callback: output.callback, source, line }
  const parsed = parser.parse(output, { base, match, layout })
  if (!Array.isArray(parsed)) return parsed as Rule
  return parsed.map((one: string | RuleProblem) =>
    typeof one === 'string' ? { path, text: one } : { path: [...path, ...one.path], text: one.text },
  )
}

/** Expands a short form: text for a name, or the files of a report. */
function toOptions({ short }: RuleParser<Rule, RuleOptions>, given: unknown): unknown {
  const isShort = typeof given === 'string' || (short === 'files' && Array.isArray(given))
  return short !== undefined && isShort ? { [short]: given } : (given ?? {})
}

/** `start-time`, `{duration: {...}}` and `{property: coverage}` are the three forms of a rule. */
function splitRule(item: unknown, index: number): [kind: unknown, options: unknown, path: (string | number)[]] {
  if (typeof item !== 'object' || item === null) return [item, undefined, [index]]
  const keys = Object.keys(item)
  const [kind] = keys
  if (kind === undefined || keys.length > 1) return [undefined, undefined, [index]]
  return [kind, (item as Record<string, unknown>)[kind], [index, kind]]
}

function isKind(kind: unknown): kind is RuleKind {
  return kinds.includes(kind as RuleKind)
}
