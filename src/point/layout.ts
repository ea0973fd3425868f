import type { Build } from '../build/build.ts'
import type { Captures } from '../capture/capture.ts'
import type { Miss } from '../capture/miss.ts'
import { createBuildbotDataLayout, toBuildbotPoints } from './buildbot.ts'
import type { NativeOptions } from './identity.ts'
import { type Column, toBuildPoint } from './native.ts'
import { createDataLayout, type DataLayout } from './native-data.ts'
import { toStepPoints } from './native-steps.ts'
import type { Point } from './point.ts'
import { toUsagePoints } from './resources.ts'

/** How statistics become points: one row for each kind. */
export type Layout = (
  | { readonly kind: 'native'; readonly options: NativeOptions }
  | { readonly kind: 'buildbot'; readonly tags?: NativeOptions['tags'] }
) & {
  /** Removes secrets before values are sanitised and cut: a part of a secret would remain. */
  readonly redact?: (text: string) => string
}

/** The points of the build itself and of its steps, and the column of each statistic. */
export function layOutBuild(
  build: Build,
  captures: Captures,
  layout: Layout,
): { points: Point[]; columns: Column[]; misses: Miss[] } {
  switch (layout.kind) {
    case 'native': {
      const { point, columns, misses } = toBuildPoint(build, captures, layout.options)
      const points = [point, ...toStepPoints(build, captures.steps, layout.options)]
      return { points: [...points, ...toUsagePoints(build, layout.options, points.length)], columns, misses }
    }
    case 'buildbot':
      return { ...toBuildbotPoints(build, captures, layout.tags), misses: [] }
  }
}

/** Lays out data, record by record. */
export function openDataLayout(build: Build, layout: Layout): DataLayout {
  switch (layout.kind) {
    case 'native':
      return createDataLayout(build, layout.options)
    case 'buildbot':
      return createBuildbotDataLayout(build, layout.tags)
  }
}
