import { cutText } from '../../build/cut-text.ts'
import { isObject, type JsonObject, parseJson } from '../../build/json.ts'
import type { HistoryQuery, PastBuilds } from '../../compare/history-query.ts'
import type { HttpClient, HttpResponse } from '../../http/client.ts'
import { maxHistoryDays } from '../../limits.ts'
import type { InfluxTarget } from '../target.ts'
import {
  HistoryError,
  keyOf,
  type Result,
  toBuild,
  toDataValues,
  toRows,
  toStep,
  toStepsSince,
} from './history-rows.ts'
import { type Statement, toStatements } from './influxql.ts'
import { toAuthorization } from './transport.ts'

export { HistoryError } from './history-rows.ts'

/** The days for which InfluxDB 3 Core always answers: beyond 72 hours, a query may exceed its limit of files. */
export const narrowDays = 3
const dayMs = 24 * 3600 * 1000

/**
 * Queries earlier builds in InfluxQL, which v1, v2 (if the bucket is mapped to a database) and v3 support. v1 and v2 get
 * one request for all questions. v3 accepts one statement per request: these are sent in parallel, and again for a shorter time if it refuses
 * the longer one.
 * @returns the rows for each question
 * @throws HistoryError
 */
export async function readHistory(
  queries: readonly HistoryQuery[],
  target: InfluxTarget,
  http: HttpClient,
  signal: AbortSignal,
): Promise<PastBuilds[]> {
  const ask = async (statements: readonly Statement[]) => {
    const text = statements.map((statement) => statement.text).join('; ')
    return parseAnswer(await send(text, target, http, signal), statements, target)
  }
  const askAll = async (asked: readonly HistoryQuery[]): Promise<PastBuilds[]> => {
    const statements = asked.map(toStatements)
    const all = statements.flat()
    const results =
      target.api === 'v3' ? (await Promise.all(all.map((statement) => ask([statement])))).flat() : await ask(all)
    let next = 0
    return asked.map((query, index) => {
      const from = next
      next += statements[index]?.length ?? 0
      return toPast(query, results.slice(from, next))
    })
  }
  try {
    return await askAll(queries)
  } catch (error) {
    if (target.api !== 'v3' || !isTooMuch(error)) throw error
    const narrowed = queries.map((query) => ({
      ...query,
      sinceMs: query.sinceMs + (maxHistoryDays - narrowDays) * dayMs,
    }))
    return (await askAll(narrowed)).map((past) => ({ ...past, days: narrowDays }))
  }
}

function toPast(query: HistoryQuery, results: readonly Result[]): PastBuilds {
  const rest = results.slice(1)
  const steps = query.stepMeasurement === undefined ? [] : (rest.shift() ?? [])
  const data = query.data.map(({ key, field, legTags }, index) => {
    return { key, legTags, values: toDataValues(rest[index] ?? [], field, legTags) }
  })
  const stepsSinceMs = toStepsSince(steps, query.maxSteps)
  return {
    ...(stepsSinceMs === undefined ? {} : { stepsSinceMs }),
    builds: (results[0] ?? []).map(({ row }) => {
      const build = toBuild(row, query.fields, query.legTags)
      const found = data.flatMap(({ key, values, legTags }) => {
        const value = values.get(keyOf(row, legTags))
        return value === undefined ? [] : [[key, value] as const]
      })
      return found.length === 0 ? build : { ...build, values: new Map([...build.values, ...found]) }
    }),
    steps: steps.flatMap(({ row, tags }) => toStep(row, tags, query.legTags)),
  }
}

/** `Query would exceed file limit of 432 parquet files. Please specify a smaller time range for your query.` */
export function isTooMuch(error: unknown): boolean {
  return error instanceof HistoryError && /file limit|smaller time range/.test(error.message)
}

export async function send(
  statements: string,
  target: InfluxTarget,
  http: HttpClient,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const authorization = toAuthorization(target)
  try {
    return await http.request({
      method: 'POST',
      url: new URL(target.url + toQueryPath(target)),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
        'user-agent': 'build-stats',
        ...(authorization === undefined ? {} : { authorization }),
      },
      body: `${new URLSearchParams({ q: statements })}`,
      signal,
    })
  } catch (error) {
    if (signal.aborted) throw new HistoryError('the server did not answer in time')
    const [{ nameCause }, { explainCause }] = await Promise.all([import('./failure.ts'), import('./explain-cause.ts')])
    throw new HistoryError(`the server cannot be reached: ${nameCause(error)}${explainCause(error)}`)
  }
}

/** Times are in ms: in ns, they would exceed the precision of JSON numbers. */
function toQueryPath(target: InfluxTarget): string {
  const parameters = new URLSearchParams(toDatabase(target))
  parameters.set('epoch', 'ms')
  return `/query?${parameters}`
}

/** 2.x maps a bucket `ci/autogen`, as an upgrade from 1.x names it, to the policy `autogen` of a database `ci`, and any other bucket to a database of its name. */
function toDatabase(target: InfluxTarget): Record<string, string> {
  switch (target.api) {
    case 'v1':
      return { db: target.database, ...(target.retentionPolicy === undefined ? {} : { rp: target.retentionPolicy }) }
    case 'v2': {
      const [, db, rp] = /^([^/]+)\/(.+)$/s.exec(target.bucket) ?? []
      return db === undefined || rp === undefined ? { db: target.bucket } : { db, rp }
    }
    case 'v3':
      return { db: target.database }
  }
}

/** The rows of each statement. */
export function parseAnswer(
  { status, body }: HttpResponse,
  statements: readonly Omit<Statement, 'text'>[],
  target: InfluxTarget,
): Result[] {
  const text = body.toString('utf8')
  const json = parseJson(text)
  if (status !== 200) {
    const said = isObject(json) ? (json.error ?? json.message) : text
    // v1 quotes the whole statement that it refuses.
    const short = typeof said === 'string' ? said.replace(/ statement '.*'/s, ' it') : ''
    const words = cutText(short.trim().replace(/[\r\n]\s*/g, ' '), 300)
    throw new HistoryError(
      [`${status}`, words && `"${words}"`, explainStatus(status, target)].filter(Boolean).join(', '),
    )
  }
  const results = isObject(json) && Array.isArray(json.results) ? json.results.filter(isObject) : []
  if (results.length === 0) throw new HistoryError("the server's answer is not an InfluxQL result")
  for (const [index, { error }] of results.entries()) {
    if (typeof error !== 'string' || statements[index]?.isOptional) continue
    // 1.6 and 2.7 report a missing database for one statement, and `not executed` for the next ones.
    const isMissing = /not found|^not executed$/.test(error)
    throw new HistoryError(`"${error}"${isMissing ? `, ${explainStatus(404, target)}` : ''}`)
  }
  return statements.map(({ measurement, isOptional }, index) => {
    const result = results[index]
    const isOther = isOptional && (result?.error !== undefined || !isOf(result, measurement))
    return isOther ? [] : toRows(result, measurement)
  })
}

/** Whether all rows belong to the requested measurement. */
function isOf(result: JsonObject | undefined, measurement: string): boolean {
  const series = Array.isArray(result?.series) ? result.series.filter(isObject) : []
  return series.every(({ name }) => name === measurement)
}

function explainStatus(status: number, target: InfluxTarget): string {
  const what = target.api === 'v1' ? 'user' : 'token'
  const place = target.api === 'v2' ? `the bucket "${target.bucket}"` : `the database "${target.database}"`
  switch (status) {
    case 401:
      // v2 also answers this if a token may write but not read.
      return `check that the ${what} is right and may read ${place}`
    case 403:
      return `the ${what} may write to ${place} but not read it: allow it to read`
    case 404:
      if (target.api === 'v2') return explainBucket(target.bucket)
      return target.api === 'v1' && target.retentionPolicy !== undefined
        ? `check that ${place} and its retention policy "${target.retentionPolicy}" exist`
        : `check that ${place} exists, and that the server answers InfluxQL`
    case 405:
      // QuestDB answers this.
      return 'the server does not answer InfluxQL, the language in which earlier builds are queried'
    default:
      return ''
  }
}

/** 2.x gives the same answer for a missing bucket and for one that the token may write to but not read. */
function explainBucket(bucket: string): string {
  if (/^[0-9a-f]{16}$/.test(bucket))
    return `give the name of the bucket instead of its ID "${bucket}": InfluxQL cannot query a bucket by its ID`
  return `check that the token may read the bucket "${bucket}", and that the bucket is mapped to a database of this name (influx v1 dbrp create)`
}
