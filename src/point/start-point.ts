import type { Identity } from '../build/build.ts'
import { cleanName } from './clean.ts'
import { type NativeOptions, toIdentityFields, toTags, without } from './identity.ts'
import type { Point } from './point.ts'
import { toOffsetNs, toTimeNs } from './time.ts'

/** The point of a build that starts: append-only, nothing is added to it when the build ends. */
export function toStartPoint(identity: Identity, startMs: number, options: NativeOptions): Point {
  const tags = toTags(identity, {}, options)
  const fields = without(toIdentityFields(identity), tags)
  return {
    measurement: cleanName(`${options.measurement}_start`),
    tags: [...tags],
    fields: [...fields],
    timeNs: toTimeNs(startMs, toOffsetNs(identity), 0),
  }
}
