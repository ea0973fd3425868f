import type { Fields } from '../../build/data.ts'
import type { Comparison } from '../../compare/comparison.ts'
import type { Point } from '../../point/point.ts'

/** Collects the points of data that a comparison needs, as they are made for one storage. */
export interface DataWatch {
  add(point: Point): void
  /** Call it after the last point. */
  end(): void
  readonly points: Promise<readonly Point[]>
}

/** Fields of a build's row that depend on earlier builds, such as the build since which it is slower. */
export interface LateFields {
  readonly fields: Promise<Fields>
  /** Only the first call has an effect. */
  settle(fields: Fields): void
  /** Whether data is written before the row, because it may contain the compared statistic. */
  readonly waitsForData: boolean
  /** One for each storage. */
  readonly watches: readonly DataWatch[]
}

/** The most records of one measurement that are examined: a few tags do not distinguish more of them. */
const maxWatched = 10_000

export function openLateFields(comparisons: readonly Comparison[], storages: number): LateFields {
  const { promise: fields, resolve: settle } = Promise.withResolvers<Fields>()
  const measurements = new Set(comparisons.flatMap(({ statistic: { data } }) => (data ? [data.measurement] : [])))
  const watches = Array.from({ length: storages }, () => openWatch(measurements))
  return { fields, settle, waitsForData: measurements.size > 0, watches }
}

function openWatch(measurements: ReadonlySet<string>): DataWatch {
  const found: Point[] = []
  const { promise: points, resolve } = Promise.withResolvers<readonly Point[]>()
  return {
    add(point) {
      if (measurements.has(point.measurement) && found.length < maxWatched) found.push(point)
    },
    end: () => resolve(found),
    points,
  }
}

/** Adds fields to a row, except for names that it already has. */
export function addFields(point: Point, fields: Fields): Point {
  const names = new Set([...point.tags, ...point.fields].map(([name]) => name))
  const added = fields.filter(([name]) => !names.has(name))
  return added.length === 0 ? point : { ...point, fields: [...point.fields, ...added] }
}
