import type { Build, Steps } from '../build/build.ts'
import type { Resources } from '../build/resources.ts'
import { maxSeriesPoints } from '../limits.ts'
import type { Sample } from './sample.ts'
import { findUsage, type Moment, thinUsage, toTotals, toUsage } from './usage.ts'

/** Adds to a build what it and each of its steps used of the runner. */
export function addUse(build: Build, samples: readonly Sample[], end: Moment, hasSeries: boolean): Build {
  if (samples.length === 0) return build
  const usage = toUsage(samples, end)
  const resources: Resources = { ...toTotals(samples), usage: thinUsage(usage, maxSeriesPoints), hasSeries }
  const steps: Steps =
    'ran' in build.steps
      ? { ...build.steps, ran: build.steps.ran.map((step) => ({ ...step, use: findUsage(usage, step) })) }
      : build.steps
  return { ...build, resources, steps }
}
