import type { Build } from '../build/build.ts'
import { units } from '../capture/rules.ts'
import type { Column } from '../point/native.ts'
import type { Point } from '../point/point.ts'
import type { Comparison, NoComparison, StatisticChoice } from './comparison.ts'
import type { Unit } from './format-value.ts'
import { toBaseBranch } from './history-query.ts'
import { isInSeconds } from './parse-comparison.ts'

/** The statistic that is compared: a field of the build's row, or of its data. */
export interface Statistic {
  readonly name: string
  /** Its key in the values of earlier builds (PastBuild.values). */
  readonly field: string
  /** Converts a stored value to the unit. */
  readonly factor: number
  readonly unit: Unit
  /** This build's value, in the unit. */
  readonly value: number
  /** The point of this build's data that contains it; undefined if its row does. */
  readonly data?: Point
}

/** A build's own row, and the columns of its statistics. */
export interface OwnRow {
  readonly point: Point
  readonly columns: readonly Column[]
}

/** Whether a statistic can only be in the build's data. */
export function isOfData({ name, data }: StatisticChoice, row: OwnRow): boolean {
  return data !== undefined && !('field' in findField(name, row))
}

/**
 * Finds the statistic in a build's row, else in the points of its data. The duration may be stored in another unit, or under another
 * name.
 */
export function findStatistic(
  choice: StatisticChoice,
  row: OwnRow,
  data: readonly Point[] = [],
): Statistic | NoComparison {
  if (isOfData(choice, row)) return findInData(choice, data)
  const found = findField(choice.name, row)
  return 'reason' in found ? found : toStatistic(found, row.point)
}

type Place = Pick<Statistic, 'name' | 'field' | 'factor' | 'unit'>

function findField(name: string, { point, columns }: OwnRow): Place | NoComparison {
  const fields = columns.filter(({ kind }) => kind === 'field')
  if (name === 'duration') {
    const durations = fields.flatMap(({ captured, key }) =>
      captured.rule.kind === 'duration' && captured.rule.callback === undefined
        ? [{ field: key, factor: units[captured.rule.reportIn] }]
        : [],
    )
    const stored = durations.find(({ field }) => field === 'duration') ?? durations[0]
    if (stored === undefined) return { reason: 'the duration is not captured: add the rule duration to captures' }
    return { name, ...stored, unit: 'seconds' }
  }
  const byProperty = fields.find(({ captured }) => 'name' in captured && captured.name === name)
  const isField = point.fields.some(([key]) => key === name)
  const field = isField ? name : byProperty?.key
  if (field === undefined) {
    return { reason: `this build has no statistic "${name}": capture it, and give the name of its field` }
  }
  const isCaptured = fields.some(({ key }) => key === field)
  const unit = name === 'queue_time' ? 'seconds' : !isCaptured && byteFields.includes(field) ? 'bytes' : undefined
  return { name, field, factor: 1, unit }
}

/** Fields of the input `resources`. */
const byteFields = ['memory_max', 'memory_total', 'disk_free_min', 'network_received', 'network_sent']

/** Exactly one record must contain the statistic: `where` selects among several. */
function findInData(choice: StatisticChoice, points: readonly Point[]): Statistic | NoComparison {
  const { data, where } = choice
  const name = nameStatistic(choice)
  const named = points.filter(({ measurement }) => measurement === data?.measurement)
  const found = named.filter((point) => where.every(([key, value]) => hasTag(point, key, value)))
  const having = found.filter(({ fields }) => fields.some(([key]) => key === data?.field))
  const [point] = having
  if (point === undefined || data === undefined) {
    const what = named.length === 0 ? `data "${data?.measurement}"` : `statistic "${name}"`
    return { reason: `this build has no ${what}: capture it, and write statistic as measurement.field` }
  }
  if (having.length > 1) {
    const keys = point.tags.map(([key]) => key).filter((key) => new Set(having.map((one) => tagOf(one, key))).size > 1)
    const remedy =
      keys.length === 0
        ? 'yield only one record with this field, or add a tag that differs'
        : `add "where: {${keys[0]}: ${tagOf(point, keys[0] ?? '')}}" to choose one`
    return {
      reason: `only one record can be compared, but ${having.length} of "${data.measurement}" have this field: ${remedy}`,
    }
  }
  const field = JSON.stringify([data.measurement, data.field, ...where])
  const unit = isInSeconds(choice) ? 'seconds' : undefined
  const statistic = toStatistic({ name, field, factor: 1, unit }, point, data.field)
  return 'reason' in statistic ? statistic : { ...statistic, data: point }
}

/** `bench.value (parse_json)` */
export function nameStatistic({ name, where }: StatisticChoice): string {
  return where.length === 0 ? name : `${name} (${where.map(([, value]) => value).join(', ')})`
}

function hasTag(point: Point, key: string, value: string): boolean {
  return tagOf(point, key) === value || point.fields.some(([field, of]) => field === key && of === value)
}

function tagOf({ tags }: Point, key: string): string {
  return tags.find(([of]) => of === key)?.[1] ?? ''
}

function toStatistic(place: Place, { fields }: Point, field = place.field): Statistic | NoComparison {
  const [, value] = fields.find(([key]) => key === field) ?? []
  if (typeof value !== 'number' && typeof value !== 'bigint') {
    return { reason: `the statistic "${place.name}" is not a number in this build` }
  }
  return { ...place, value: Number(value) * place.factor }
}

/** The captured name of each numeric field, including those that a callback will make: history is read for these too. */
export function listNumericFields(columns: readonly Column[]): string[] {
  const fields = columns.filter(
    ({ kind, captured: { value, input } }) =>
      kind === 'field' &&
      (typeof value === 'number' || typeof value === 'bigint' || (value === '' && input !== undefined)),
  )
  return [...new Set(fields.map(({ key }) => key))]
}

/**
 * Whether later builds are compared with a build. A pull request into a branch is not a build of that branch, whatever its own
 * branch is called.
 */
export function isOfBranch({ branch }: Comparison, build: Build): boolean {
  if (branch === 'default') return build.defaultBranch === 'true'
  if (branch === 'same') return toBaseBranch(build) === build.branch
  return build.branch === branch.name && !build.event.startsWith('pull_request')
}

/** The display name of the branch that builds are compared with. */
export function nameBranch({ branch }: Comparison, build: Build): string {
  if (branch === 'same') return toBaseBranch(build)
  if (branch !== 'default') return branch.name
  const name = build.properties.find('github.event.repository.default_branch')?.value
  if (typeof name === 'string' && name !== '') return name
  return build.defaultBranch === 'true' ? build.branch : 'the default branch'
}
