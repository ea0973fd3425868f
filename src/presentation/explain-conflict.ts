import { matchesName } from '../capture/matching.ts'
import { nameRule, type Rule } from '../capture/rules.ts'
import { cleanMeasurement, cleanName } from '../point/clean.ts'
import { toOwnMeasurements } from '../point/identity.ts'
import type { Layout } from '../point/layout.ts'
import type { Column } from '../point/native.ts'
import type { Conflict } from '../storage/storage.ts'

/** The build and the rules that the points of a storage come from. */
export interface Origin {
  readonly builder: string
  readonly layout: Layout
  readonly rules: readonly Rule[]
  readonly columns: readonly Column[]
}

/** A storage and the fields that it has with another type. Without an origin, the points come from another job. */
export interface Conflicting {
  readonly name: string
  readonly conflicts?: readonly Conflict[]
  readonly origin?: Origin
}

/** The `type` of a rule by InfluxDB's name of the type. */
const ruleTypes: Readonly<Record<string, string>> = {
  float: 'float',
  integer: 'int',
  string: 'string',
  boolean: 'boolean',
}

/** A sentence for each field that was left out of points: both types, the field's origin and the remedy. */
export function explainConflicts(storages: readonly Conflicting[]): string[] {
  return storages.flatMap(({ name, conflicts = [], origin }) =>
    merge(conflicts.filter(({ isConverted }) => !isConverted)).map((conflict) => {
      const { measurement, field, given, existing, points } = conflict
      const is = existing === undefined ? 'as another type' : `as ${existing}`
      const from = origin === undefined ? '' : ` ${explainOrigin(conflict, origin)}.`
      return (
        `The field "${field}" was left out of ${points} ${points === 1 ? 'point' : 'points'} of "${measurement}" in ${name}: ` +
        `this build sends it as ${given}, but it is stored ${is}.${from}`
      )
    }),
  )
}

/** A note for each storage that names the fields sent with the type that the storage has. */
export function explainConversions(storages: readonly Conflicting[]): string[] {
  return storages.flatMap(({ name, conflicts = [] }) => {
    const fields = merge(conflicts.filter(({ isConverted }) => isConverted)).map(
      ({ measurement, field, given, existing, points }) =>
        `"${field}" of "${measurement}" from ${given} to ${existing} (${points} ${points === 1 ? 'point' : 'points'})`,
    )
    return fields.length === 0 ? [] : [`Converted to the types that ${name} has: ${fields.join(', ')}.`]
  })
}

/** A field may conflict in many requests: these are merged. */
function merge(conflicts: readonly Conflict[]): Conflict[] {
  const merged = new Map<string, Conflict>()
  for (const conflict of conflicts) {
    const key = JSON.stringify([conflict.measurement, conflict.field, conflict.given])
    const earlier = merged.get(key)
    merged.set(key, { ...conflict, points: conflict.points + (earlier?.points ?? 0) })
  }
  return [...merged.values()]
}

/** The origin of a field and the remedy: a sentence without its full stop. */
function explainOrigin({ measurement, field, existing }: Conflict, origin: Origin): string {
  const rule = findColumnRule(measurement, field, origin)
  if (rule !== undefined) return `It comes from the rule ${nameRule(rule)}; ${toRemedy(rule, existing, origin.layout)}`
  const { layout } = origin
  if (
    layout.kind === 'native' &&
    toOwnMeasurements(layout.options)
      .map((name) => cleanName(name))
      .includes(measurement)
  ) {
    return 'Build Stats writes this field itself; give these builds another "measurement", or another database'
  }
  const dataRule = findDataRule(measurement, origin)
  if (dataRule?.callback !== undefined)
    return `It comes from the rule ${nameRule(dataRule)}; ${toCallbackRemedy(existing)}`
  const remedy =
    existing === undefined ? 'yield it under another name' : `yield it as ${existing}, or under another name`
  return `It comes from data that steps yield; ${remedy}`
}

/** In the Buildbot layout, a statistic is a measurement, but times share one; in the native layout, it is a field of the build's row. */
function findColumnRule(measurement: string, field: string, { layout, columns }: Origin): Rule | undefined {
  const found = columns.find(({ key, kind, captured }) => {
    if (kind !== 'field') return false
    if (layout.kind === 'native') return key === field && measurement === cleanName(layout.options.measurement)
    return key === measurement && ('property' in captured || captured.rule.kind === field)
  })
  return found?.captured.rule
}

function findDataRule(measurement: string, { builder, layout, rules }: Origin) {
  const prefix = layout.kind === 'native' ? '' : cleanMeasurement(`${builder}-x`).slice(0, -1)
  return rules
    .filter((rule) => rule.kind === 'data')
    .find(({ match, measurement: own }) => {
      const clean = (name: string) => (layout.kind === 'native' ? cleanName(name) : cleanMeasurement(prefix + name))
      if (own !== undefined) return clean(own) === measurement
      return 'name' in match ? clean(match.name) === measurement : matchesName(match, measurement.slice(prefix.length))
    })
}

function toRemedy(rule: Rule, existing: string | undefined, layout: Layout): string {
  const type = ruleTypes[existing ?? '']
  const ways = [
    ...(rule.kind === 'property' && type !== undefined ? [`give the rule "type: ${type}"`] : []),
    ...(rule.kind !== 'property' && rule.callback !== undefined ? [toCallbackRemedy(existing)] : []),
    // Buildbot's names are fixed.
    ...(layout.kind === 'native' ? [`another "field"`] : ['write to another database']),
  ]
  const [first = '', ...others] = ways
  const start = first.startsWith('another') ? `give the rule ${first}` : first
  return [start, ...others].join(', or ')
}

function toCallbackRemedy(existing: string | undefined): string {
  return existing === undefined ? 'let its callback return another type' : `let its callback return ${existing}`
}
