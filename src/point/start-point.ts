import type { Identity } from '../build/build.ts'
import { cleanName } from './clean.ts'
import { dropTagNames, type NativeOptions, toIdentityFields, toTags } from './identity.ts'
import type { Layout } from './layout.ts'
import type { Point } from './point.ts'
import { toOffsetNs, toTimeNs } from './time.ts'

/** The point of a build that starts; undefined in the Buildbot layout, which has only builds that ended. */
export function layOutStart(identity: Identity, startMs: number, layout: Layout): Point | undefined {
  return layout.kind === 'native' ? toStartPoint(identity, startMs, layout.options) : undefined
}

/** The point of a build that starts: append-only, nothing is added to it when the build ends. */
export function toStartPoint(identity: Identity, startMs: number, options: NativeOptions): Point {
  const tags = toTags(identity, {}, options)
  const fields = dropTagNames(toIdentityFields(identity), tags)
  return {
    measurement: cleanName(`${options.measurement}_start`),
    tags: [...tags],
    fields: [...fields],
    timeNs: toTimeNs(startMs, toOffsetNs(identity), 0),
  }
}
