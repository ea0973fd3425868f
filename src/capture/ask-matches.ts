import { cutText } from '../build/cut-text.ts'
import type { MatchCall, RunMatches } from './callback.ts'
import type { KnownMatches } from './matching.ts'
import type { Miss } from './miss.ts'
import type { Regex, Rule } from './rules.ts'

/**
 * Matches the names that cannot be matched in linear time in another process: a lookaround or a reference can take arbitrarily
 * long, and that process can be ended.
 */
export async function askMatches(
  rules: readonly Rule[],
  namesFor: (rule: Rule) => readonly string[],
  run: RunMatches,
): Promise<{ known: KnownMatches; misses: Miss[] }> {
  const known = new Map<Regex, Map<string, boolean>>()
  const misses: Miss[] = []
  const unsure = rules.flatMap((rule) => {
    const regex = toRegex(rule)
    if (regex === undefined) return []
    known.set(regex, new Map())
    const names = namesFor(rule).filter((name) => regex.test(name) === undefined)
    return [...new Set(names)].map((name) => ({ rule, regex, name }))
  })
  if (unsure.length === 0) return { known, misses }
  const answers = await run(unsure.map(({ regex, name }): MatchCall => ({ javascript: regex.javascript, name })))
  const failures = new Map<Rule, { name: string; failure: string; count: number }>()
  for (const [index, { rule, regex, name }] of unsure.entries()) {
    const answer = answers[index] ?? { failure: 'it was not run' }
    if (!('failure' in answer)) {
      known.get(regex)?.set(name, answer.value === true)
      continue
    }
    const first = failures.get(rule)
    failures.set(rule, first ? { ...first, count: first.count + 1 } : { name, failure: answer.failure, count: 1 })
  }
  for (const [rule, { name, failure, count }] of failures) {
    const more = count > 1 ? ` and ${count - 1} more ${count === 2 ? 'name' : 'names'}` : ''
    const remedy = 'use a regular expression without lookaround and references, which is fast'
    misses.push({
      rule,
      reason: `it is not known whether the regular expression matches ${JSON.stringify(shorten(name))}${more}: ${failure}; ${remedy}`,
      level: rule.kind === 'property' ? rule.onMissing : 'warn',
    })
  }
  return { known, misses }
}

function toRegex(rule: Rule): Regex | undefined {
  return 'match' in rule && rule.match !== undefined && 'regex' in rule.match ? rule.match.regex : undefined
}

function shorten(name: string): string {
  return cutText(name, 60)
}
