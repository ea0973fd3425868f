import type { Rule } from '../capture/rules.ts'
import { nameRule } from '../capture/rules.ts'
import type { Placed } from '../point/native.ts'
import type { Conflict } from '../storage/storage.ts'

/** A rule's `type` for what InfluxDB calls it. */
const ruleTypes: Readonly<Record<string, string>> = {
  float: 'float',
  integer: 'int',
  string: 'string',
  boolean: 'boolean',
}

interface Conflicting {
  readonly name: string
  readonly conflicts?: readonly Conflict[]
}

/** A sentence for each field that points were written without: both types, where it comes from, and the remedy. */
export function explainConflicts(storages: readonly Conflicting[], placed: readonly Placed[]): string[] {
  return storages.flatMap(({ name, conflicts = [] }) =>
    merge(conflicts).map(({ measurement, field, given, existing, points }) => {
      const rule = findRule(measurement, field, placed)
      const is = existing === undefined ? 'as another type' : `as ${existing}`
      const from = rule === undefined ? 'data that steps yield' : `the rule ${nameRule(rule)}`
      return (
        `The field "${field}" was left out of ${points} ${points === 1 ? 'point' : 'points'} of "${measurement}" in ${name}: ` +
        `it is ${given} here, and ${name} has it ${is}. It comes from ${from}; ${toRemedy(rule, existing)}.`
      )
    }),
  )
}

/** A field may conflict in many requests. */
function merge(conflicts: readonly Conflict[]): Conflict[] {
  const merged = new Map<string, Conflict>()
  for (const conflict of conflicts) {
    const key = JSON.stringify([conflict.measurement, conflict.field, conflict.given])
    const earlier = merged.get(key)
    merged.set(key, { ...conflict, points: conflict.points + (earlier?.points ?? 0) })
  }
  return [...merged.values()]
}

/** In the Buildbot layout a statistic is a measurement, in the native one a field. */
function findRule(measurement: string, field: string, placed: readonly Placed[]): Rule | undefined {
  const found = placed.find(({ key, kind }) => key === measurement || (kind === 'field' && key === field))
  return found?.captured.rule
}

function toRemedy(rule: Rule | undefined, existing: string | undefined): string {
  const type = ruleTypes[existing ?? '']
  if (rule?.kind === 'property' && type !== undefined) return `give the rule "type: ${type}", or another "field"`
  if (rule !== undefined) return 'give the rule another "field"'
  return existing === undefined ? 'yield it under another name' : `yield it as ${existing}, or under another name`
}
