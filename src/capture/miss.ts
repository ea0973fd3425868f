import { maxReasonsPerRule } from '../limits.ts'
import { type MissingLevel, nameRule, type Rule } from './rules.ts'

/** A statistic that a rule did not capture, and why. */
export interface Miss {
  readonly rule: Rule
  readonly reason: string
  readonly level: MissingLevel
  /** The reason without its names and values, which many misses of a rule may share. */
  readonly cause?: string
  /** Whether the rule captured something nevertheless. */
  readonly isPart?: boolean
  /** How many other misses of the rule this one represents. */
  readonly more?: number
}

/** One sentence for the owner of the job. */
export function explainMiss(miss: Miss): string {
  const what = nameRule(miss.rule)
  const reason = explainReason(miss)
  return miss.isPart ? `${what} was captured only in part: ${reason}` : `${what} was not captured: ${reason}`
}

function explainReason({ reason, more = 0 }: Miss): string {
  return more === 0 ? reason : `${reason} (and ${more} more of this rule)`
}

/** Merges misses of a rule with the same reason into one, with a count; further reasons are counted with the last one. */
export function mergeMisses(misses: readonly Miss[]): Miss[] {
  const merged = new Map<Rule, Map<string, Miss>>()
  for (const miss of misses) {
    const ofRule = merged.get(miss.rule) ?? new Map<string, Miss>()
    merged.set(miss.rule, ofRule)
    const own = miss.cause ?? miss.reason
    const cause = ofRule.has(own) || ofRule.size < maxReasonsPerRule ? own : [...ofRule.keys()].at(-1)
    const known = ofRule.get(cause ?? own)
    const more = (miss.more ?? 0) + (known === undefined ? 0 : 1 + (known.more ?? 0))
    ofRule.set(cause ?? own, { ...(known ?? miss), ...(more > 0 ? { more } : {}) })
  }
  return [...merged.values()].flatMap((ofRule) => [...ofRule.values()])
}
