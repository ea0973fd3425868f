import type { Identity } from '../build/build.ts'
import type { Point } from '../point/point.ts'
import { toStartPoint } from '../point/start-point.ts'
import type { StorageSettings } from '../settings/storage-settings.ts'

/** The point of a build that starts; none in the Buildbot layout, which knows builds that ended. */
export function toStartPointOf({ layout }: StorageSettings, identity: Identity, startMs: number): Point | undefined {
  return layout.kind === 'native' ? toStartPoint(identity, startMs, layout.options) : undefined
}
