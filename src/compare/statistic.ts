import type { Build } from '../build/build.ts'
import { units } from '../capture/rules.ts'
import type { Column } from '../point/native.ts'
import type { Point } from '../point/point.ts'
import type { Comparison, NoComparison } from './comparison.ts'
import type { Unit } from './format-value.ts'
import { toBaseBranch } from './history-query.ts'

/** What is compared: a field of the build's row. */
export interface Statistic {
  readonly name: string
  readonly field: string
  /** A stored value times this is in the unit. */
  readonly factor: number
  readonly unit: Unit
  /** Of this build, in the unit. */
  readonly value: number
}

/** Finds what is compared in a build's row. The duration may be stored in another unit, or under another name. */
export function findStatistic(
  { statistic: name }: Comparison,
  point: Point,
  columns: readonly Column[],
): Statistic | NoComparison {
  const fields = columns.filter(({ kind }) => kind === 'field')
  if (name === 'duration') {
    const durations = fields.flatMap(({ captured, key }) =>
      captured.rule.kind === 'duration' && captured.rule.callback === undefined
        ? [{ field: key, factor: units[captured.rule.reportIn] }]
        : [],
    )
    const stored = durations.find(({ field }) => field === 'duration') ?? durations[0]
    if (stored === undefined) return { reason: 'the duration is not captured: add the rule duration to captures' }
    const { field, factor } = stored
    return toStatistic({ name, field, factor, unit: 'seconds' }, point)
  }
  const byProperty = fields.find(({ captured }) => 'name' in captured && captured.name === name)
  const isField = point.fields.some(([key]) => key === name)
  const field = isField ? name : byProperty?.key
  if (field === undefined) {
    return { reason: `this build has no statistic "${name}": capture it, and give the name of its field` }
  }
  return toStatistic({ name, field, factor: 1, unit: name === 'queue_time' ? 'seconds' : undefined }, point)
}

function toStatistic(statistic: Omit<Statistic, 'value'>, { fields }: Point): Statistic | NoComparison {
  const [, value] = fields.find(([key]) => key === statistic.field) ?? []
  if (typeof value !== 'number' && typeof value !== 'bigint') {
    return { reason: `the statistic "${statistic.name}" is no number in this build` }
  }
  return { ...statistic, value: Number(value) * statistic.factor }
}

/** A captured name per field that is a number: what history is read for, beside the statistic. */
export function listNumericFields(columns: readonly Column[]): string[] {
  const fields = columns.filter(
    ({ kind, captured: { value } }) => kind === 'field' && (typeof value === 'number' || typeof value === 'bigint'),
  )
  return [...new Set(fields.map(({ key }) => key))]
}

/** The branch that builds are compared with, as people call it. */
export function nameBranch({ branch }: Comparison, build: Build): string {
  if (branch === 'same') return toBaseBranch(build)
  if (branch !== 'default') return branch.name
  const name = build.properties.find('github.event.repository.default_branch')?.value
  if (typeof name === 'string' && name !== '') return name
  return build.defaultBranch === 'true' ? build.branch : 'the default branch'
}
