import type { RuleProblem } from './rule-problem.ts'
import { nameRule, type Rule } from './rules.ts'

/** Finds rules that would fill the same column for the same builder. */
export function findDoubles(placed: readonly { rule: Rule; index: number }[]): RuleProblem[] {
  const first = new Map<string, Rule>()
  const problems: RuleProblem[] = []
  for (const { rule, index } of placed) {
    const column = toColumnName(rule)
    if (column === undefined) continue
    const key = JSON.stringify([column, rule.builder])
    const earlier = first.get(key)
    const text = earlier && `would fill the same column as ${nameRule(earlier)}; give one of them a "field"`
    if (text === undefined) first.set(key, rule)
    else problems.push({ path: [index], text })
  }
  return problems
}

function toColumnName(rule: Rule): string | undefined {
  switch (rule.kind) {
    case 'start-time':
    case 'end-time':
      return rule.field === undefined ? rule.kind : `column ${rule.field}`
    case 'duration':
      return rule.field === undefined ? `duration in ${rule.reportIn}` : `column ${rule.field}`
    case 'property':
      if (rule.tag !== undefined || rule.field !== undefined) return `column ${rule.tag ?? rule.field}`
      return 'name' in rule.match ? `property ${rule.match.name}` : undefined
    case 'data':
    case 'report':
    case 'steps':
      return undefined
    default:
      rule satisfies never
      return undefined
  }
}
