import type * as v from 'valibot'
import type { RuleProblem } from './rule-problem.ts'
import type { LayoutKind, Matcher, RuleBase } from './rules.ts'

/** The keys of a kind of rule. */
// biome-ignore lint/suspicious/noExplicitAny: the keys depend on the kind
export type RuleOptions = v.StrictObjectSchema<any, any>

/**
 * The parser of a kind of rule. A new kind is a file in `kinds` with one of these, a row in `rule-kinds.ts`, and a case in
 * `capture.ts`. Only jobs with rules of their own load it.
 */
export interface RuleParser<Parsed extends { readonly kind: string }, Options extends RuleOptions> {
  readonly kind: Parsed['kind']
  /** The description in the schema of the config file, and in the docs. */
  readonly description: string
  readonly options: Options
  /** Descriptions of keys that other kinds do not have, or use differently (script/schema.ts). */
  readonly descriptions?: Readonly<Record<string, string>>
  /** The key that a text, or a list of texts for `files`, stands for. */
  readonly short?: 'name' | 'files'
  /** Whether a rule needs no keys. */
  readonly isBare?: boolean
  /** Why a layout does not accept the rule. */
  readonly unusedIn?: Partial<Record<LayoutKind, string>>
  /** @returns the rule, or its problems: texts, or with the path of a key */
  parse(options: v.InferOutput<Options>, given: GivenRule): Parsed | readonly (string | KeyProblem)[]
  /** A key for the column that the rule fills in a native row; undefined if that is not known or it fills none. */
  toColumn?(rule: Parsed): string | undefined
}

/** The parsed parts that all kinds have in common. */
export interface GivenRule {
  readonly base: RuleBase
  /** Undefined unless exactly one of `name` and `regex` is given. */
  readonly match: Matcher | undefined
  readonly layout: LayoutKind
}

/** A problem below a rule's own path. */
export type KeyProblem = RuleProblem
