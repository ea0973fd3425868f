import type { Fields } from '../../build/data.ts'
import type { Comparison } from '../../compare/comparison.ts'
import type { Point } from '../../point/point.ts'

/** Points of data that a comparison asks for, as they are made for one storage. */
export interface DataWatch {
  add(point: Point): void
  /** There are no more. */
  end(): void
  readonly points: Promise<readonly Point[]>
}

/** Fields of a build's row that are known when earlier builds are: since when it is slower. */
export interface LateFields {
  readonly fields: Promise<Fields>
  /** The first call counts. */
  settle(fields: Fields): void
  /** Whether the data comes before the row: what is compared may be in it. */
  readonly waitsForData: boolean
  /** One a storage. */
  readonly watches: readonly DataWatch[]
}

/** Records of one measurement that are looked at: more of them are not told apart by a few tags. */
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

/** A row with further fields: what it has under their names stays. */
export function addFields(point: Point, fields: Fields): Point {
  const names = new Set([...point.tags, ...point.fields].map(([name]) => name))
  const added = fields.filter(([name]) => !names.has(name))
  return added.length === 0 ? point : { ...point, fields: [...point.fields, ...added] }
}
