import type { Build } from '../../build/build.ts'
import { toLegSuffix } from '../../build/matrix.ts'
import { captureBuild } from '../../capture/capture.ts'
import { appliesTo } from '../../capture/matching.ts'
import { toCollectedQuery } from '../../compare/collected.ts'
import type { HistoryQuery, PastBuilds } from '../../compare/history-query.ts'
import { type Asked, planQuestions, toSinceFields } from '../../compare/questions.ts'
import { findStatistic } from '../../compare/statistic.ts'
import { historyMs } from '../../limits.ts'
import { isCallerUnknown } from '../../point/identity.ts'
import { layOutBuild } from '../../point/layout.ts'
import type { Settings } from '../../settings/settings.ts'
import { readHistory } from '../../storage/influxdb/history.ts'
import type { Outside } from '../phase.ts'

/** A query for earlier builds that has been sent. */
export interface EarlyQuestion {
  readonly queries: readonly HistoryQuery[]
  /** The query for collected records of the job, under the name that its id and matrix suggest: GitHub has not confirmed it yet. */
  readonly collected: readonly HistoryQuery[]
  /** The answers to both queries, in this order. */
  readonly answer: Promise<PastBuilds[]>
}

/**
 * Asks for earlier builds while GitHub is asked for the job, if the query does not depend on GitHub's answer: a build then waits for
 * the slower of the two instead of both in turn.
 * @param build the build without GitHub's answer
 * @returns undefined if the query depends on GitHub's answer, a callback or data
 */
export function askEarly(
  build: Build,
  { storages, compare = [], timeoutMs }: Settings,
  outside: Outside,
): EarlyQuestion | undefined {
  const storage = storages.find(({ target, layout, withheld }) => {
    return target.kind === 'influxdb' && layout.kind === 'native' && withheld === undefined
  })
  if (storage === undefined || build.result === 'cancelled') return undefined
  const { target, layout, rules, builder = build.builder } = storage
  if (target.kind !== 'influxdb' || layout.kind !== 'native' || isCallerUnknown(build, layout.options)) return undefined
  const named = { ...build, builder }
  const { points, columns } = layOutBuild(named, captureBuild(named, rules), layout)
  const [point] = points
  if (point === undefined) return undefined
  const asked = compare.map((comparison, index) => {
    const statistic = findStatistic(comparison.statistic, { point, columns })
    return 'reason' in statistic ? statistic : { comparison, statistic, sinceFields: toSinceFields(comparison, index) }
  })
  const known = asked.filter((one): one is Asked => !('reason' in one))
  if (known.length < asked.length) return undefined
  const hasSteps = rules.some((rule) => rule.kind === 'steps' && appliesTo(rule, builder))
  const { queries, indexOf } = planQuestions(named, known, { point, columns, hasSteps }, layout.options)
  const likely = { ...named, jobName: `${build.job}${toLegSuffix(build.matrix)}` }
  const ofQuery = (index: number) => known.filter((one) => indexOf(one) === index)
  const collected =
    target.api === 'v3'
      ? []
      : queries.flatMap((query, index) => toCollectedQuery(likely, ofQuery(index), query, layout.options) ?? [])
  const signal = AbortSignal.any([outside.cancel, AbortSignal.timeout(Math.min(historyMs, timeoutMs))])
  const answer = readHistory([...queries, ...collected], target, outside.http, signal)
  // Code that awaits it sees the error; without this, Node would end the process if none does.
  answer.catch(() => {})
  return { queries, collected, answer }
}

/** Whether the query that was sent equals the one that is needed. */
export function answers(given: readonly HistoryQuery[], wanted: readonly HistoryQuery[]): boolean {
  return (
    given.length === wanted.length &&
    wanted.every((query, index) => {
      const asked = given[index]
      const toKey = ({ measurement, jobName, tags, legTags, branch, maxBuilds }: HistoryQuery) =>
        JSON.stringify([measurement, jobName, tags, legTags, branch, maxBuilds])
      return (
        asked !== undefined &&
        toKey(asked) === toKey(query) &&
        query.data.length === 0 &&
        (query.stepMeasurement === undefined || query.stepMeasurement === asked.stepMeasurement) &&
        query.fields.every((field) => asked.fields.includes(field))
      )
    })
  )
}
