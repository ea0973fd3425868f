/** A rule says which time, property or data of a build becomes a statistic: Buildbot's Capture classes. */
export type Rule = TimeRule | DurationRule | PropertyRule | DataRule | StepsRule
export type RuleKind = Rule['kind']

/** The layouts that rules are written for (point/layout.ts). */
export const layoutKinds = ['native', 'buildbot'] as const
export type LayoutKind = (typeof layoutKinds)[number]

interface Common {
  /** Builder names, `*` standing for any run of characters; undefined: all builders. */
  readonly builder: readonly string[] | undefined
  /** JSONata that makes the statistic of what the rule found. */
  readonly callback: string | undefined
  /** Where the rule stands, for messages: an input or a file. */
  readonly source: string
  /** Line of the rule there. */
  readonly line: number | undefined
}

export interface TimeRule extends Common {
  readonly kind: 'start-time' | 'end-time'
  readonly field: string | undefined
}

export const units = { seconds: 1, minutes: 60, hours: 3600 } as const
export type Unit = keyof typeof units

export interface DurationRule extends Common {
  readonly kind: 'duration'
  readonly reportIn: Unit
  readonly field: string | undefined
}

export const valueTypes = ['float', 'int', 'string', 'boolean'] as const
export type ValueType = (typeof valueTypes)[number]

export const missingLevels = ['warn', 'ignore', 'error'] as const
export type MissingLevel = (typeof missingLevels)[number]

/** One name exactly, or every name that a regular expression matches at its start. */
export type Matcher = { readonly name: string } | { readonly regex: Regex }

/** A regular expression in Python's syntax (src/regex). */
export interface Regex {
  readonly source: string
  /** Whether it matches at the start of a name, in linear time; undefined: only JavaScript can tell, and it may take for ever. */
  test(name: string): boolean | undefined
  /** The same for JavaScript, with the flags `uy`. */
  readonly javascript: string
}

/** What most rules say; no machine is needed for it. */
export const everyName: Regex = { source: '.*', test: () => true, javascript: '' }

export interface PropertyRule extends Common {
  readonly kind: 'property'
  readonly match: Matcher
  readonly type: ValueType | undefined
  readonly field: string | undefined
  readonly tag: string | undefined
  readonly onMissing: MissingLevel
}

export interface DataRule extends Common {
  readonly kind: 'data'
  readonly match: Matcher
  readonly measurement: string | undefined
  /** Keys of a record that become tags. */
  readonly tags: readonly string[]
}

/** The duration of the job's steps, a point each. */
export interface StepsRule extends Common {
  readonly kind: 'steps'
  /** Undefined: all steps. */
  readonly match: Matcher | undefined
}

const everywhere = { builder: undefined, callback: undefined, source: 'captures', line: undefined }

/** What is captured when no rules are given: the three times and all data. */
export const defaultRules: readonly Rule[] = [
  { kind: 'start-time', field: undefined, ...everywhere },
  { kind: 'end-time', field: undefined, ...everywhere },
  { kind: 'duration', reportIn: 'seconds', field: undefined, ...everywhere },
  { kind: 'data', match: { regex: everyName }, measurement: undefined, tags: [], ...everywhere },
]

/** `property coverage (captures, line 3)`, for messages. */
export function nameRule(rule: Rule): string {
  const what = 'match' in rule && rule.match !== undefined ? `${rule.kind} ${nameMatcher(rule.match)}` : rule.kind
  return rule.line === undefined ? what : `${what} (${rule.source}, line ${rule.line})`
}

function nameMatcher(match: Matcher): string {
  return 'name' in match ? match.name : `/${match.regex.source}/`
}

/** Whether a rule needs the runner of callbacks at all. */
export function hasCallback(rules: readonly Rule[]): boolean {
  return rules.some(({ callback }) => callback !== undefined)
}
