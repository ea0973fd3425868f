import { ruleKinds } from './rule-kinds.ts'
import type { RuleOptions, RuleParser } from './rule-parser.ts'
import type { RuleProblem } from './rule-problem.ts'
import { nameRule, type Rule } from './rules.ts'

/** Finds rules that would fill the same column for the same builder. */
export function findDoubles(placed: readonly { rule: Rule; index: number }[]): RuleProblem[] {
  const first = new Map<string, Rule>()
  const problems: RuleProblem[] = []
  for (const { rule, index } of placed) {
    const parser: RuleParser<Rule, RuleOptions> = ruleKinds[rule.kind]
    const column = parser.toColumn?.(rule)
    if (column === undefined) continue
    const key = JSON.stringify([column, rule.builder])
    const earlier = first.get(key)
    const text = earlier && `would fill the same column as ${nameRule(earlier)}; give one of them a "field"`
    if (text === undefined) first.set(key, rule)
    else problems.push({ path: [index], text })
  }
  return problems
}
