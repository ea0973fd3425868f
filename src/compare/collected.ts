import type { Build } from '../build/build.ts'
import { cleanName, cleanString } from '../point/clean.ts'
import type { NativeOptions } from '../point/identity.ts'
import type { HistoryQuery, PastBuild, PastBuilds } from './history-query.ts'
import type { Asked } from './questions.ts'

/** The tags that GitHub's record of a job shares with the job's own row. */
const recorded = ['duration', 'queue_time']

/**
 * Makes the query for GitHub's records of a job (the action `collect`); undefined if they would not help.
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
    // The name includes the caller and the matrix; GitHub's records do not have the user's own tags.
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

/** Merges earlier builds with the records of those that have no row of their own. */
export function addCollected(past: PastBuilds, collected: PastBuilds): PastBuilds {
  const keyOf = ({ runId, attempt }: PastBuild) => `${runId}/${attempt}`
  const known = new Set(past.builds.map(keyOf))
  const others = collected.builds.filter((one) => !known.has(keyOf(one)))
  const builds = [...past.builds, ...others.map((one) => ({ ...one, isCollected: true }))]
  return { ...past, builds: builds.sort((a, b) => b.endMs - a.endMs) }
}
