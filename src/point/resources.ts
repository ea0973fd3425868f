import type { Build } from '../build/build.ts'
import type { FieldValue } from '../build/data.ts'
import type { Usage, UsageTotals } from '../build/resources.ts'
import { cleanName } from './clean.ts'
import { dropTagNames, type Named, type NativeOptions, setNew, toIdentityFields, toTags } from './identity.ts'
import type { Point } from './point.ts'
import { toOffsetNs, toTimeNs } from './time.ts'

/** Fields, and whether they are integers: shares are not. */
type Names<T> = readonly (readonly [key: keyof T, name: string, kind: 'int' | 'float'])[]

const totals: Names<UsageTotals> = [
  ['cpuMean', 'cpu_mean', 'float'],
  ['cpuMax', 'cpu_max', 'float'],
  ['cores', 'cores', 'int'],
  ['memoryMax', 'memory_max', 'int'],
  ['memoryTotal', 'memory_total', 'int'],
  ['diskFreeMin', 'disk_free_min', 'int'],
  ['networkReceived', 'network_received', 'int'],
  ['networkSent', 'network_sent', 'int'],
  ['oomKills', 'oom_kills', 'int'],
]

const parts: Names<Usage> = [
  ['cpu', 'cpu', 'float'],
  ['memory', 'memory', 'int'],
  ['diskFree', 'disk_free', 'int'],
  ['networkReceived', 'network_received', 'int'],
  ['networkSent', 'network_sent', 'int'],
]

/** Adds what a build used of its runner to the fields of its row. A captured field of the same name is kept. */
export function addResources({ resources }: Build, tags: Named<string>, fields: Named<FieldValue>): void {
  if (resources === undefined) return
  for (const [key, value] of toFields(resources, totals)) if (!tags.has(key)) setNew(fields, key, value)
}

/**
 * One point for each interval of the job, at the interval's end.
 * @param index the index of the first point in the build
 */
export function toUsagePoints(build: Build, options: NativeOptions, index: number): Point[] {
  if (!build.resources?.hasSeries) return []
  const tags = toTags(build, build, options)
  const offsetNs = toOffsetNs(build)
  const identity = dropTagNames(toIdentityFields(build), tags)
  const own = [...identity].filter(([key]) => ['number', 'attempt', 'run_id'].includes(key))
  return build.resources.usage.flatMap((usage, at) => {
    const fields = toFields(usage, parts)
    if (fields.length === 0) return []
    const names = new Set(fields.map(([key]) => key))
    return {
      measurement: cleanName(`${options.measurement}_resources`),
      tags: [...tags].filter(([key]) => !names.has(key)),
      fields: [...fields, ...own],
      timeNs: toTimeNs(Math.round(usage.endMs), offsetNs, index + at),
    }
  })
}

function toFields<T extends { readonly [key in keyof T]: unknown }>(
  values: T,
  names: Names<T>,
): [string, FieldValue][] {
  return names.flatMap(([key, name, kind]): [string, FieldValue][] => {
    const value = values[key]
    if (typeof value !== 'number') return []
    return [[name, kind === 'int' ? BigInt(Math.round(value)) : value]]
  })
}
