import type { Covered } from '../../collect/points.ts'
import type { HttpClient } from '../../http/client.ts'
import { maxHistoryDays } from '../../limits.ts'
import type { InfluxTarget } from '../target.ts'
import { isTooMuch, narrowDays, parseAnswer, send } from './history.ts'
import { quoteIdentifier } from './influxql.ts'

const dayMs = 86_400_000

/**
 * The range of time that was collected of each repository, by its name, from the rows of this measurement.
 * @throws HistoryError
 */
export async function readCollected(
  measurement: string,
  nowMs: number,
  target: InfluxTarget,
  http: HttpClient,
  signal: AbortSignal,
): Promise<Map<string, Covered>> {
  const ask = async (days: number) => {
    const since = `time >= ${nowMs - days * dayMs}000000`
    const columns = 'last("until") AS "until", last("since") AS "since"'
    const statement = `SELECT ${columns} FROM ${quoteIdentifier(measurement)} WHERE ${since} GROUP BY "repository"`
    return parseAnswer(await send(statement, target, http, signal), [{ measurement }], target)
  }
  const [rows = []] = await ask(maxHistoryDays).catch((error: unknown) => {
    if (target.api !== 'v3' || !isTooMuch(error)) throw error
    return ask(narrowDays)
  })
  return new Map(
    rows.flatMap(({ row, tags }) => {
      const [sinceMs, untilMs] = ['since', 'until'].map((name) => Date.parse(String(row.get(name))))
      if (typeof tags.repository !== 'string' || sinceMs === undefined || untilMs === undefined) return []
      return Number.isNaN(sinceMs + untilMs) ? [] : [[tags.repository, { sinceMs, untilMs }] as const]
    }),
  )
}
