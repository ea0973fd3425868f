import type { Build } from '../build/build.ts'
import type { DataRecord, FieldValue } from '../build/data.ts'
import type { CapturedData } from '../capture/data.ts'
import { cleanKey, cleanName, cleanString, cleanTag } from './clean.ts'
import {
  dropTagNames,
  type Named,
  type NativeOptions,
  setNew,
  toIdentityFields,
  toOwnMeasurements,
  toTags,
} from './identity.ts'
import type { Point } from './point.ts'
import { toOffsetNs, toTimeNs } from './time.ts'

export interface DataLayout {
  /** Data names that are the build's own measurements and were changed to `data_<name>`. */
  readonly renamed: ReadonlySet<string>
  /**
   * The points of one record, one per measurement, even if two rules put the record into the same measurement.
   * `index` is the next point's index in the build.
   */
  toPoints(captured: readonly CapturedData[], index: number): Point[]
}

/** Lays out data, record by record; the build's own tags and fields are made once. */
export function createDataLayout(build: Build, options: NativeOptions): DataLayout {
  const offsetNs = toOffsetNs(build)
  const buildTags = [...toTags(build, build, options)]
  const identityFields = dropTagNames(toIdentityFields(build), toTags(build, build, options))
  const identity = [...identityFields].filter(([key]) => ['number', 'attempt', 'run_id'].includes(key))
  const reserved = new Set(toOwnMeasurements(options).map((name) => cleanName(name)))
  const renamed = new Set<string>()

  function toMeasurement({ rule, record }: CapturedData): string {
    const name = cleanName(rule.measurement ?? record.name)
    if (!reserved.has(name)) return name
    renamed.add(name)
    return `data_${name}`
  }

  /** The record's own tags and fields win; a built-in of the same name is left out. Of two with the same name, the last one counts. */
  function toPoint(measurement: string, record: DataRecord, index: number): Point {
    const own: Named<string> = new Map()
    for (const [key, value] of record.tags) {
      const clean = cleanTag(value)
      if (clean !== '') own.set(cleanKey(key), clean)
    }
    const fields: Named<FieldValue> = new Map()
    for (const [key, value] of record.fields) {
      const name = cleanKey(key)
      if (!own.has(name)) fields.set(name, typeof value === 'string' ? cleanString(value) : value)
    }
    const tags = buildTags.filter(([key]) => !own.has(key) && !fields.has(key))
    for (const [key, value] of identity) if (!own.has(key)) setNew(fields, key, value)
    tags.push(...own)
    return { measurement, tags, fields: [...fields], timeNs: record.timeNs ?? toTimeNs(build.endMs, offsetNs, index) }
  }

  return {
    renamed,
    toPoints(captured, index) {
      const points = new Map<string, Point>()
      for (const one of captured) {
        const measurement = toMeasurement(one)
        if (!points.has(measurement)) points.set(measurement, toPoint(measurement, one.record, index + points.size))
      }
      return [...points.values()]
    },
  }
}
