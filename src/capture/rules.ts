import type { ValueType } from '../build/value-types.ts'
import type { ReportRule } from './kinds/report.ts'
import type { ruleKinds } from './rule-kinds.ts'
import type { RuleParser } from './rule-parser.ts'

/** A rule says which time, property or data of a build becomes a statistic: Buildbot's Capture classes. */
export type Rule = RuleOf<(typeof ruleKinds)[RuleKind]>
export type RuleKind = keyof typeof ruleKinds
type RuleOf<Parser> = Parser extends RuleParser<infer Parsed, infer _> ? Parsed : never

/** The layouts that rules are written for (point/layout.ts). */
export const layoutKinds = ['native', 'buildbot'] as const
export type LayoutKind = (typeof layoutKinds)[number]

/** The properties that all rules have. */
export interface RuleBase {
  /** Builder names, in which `*` matches any characters; undefined: all builders. */
  readonly builder: readonly string[] | undefined
  /** JSONata that computes the statistic from what the rule captured. */
  readonly callback: string | undefined
  /** The input or file that contains the rule, for messages. */
  readonly source: string
  /** The rule's line in it. */
  readonly line: number | undefined
}

export const units = { seconds: 1, minutes: 60, hours: 3600 } as const
export type Unit = keyof typeof units

export const missingLevels = ['warn', 'ignore', 'error'] as const
export type MissingLevel = (typeof missingLevels)[number]

/** One name exactly, or every name that a regular expression matches at its start. */
export type Matcher = { readonly name: string } | { readonly regex: Regex }

/** A regular expression in Python's syntax (src/regex). */
export interface Regex {
  readonly source: string
  /** Whether it matches at the start of a name, in linear time; undefined if only JavaScript can tell, which may take forever. */
  test(name: string): boolean | undefined
  /** The equivalent for JavaScript, with the flags `uy`. */
  readonly javascript: string
}

/** What most rules use; it needs no regular expression engine. */
export const everyName: Regex = { source: '.*', test: () => true, javascript: '' }

/** The keys of a rule's records, or of the results of its callback. */
export interface RecordKeys {
  /** Keys that become tags. */
  readonly tags: readonly string[]
  /** The types of values, by their keys. */
  readonly types: ReadonlyMap<string, ValueType>
  /** The key that holds the time of a record; undefined: the record's own, else the end of the build. */
  readonly time: string | undefined
}

const noKeys: RecordKeys = { tags: [], types: new Map(), time: undefined }

const everywhere = { builder: undefined, callback: undefined, source: 'captures', line: undefined }

/** What is captured when no rules are given: the three times and all data. */
export const defaultRules: readonly Rule[] = [
  { kind: 'start-time', field: undefined, type: undefined, ...everywhere },
  { kind: 'end-time', field: undefined, type: undefined, ...everywhere },
  { kind: 'duration', reportIn: 'seconds', field: undefined, type: undefined, ...everywhere },
  { kind: 'data', match: { regex: everyName }, measurement: undefined, ...noKeys, ...everywhere },
]

/** `property coverage (captures, line 3)`, for messages. */
export function nameRule(rule: Rule): string {
  const what = rule.kind === 'report' ? `report ${rule.files.join(', ')}` : nameKind(rule)
  return rule.line === undefined ? what : `${what} (${rule.source}, line ${rule.line})`
}

function nameKind(rule: Exclude<Rule, ReportRule>): string {
  return 'match' in rule && rule.match !== undefined ? `${rule.kind} ${nameMatcher(rule.match)}` : rule.kind
}

function nameMatcher(match: Matcher): string {
  return 'name' in match ? match.name : `/${match.regex.source}/`
}

/** Whether a rule needs the runner of callbacks at all. */
export function hasCallback(rules: readonly Rule[]): boolean {
  return rules.some(({ callback }) => callback !== undefined)
}
