import type { Build } from '../build/build.ts'
import { cleanName, cleanString } from '../point/clean.ts'
import type { NativeOptions } from '../point/identity.ts'
import type { HistoryQuery, PastBuild, PastBuilds } from './history-query.ts'
import type { Asked } from './questions.ts'

/** What GitHub's record of a job has in common with the job's own row. */
const recorded = ['duration', 'queue_time']

/**
 * The question for GitHub's records of a job (the action `collect`); undefined where they would not help.
 * @param asked the comparisons that this query answers
 */
export function toCollectedQuery(
  build: Build,
  asked: readonly Asked[],
  query: HistoryQuery,
  { measurement }: Pick<NativeOptions, 'measurement'>,
): HistoryQuery | undefined {
  if (build.jobName === undefined || !asked.some(isRecorded)) return undefined
  return {
    ...query,
    measurement: cleanName(`${measurement}_job`),
    ...{ jobName: cleanString(build.jobName), legTags: [] },
    stepMeasurement: undefined,
    fields: recorded,
    // The name says of which caller and matrix it is; rows of others have no tags of the user's own.
    tags: query.tags.filter(([key]) => ['repository', 'workflow', 'result', 'default_branch'].includes(key)),
    data: [],
  }
}

function isRecorded({ statistic: { field, data } }: Asked): boolean {
  return data === undefined && recorded.includes(field)
}

/** Whether there are too few rows of the job's own. */
export function isShort(asked: readonly Asked[], { builds }: PastBuilds): boolean {
  return asked.some(
    (one) =>
      isRecorded(one) &&
      builds.filter(({ values }) => values.has(one.statistic.field)).length < one.comparison.minBuilds,
  )
}

/** Earlier builds, and the records of those that have no row of their own. */
export function addCollected(past: PastBuilds, collected: PastBuilds): PastBuilds {
  const keyOf = ({ runId, attempt }: PastBuild) => `${runId}/${attempt}`
  const known = new Set(past.builds.map(keyOf))
  const others = collected.builds.filter((one) => !known.has(keyOf(one)))
  const builds = [...past.builds, ...others.map((one) => ({ ...one, isCollected: true }))]
  return { ...past, builds: builds.sort((a, b) => b.endMs - a.endMs) }
}
