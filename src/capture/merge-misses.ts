import { maxReasonsPerRule } from '../limits.ts'
import type { Miss } from './capture.ts'
import type { Rule } from './rules.ts'

/** One miss for one reason of a rule, with a count; a rule's further reasons are counted with its last. */
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
