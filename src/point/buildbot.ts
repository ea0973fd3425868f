import type { Build } from '../build/build.ts'
import type { FieldValue, Tags } from '../build/data.ts'
import type { Captured, Captures } from '../capture/capture.ts'
import { cleanKey, cleanMeasurement, cleanString, cleanTag } from './clean.ts'
import type { Column } from './native.ts'
import type { DataLayout } from './native-data.ts'
import type { Point } from './point.ts'
import { toOffsetNs, toTimeNs } from './time.ts'

/**
 * The points that Buildbot's InfluxStorageService posts, one a statistic: times to `<builder>-build-times`, each in a field
 * of its own, properties to `<builder>-<property>` with the fields `name` and `value`. Buildbot leaves the time to the
 * server; here it is the end of the build, and what comes later in the build is a nanosecond later.
 */
export function toBuildbotPoints(
  build: Build,
  captures: Captures,
  tags: Tags = [],
): { points: Point[]; columns: Column[] } {
  const columns: Column[] = []
  const points = captures.captured.map((captured, index) => {
    const { name, fields } = toFields(captured)
    const measurement = cleanMeasurement(`${build.builder}-${name}`)
    columns.push({ captured, key: measurement, kind: 'field' })
    return toPoint(build, measurement, fields, index, tags)
  })
  return { points, columns }
}

/**
 * Data goes to `<builder>-<data name>`. Tags of a line of $BUILD_STATS, which Buildbot does not have, are kept, and win
 * over the user's.
 */
export function createBuildbotDataLayout(build: Build, tags: Tags = []): DataLayout {
  return {
    renamed: new Set(),
    toPoints: (captured, index) =>
      captured.map(({ record }, offset) => {
        const fields = record.fields.map(([key, value]) => [toFieldKey(key), value] as const)
        const measurement = cleanMeasurement(`${build.builder}-${record.name}`)
        const point = toPoint(build, measurement, fields, index + offset, [...tags, ...record.tags])
        return { ...point, timeNs: record.timeNs ?? point.timeNs }
      }),
  }
}

function toFields(captured: Captured): { name: string; fields: [string, FieldValue][] } {
  if ('property' in captured) {
    const { name, value } = captured
    return {
      name,
      fields: [
        ['name', name],
        ['value', value],
      ],
    }
  }
  const { rule } = captured
  return { name: 'build-times', fields: [[rule.kind, captured.value]] }
}

function toPoint(
  build: Build,
  measurement: string,
  fields: ReadonlyArray<readonly [string, FieldValue]>,
  index: number,
  further: Tags,
): Point {
  const unique = new Map(fields.map(([key, value]) => [key, typeof value === 'string' ? cleanString(value) : value]))
  const tags = new Map(further.map(([key, value]) => [cleanKey(key), cleanTag(value)]))
  tags.set('builder_name', cleanTag(build.builder))
  tags.set('build_number', `${build.number ?? ''}`)
  return {
    measurement,
    tags: [...tags].filter(([key, value]) => value !== '' && !unique.has(key)),
    fields: [...unique],
    timeNs: toTimeNs(build.endMs, toOffsetNs(build), index),
  }
}

/** The builder's own tags stay, or all builders would share a series; a field of the same name is renamed. */
function toFieldKey(key: string): string {
  const clean = cleanKey(key)
  return clean === 'builder_name' || clean === 'build_number' ? `${clean}_` : clean
}
