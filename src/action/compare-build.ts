import { type Build, toDuration } from '../build/build.ts'
import type { Comparison } from '../compare/comparison.ts'
import { formatClock } from '../compare/format-value.ts'
import { type Compared, compareWithPast, withoutPast, withoutValue } from '../compare/history.ts'
import { toHistoryQuery } from '../compare/history-query.ts'
import { findStatistic, listNumericFields, nameBranch } from '../compare/statistic.ts'
import { historyMs, maxHistoryFields } from '../limits.ts'
import { isCallerUnknown } from '../point/identity.ts'
import { HistoryError, readHistory } from '../storage/influxdb/history.ts'
import { explainEnd } from '../storage/storage.ts'
import type { CapturedForStorage } from './capture-for.ts'
import type { Deadlines } from './deadlines.ts'
import type { Outside } from './phase.ts'

/** Compares a build with earlier ones, of which the first InfluxDB in the native layout is asked. */
export async function compareBuild(
  build: Build,
  captured: readonly CapturedForStorage[],
  comparison: Comparison,
  { http }: Outside,
  { signal, remainingMs }: Pick<Deadlines, 'signal' | 'remainingMs'>,
): Promise<Compared> {
  const value = toDuration(build)
  const rows = captured.flatMap(toRow)
  const place = rows.find(({ target }) => target !== undefined)
  const row = place ?? rows[0]
  const statistic = row === undefined ? nowhere : findStatistic(comparison, row.point, row.columns)
  if ('reason' in statistic) {
    // What the duration is, is known; limits of anything else are not for it.
    const isDuration = comparison.statistic === 'duration'
    const limits = isDuration ? comparison : { ...comparison, warnAbove: undefined, failAbove: undefined }
    if (value === undefined) return withoutValue(isDuration ? { reason: 'its start is not known' } : statistic)
    return withoutPast(build, { name: 'duration', unit: 'seconds', value }, statistic, limits)
  }
  if (place?.target === undefined) return withoutPast(build, statistic, nowhere, comparison)
  if (build.result === 'cancelled') {
    return withoutPast(build, statistic, { reason: 'this one was cancelled' }, comparison)
  }
  const { point, columns, hasSteps, target, options } = place
  if (isCallerUnknown(build, options) && !comparison.ignoreTags.includes('caller')) {
    const reason = 'whether another workflow called this job is not known, as GitHub did not tell its name'
    return withoutPast(build, statistic, { reason }, comparison)
  }
  const others = listNumericFields(columns).filter((field) => field !== statistic.field)
  const fields = [statistic.field, ...others.slice(0, maxHistoryFields - 1)]
  const query = toHistoryQuery(build, point, fields, hasSteps, comparison, options)
  const waitMs = Math.max(1, Math.floor(Math.min(historyMs, remainingMs())))
  const waited = AbortSignal.timeout(waitMs)
  try {
    const past = await readHistory(query, target, http, AbortSignal.any([signal, waited]))
    return compareWithPast(build, statistic, past, nameBranch(comparison, build), comparison, query.builderTags)
  } catch (error) {
    if (!(error instanceof HistoryError)) throw error
    const late = waited.aborted ? `within ${formatClock(waitMs / 1000)}` : `before ${explainEnd(signal)}`
    const isLate = waited.aborted || signal.aborted
    const reason = isLate ? `the server did not answer ${late}` : error.message
    return withoutPast(build, statistic, { reason }, comparison)
  }
}

const nowhere = { reason: 'they are read from InfluxDB, and no storage is one in the layout native' }

/** The build's row in a storage, if its layout has one; the target where it can be asked. */
function toRow({ storage, captures, laidOut }: CapturedForStorage) {
  const { target, layout, withheld } = storage
  const [point] = laidOut.points
  if (layout.kind !== 'native' || point === undefined) return []
  return [
    {
      ...{ point, columns: laidOut.columns, hasSteps: captures.steps.length > 0, options: layout.options },
      target: target.kind === 'influxdb' && withheld === undefined ? target : undefined,
    },
  ]
}
