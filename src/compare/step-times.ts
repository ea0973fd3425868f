import { type PastBuild, type PastBuilds, toJobKey } from './history-query.ts'

/**
 * Seconds by step and by job. Steps with the same name are added up within a job. A skipped step has no row: it took no time in a job
 * that has rows of other steps.
 */
export function toStepTimes(
  { steps, stepsSinceMs = Number.NEGATIVE_INFINITY }: Pick<PastBuilds, 'steps' | 'stepsSinceMs'>,
  builds: readonly Pick<PastBuild, 'runId' | 'attempt' | 'leg' | 'endMs'>[],
): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const wanted = new Set(builds.filter(({ endMs }) => endMs > stepsSinceMs).map(toJobKey))
  const found = steps.flatMap((step) => (wanted.has(toJobKey(step)) ? [{ ...step, key: toJobKey(step) }] : []))
  const known = [...new Set(found.map(({ key }) => key))]
  const times = new Map<string, Map<string, number>>()
  for (const { name, key, duration } of found) {
    const byJob = times.get(name) ?? new Map(known.map((one) => [one, 0]))
    byJob.set(key, (byJob.get(key) ?? 0) + duration)
    times.set(name, byJob)
  }
  return times
}
