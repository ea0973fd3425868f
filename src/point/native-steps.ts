import type { Build, Step } from '../build/build.ts'
import type { FieldValue } from '../build/data.ts'
import { cleanName, cleanTag } from './clean.ts'
import { dropTagNames, type Named, type NativeOptions, setNew, toIdentityFields, toTags } from './identity.ts'
import type { Point } from './point.ts'
import { toOffsetNs, toTimeNs } from './time.ts'

/**
 * A point per step. Its `number` is the step's: the build's is `build_number`. As in data, the step's own values win over
 * the build's tags. The step's number is its index in the build's nanoseconds: GitHub's times are whole seconds, in which
 * several steps may end.
 */
export function toStepPoints(build: Build, steps: readonly Step[], options: NativeOptions): Point[] {
  if (steps.length === 0) return []
  const offsetNs = toOffsetNs(build)
  const buildTags = toTags(build, build, options)
  const identity = dropTagNames(toIdentityFields(build), buildTags)
  return steps.map((step) => {
    const tags = new Map(buildTags)
    for (const [key, value] of [
      ['step', step.name],
      ['conclusion', step.conclusion],
    ] as const) {
      const clean = cleanTag(value)
      if (clean === '') tags.delete(key)
      else tags.set(key, clean)
    }
    const fields: Named<FieldValue> = new Map<string, FieldValue>([
      ['duration', Math.max(0, step.endMs - step.startMs) / 1000],
      ['number', BigInt(step.number)],
    ])
    if (step.use?.cpuMean !== undefined) fields.set('cpu_mean', step.use.cpuMean)
    if (step.use?.memoryMax !== undefined) fields.set('memory_max', BigInt(Math.round(step.use.memoryMax)))
    for (const key of fields.keys()) tags.delete(key)
    for (const [key, name] of [
      ['number', 'build_number'],
      ['attempt', 'attempt'],
      ['run_id', 'run_id'],
    ] as const) {
      const value = identity.get(key)
      if (value !== undefined && !tags.has(name)) setNew(fields, name, value)
    }
    return {
      measurement: cleanName(`${options.measurement}_step`),
      tags: [...tags],
      fields: [...fields],
      timeNs: toTimeNs(step.endMs, offsetNs, step.number),
    }
  })
}
