import * as v from 'valibot'
import { cutText } from '../build/cut-text.ts'
import { showValue } from '../build/show-value.ts'
import { findDoubles } from './find-doubles.ts'
import { findReportProblems } from './report-problems.ts'
import { type CompileRegex, toMatcher } from './rule-matcher.ts'
import { explainIssue, type RuleProblem } from './rule-problem.ts'
import { ruleOptions } from './rule-schema.ts'
import type { LayoutKind, RecordKeys, Rule, RuleKind } from './rules.ts'
import { suggest } from './suggest.ts'

export { hasRegex } from './rule-matcher.ts'

const kinds = Object.keys(ruleOptions) as RuleKind[]

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
  return { rules: placed.map(({ rule }) => rule), problems: [...problems, ...doubles] }
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
  if (kind === 'steps' && layout === 'buildbot') {
    const text = 'steps is not used by the layout buildbot, which has no measurement for steps: leave the rule out'
    return [{ path: [index], text }]
  }
  const foreign = unused[layout].filter((key) => typeof given === 'object' && given !== null && key in given)
  if (foreign.length > 0) {
    return foreign.map((key) => ({
      path: [...path, key],
      text: `"${key}" is not used by the layout ${layout}: leave it out`,
    }))
  }
  const result = v.safeParse(ruleOptions[kind], toOptions(kind, given))
  if (!result.success) return result.issues.map((issue) => explainIssue(issue, kind, path))
  if (kind === 'report')
    return parseReport(result.output as v.InferOutput<typeof ruleOptions.report>, path, source, line)
  const output = result.output as Partial<
    v.InferOutput<typeof ruleOptions.property> & v.InferOutput<typeof ruleOptions.data>
  > &
    v.InferOutput<typeof ruleOptions.duration>
  const common = { builder: output.builder, callback: output.callback, source, line }
  const match = toMatcher(output, compileRegex)
  if (match !== undefined && 'problem' in match)
    return [{ path: [...path, 'regex'], text: `${kind}: ${match.problem}` }]
  switch (kind) {
    case 'start-time':
    case 'end-time': {
      const { field, type } = output
      if (type === undefined || type === 'string' || output.callback !== undefined)
        return { kind, field, type, ...common }
      const text = `a time is text: "type: ${type}" needs a "callback" that converts it`
      return [{ path: [...path, 'type'], text }]
    }
    case 'duration':
      return { kind, reportIn: output['report-in'] ?? 'seconds', field: output.field, type: output.type, ...common }
    case 'property': {
      if (match === undefined) return [{ path, text: `${kind} takes either "name" or "regex"` }]
      const { field, tag, type } = output
      if (tag !== undefined && field !== undefined) return [{ path, text: 'takes either "field" or "tag", not both' }]
      if (tag !== undefined && type !== undefined) return [{ path, text: 'a tag is always text: leave "type" out' }]
      const words = layout === 'buildbot' ? { keepsWords: true } : {}
      return { kind, match, type, field, tag, onMissing: output['on-missing'] ?? 'warn', ...words, ...common }
    }
    case 'data': {
      if (match === undefined) return [{ path, text: `${kind} takes either "name" or "regex"` }]
      const keys = toRecordKeys(output, path)
      return 'text' in keys ? [keys] : { kind, match, measurement: output.measurement, ...keys, ...common }
    }
    case 'steps': {
      if (match === undefined && Object.keys(output).some((key) => key === 'name')) {
        return [{ path, text: `${kind} takes either "name" or "regex", or neither` }]
      }
      return { kind, match, ...common }
    }
  }
}

/** Expands a short form: text for a name, or the files of a report. */
function toOptions(kind: RuleKind, given: unknown): unknown {
  if (kind === 'report' && (typeof given === 'string' || Array.isArray(given))) return { files: given }
  const takesName = kind === 'property' || kind === 'data' || kind === 'steps'
  return takesName && typeof given === 'string' ? { name: given } : (given ?? {})
}

function parseReport(
  output: v.InferOutput<typeof ruleOptions.report>,
  path: readonly (string | number)[],
  source: string,
  line: number | undefined,
): Rule | RuleProblem[] {
  const { format, name, by, cases, limit, measurement, builder, callback } = output
  const files = typeof output.files === 'string' ? [output.files] : output.files
  const texts = findReportProblems(output, files)
  if (texts.length > 0) return texts.map((text) => ({ path, text }))
  const keys = toRecordKeys(output, path)
  if ('text' in keys) return [keys]
  const onMissing = output['on-missing'] ?? 'warn'
  const common = { builder, callback, source, line }
  return { kind: 'report', files, format, name, by, cases, limit, measurement, ...keys, onMissing, ...common }
}

function toRecordKeys(
  { tags = [], types = {}, time }: Pick<Partial<v.InferOutput<typeof ruleOptions.data>>, 'tags' | 'types' | 'time'>,
  path: readonly (string | number)[],
): RecordKeys | RuleProblem {
  const typed = tags.find((key) => Object.hasOwn(types, key))
  if (typed !== undefined) {
    return {
      path: [...path, 'types', typed],
      text: `a tag is always text: leave ${JSON.stringify(typed)} out of "types" or "tags"`,
    }
  }
  return { tags, types: new Map(Object.entries(types)), time }
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
