import { type Build, toDuration } from '../../build/build.ts'
import { formatDuration } from '../../build/quantity.ts'
import { addCollected, isShort, toCollectedQuery } from '../../compare/collected.ts'
import type { Comparison, NoComparison } from '../../compare/comparison.ts'
import { type Compared, compareWithPast, withoutPast, withoutValue } from '../../compare/history.ts'
import type { HistoryQuery, PastBuilds } from '../../compare/history-query.ts'
import { type Asked, planQuestions, toSinceFields } from '../../compare/questions.ts'
import { findStatistic, isOfBranch, isOfData, nameBranch, nameStatistic } from '../../compare/statistic.ts'
import { historyMs } from '../../limits.ts'
import { isCallerUnknown } from '../../point/identity.ts'
import type { Point } from '../../point/point.ts'
import { HistoryError, readHistory } from '../../storage/influxdb/history.ts'
import { explainEnd } from '../../storage/storage.ts'
import type { CapturedForStorage } from '../capture-for.ts'
import type { Deadlines } from '../deadlines.ts'
import type { Outside } from '../phase.ts'
import { answers, type EarlyQuestion } from './early-question.ts'
import type { LateFields } from './late-fields.ts'

/**
 * Compares a build with earlier ones. It asks the first InfluxDB with the native layout, once.
 * @param late receives the resulting fields of the row as soon as they are known
 * @param question a query that has already been sent
 */
export async function compareBuild(
  build: Build,
  captured: readonly CapturedForStorage[],
  comparisons: readonly Comparison[],
  late: LateFields,
  question: EarlyQuestion | undefined,
  { http, cancel }: Outside,
  { signal, remainingMs }: Pick<Deadlines, 'signal' | 'remainingMs'>,
): Promise<Compared[]> {
  const rows = captured.flatMap(toRow)
  const place = rows.find(({ target }) => target !== undefined)
  const row = place ?? rows[0]
  const isAsked = place !== undefined && build.result !== 'cancelled'
  const mayChange = (one: Comparison) => one.since && build.result === 'success' && isOfBranch(one, build)
  const isWaiting = isAsked && comparisons.some(mayChange)
  if (!isWaiting) late.settle([])
  // The row waits for the answer, and must be written even without it.
  const waitMs = Math.max(1, Math.floor(Math.min(historyMs, isWaiting ? remainingMs() / 2 : remainingMs())))
  const waited = AbortSignal.timeout(waitMs)
  // A cancelled job has the time to write, and none to wait.
  const until = AbortSignal.any([signal, cancel, waited])
  const needsData = row !== undefined && comparisons.some((one) => isOfData(one.statistic, row))
  const data = needsData ? await readData(late, row.index, until) : []
  const statistics = comparisons.map((one) => (row === undefined ? nowhere : findStatistic(one.statistic, row, data)))
  const asked = comparisons.map((comparison, index): Asked | NoComparison => {
    const statistic = statistics[index] ?? nowhere
    if ('reason' in statistic) return statistic
    return (
      findHindrance(build, comparison, place) ?? {
        comparison,
        statistic,
        sinceFields: toSinceFields(comparison, index),
      }
    )
  })
  const toGo = asked.filter((one): one is Asked => !('reason' in one))
  let pasts: readonly PastBuilds[] | NoComparison = []
  const { queries, indexOf } =
    place === undefined ? { queries: [], indexOf: () => 0 } : planQuestions(build, toGo, place, place.options)
  try {
    const target = place?.target
    if (target !== undefined && queries.length > 0) {
      const options = place?.options
      const plan = (query: HistoryQuery, index: number) => {
        const ofQuery = toGo.filter((one) => indexOf(one) === index)
        return { ofQuery, collected: options && toCollectedQuery(build, ofQuery, query, options) }
      }
      const more = queries.flatMap((query, index) => plan(query, index).collected ?? [])
      const early = question !== undefined && answers(question.queries, queries) ? question : undefined
      const isApart = target.api === 'v3' || (early !== undefined && !answers(early.collected, more))
      const ask = async (some: readonly HistoryQuery[]) =>
        await (early !== undefined && some[0] === queries[0]
          ? waitFor(early.answer, until)
          : readHistory(some, target, http, until))
      pasts = await askWithCollected(queries, isApart, ask, plan)
    }
  } catch (error) {
    if (!(error instanceof HistoryError)) throw error
    const end = cancel.aborted ? 'the job was cancelled' : explainEnd(signal)
    const when = waited.aborted ? `within ${formatDuration(Math.round(waitMs / 100) / 10)}` : `before ${end}`
    pasts = { reason: until.aborted ? `the server did not answer ${when}` : error.message }
  }
  const compared = asked.map((one, index) => {
    const comparison = comparisons[index]
    const statistic = statistics[index] ?? nowhere
    if (comparison === undefined) throw new Error('there is no such comparison')
    if ('reason' in statistic) return withoutStatistic(build, statistic, comparison)
    if ('reason' in one) return withoutPast(build, statistic, one, comparison)
    const query = queries[indexOf(one)]
    const past = 'reason' in pasts ? undefined : pasts[indexOf(one)]
    if (past === undefined) return withoutPast(build, statistic, 'reason' in pasts ? pasts : nowhere, comparison)
    return compareWithPast(build, statistic, past, comparison, {
      branch: nameBranch(comparison, build),
      isOfBranch: isOfBranch(comparison, build),
      tags: query?.builderTags ?? [],
      facts: toTexts(place?.point),
      sinceFields: one.sinceFields,
    })
  })
  late.settle(
    compared.flatMap(({ change }, index) => {
      const [comparison, one] = [comparisons[index], asked[index]]
      const isOwn = comparison !== undefined && mayChange(comparison)
      if (!isOwn || change?.since === undefined || one === undefined || 'reason' in one) return []
      const { before, after } = change.shift
      const { number, shift } = one.sinceFields
      return [[number, BigInt(change.since)], ...(before === 0 ? [] : [[shift, after / before - 1] as const])] as const
    }),
  )
  return compared
}

/**
 * Earlier builds; if there are too few, with GitHub's records of the job. One request asks for both, except on servers that need a
 * request for each statement: these are asked for the records only if needed.
 */
async function askWithCollected(
  queries: readonly HistoryQuery[],
  isApart: boolean,
  ask: (queries: readonly HistoryQuery[]) => Promise<readonly PastBuilds[]>,
  plan: (query: HistoryQuery, index: number) => { ofQuery: readonly Asked[]; collected: HistoryQuery | undefined },
): Promise<PastBuilds[]> {
  const plans = queries.map(plan)
  const more = plans.flatMap(({ collected }) => collected ?? [])
  const found = await ask(isApart ? queries : [...queries, ...more])
  return await Promise.all(
    plans.map(async ({ ofQuery, collected }, index) => {
      const past = found[index] ?? { builds: [], steps: [] }
      if (collected === undefined || !isShort(ofQuery, past)) return past
      if (!isApart) return addCollected(past, found[queries.length + more.indexOf(collected)] ?? past)
      const [records] = await ask([collected]).catch((error: unknown) => {
        if (error instanceof HistoryError) return []
        throw error
      })
      return records === undefined ? past : addCollected(past, records)
    }),
  )
}

const nowhere = { reason: 'they are read from InfluxDB, and no storage is an InfluxDB with the layout native' }

/** The duration is known even if no rule captures it. */
function withoutStatistic(build: Build, reason: NoComparison, comparison: Comparison): Compared {
  const { statistic } = comparison
  if (statistic.name !== 'duration') return withoutValue(nameStatistic(statistic), reason)
  const value = toDuration(build)
  if (value === undefined) return withoutValue('duration', { reason: 'the start of the job is not known' })
  return withoutPast(build, { name: 'duration', unit: 'seconds', value }, reason, comparison)
}

/** Why earlier builds are not asked for. */
function findHindrance(build: Build, { ignoreTags }: Comparison, place: Row | undefined): NoComparison | undefined {
  if (place?.target === undefined) return nowhere
  if (build.result === 'cancelled') return { reason: 'this one was cancelled' }
  if (isCallerUnknown(build, place.options) && !ignoreTags.includes('caller')) {
    return {
      reason: "whether another workflow called this job is not known, because GitHub did not report the job's name",
    }
  }
  return undefined
}

/** The answer to the query that was sent early, unless it takes too long. */
async function waitFor(answer: Promise<PastBuilds[]>, signal: AbortSignal): Promise<PastBuilds[]> {
  const { promise: over, reject } = Promise.withResolvers<never>()
  const end = () => reject(new HistoryError('the server did not answer in time'))
  if (signal.aborted) end()
  signal.addEventListener('abort', end, { once: true })
  return await Promise.race([answer, over])
}

/** The data points of this build, as the storage receives them; empty if they take too long. */
async function readData({ watches }: LateFields, index: number, signal: AbortSignal): Promise<readonly Point[]> {
  const { promise: over, resolve } = Promise.withResolvers<readonly Point[]>()
  const end = () => resolve([])
  if (signal.aborted) end()
  signal.addEventListener('abort', end, { once: true })
  return await Promise.race([watches[index]?.points ?? [], over])
}

function toTexts(point: Point | undefined): ReadonlyMap<string, string> {
  const texts = (point?.fields ?? []).flatMap(([key, value]) =>
    typeof value === 'string' ? [[key, value] as const] : [],
  )
  return new Map(texts)
}

type Row = ReturnType<typeof toRow>[number]

/** The build's row in a storage, if its layout has one, and the target if it can be queried. */
function toRow({ storage, captures, laidOut }: CapturedForStorage, index: number) {
  const { target, layout, withheld } = storage
  const [point] = laidOut.points
  if (layout.kind !== 'native' || point === undefined) return []
  return [
    {
      ...{ index, point, columns: laidOut.columns, hasSteps: captures.steps.length > 0, options: layout.options },
      target: target.kind === 'influxdb' && withheld === undefined ? target : undefined,
    },
  ]
}
