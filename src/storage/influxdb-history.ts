import { cutText } from '../build/cut-text.ts'
import { isObject, type JsonObject } from '../build/json.ts'
import type { HistoryQuery, PastBuild, PastBuilds, PastStep } from '../compare/history-query.ts'
import type { HttpClient, HttpResponse } from '../http/client.ts'
import { explainCause, nameCause } from './influxdb-failure.ts'
import { toAuthorization } from './influxdb-transport.ts'
import { toInfluxQL } from './influxql.ts'
import type { InfluxTarget } from './target.ts'

/** Earlier builds that a server does not tell of; the message is a clause that says why, and what to change. */
export class HistoryError extends Error {}

/**
 * Asks a server for earlier builds: one request, in InfluxQL, which v1, v2 (where the bucket is mapped to a database) and v3 know.
 * @throws HistoryError
 */
export async function readHistory(
  query: HistoryQuery,
  target: InfluxTarget,
  http: HttpClient,
  signal: AbortSignal,
): Promise<PastBuilds> {
  const authorization = toAuthorization(target)
  let response: HttpResponse
  try {
    response = await http.request({
      method: 'POST',
      url: new URL(target.url + toQueryPath(target)),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
        'user-agent': 'build-stats',
        ...(authorization === undefined ? {} : { authorization }),
      },
      body: `${new URLSearchParams({ q: toInfluxQL(query) })}`,
      signal,
    })
  } catch (error) {
    if (signal.aborted) throw new HistoryError('the server did not answer in time')
    throw new HistoryError(`the server could not be asked: ${nameCause(error)}${explainCause(error)}`)
  }
  return parseAnswer(response, query, target)
}

/** Times in ms: in ns they would be beyond what a number of JSON holds. */
function toQueryPath(target: InfluxTarget): string {
  const database = target.api === 'v2' ? target.bucket : target.database
  const parameters = new URLSearchParams({ db: database, epoch: 'ms' })
  if (target.api === 'v1' && target.retentionPolicy !== undefined) parameters.set('rp', target.retentionPolicy)
  return `/query?${parameters}`
}

function parseAnswer({ status, body }: HttpResponse, query: HistoryQuery, target: InfluxTarget): PastBuilds {
  const text = body.toString('utf8')
  const json = parseJson(text)
  if (status !== 200) {
    const said = isObject(json) ? (json.error ?? json.message) : text
    // v1 quotes the whole statement that it does not execute.
    const short = typeof said === 'string' ? said.replace(/ statement '.*'/s, ' it') : ''
    const words = cutText(short.trim().replace(/[\r\n]\s*/g, ' '), 300)
    throw new HistoryError(
      [`${status}`, words && `"${words}"`, explainStatus(status, target)].filter(Boolean).join(', '),
    )
  }
  const results = isObject(json) && Array.isArray(json.results) ? json.results.filter(isObject) : []
  if (results.length === 0) throw new HistoryError('what the server answers is no result of InfluxQL')
  for (const { error } of results) {
    if (typeof error !== 'string') continue
    throw new HistoryError(`"${error}"${/not found/.test(error) ? `, ${explainStatus(404, target)}` : ''}`)
  }
  const rowsOf = (index: number, measurement: string) => toRows(results[index], measurement)
  return {
    builds: rowsOf(0, query.measurement).map(({ row }) => toBuild(row, query.fields)),
    steps:
      query.stepMeasurement === undefined
        ? []
        : rowsOf(1, query.stepMeasurement).flatMap(({ row, tags }) => toStep(row, tags)),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function explainStatus(status: number, target: InfluxTarget): string {
  const what = target.api === 'v1' ? 'user' : 'token'
  const place = target.api === 'v2' ? `the bucket "${target.bucket}"` : `the database "${target.database}"`
  switch (status) {
    case 401:
      // v2 says so, too, where a token may write and not read.
      return `check that the ${what} is right and may read ${place}`
    case 403:
      return `the ${what} may write to ${place} and not read it: let it read, or leave compare out`
    case 404:
      return target.api === 'v2'
        ? `check that ${place} is mapped to a database of this name (influx v1 dbrp create)`
        : `check that ${place} exists, and that the server answers InfluxQL`
    default:
      return ''
  }
}

type Row = ReadonlyMap<string, unknown>

/** Servers that know no InfluxQL answer with something else: VictoriaMetrics lists its databases. */
function toRows(result: JsonObject | undefined, measurement: string): { row: Row; tags: JsonObject }[] {
  const series = Array.isArray(result?.series) ? result.series.filter(isObject) : []
  return series.flatMap(({ name, columns, values, tags }) => {
    if (name !== measurement || !Array.isArray(columns) || !columns.includes('time')) {
      throw new HistoryError('the server does not answer InfluxQL, in which earlier builds are asked for')
    }
    const rows = Array.isArray(values) ? values.filter(Array.isArray) : []
    return rows.map((row) => ({
      row: new Map(columns.map((column, index) => [String(column), row[index] as unknown])),
      tags: isObject(tags) ? tags : {},
    }))
  })
}

function toBuild(row: Row, fields: readonly string[]): PastBuild {
  const values = fields.flatMap((field) => {
    const value = toNumber(row.get(field))
    return value === undefined ? [] : [[field, value] as const]
  })
  return {
    endMs: toNumber(row.get('time')) ?? 0,
    runId: toNumber(row.get('run_id')),
    attempt: toNumber(row.get('attempt')),
    number: toNumber(row.get('number')),
    values: new Map(values),
    isCallerUnknown: row.get('caller_unknown') === true,
  }
}

function toStep(row: Row, { step }: JsonObject): PastStep[] {
  const duration = toNumber(row.get('duration'))
  if (duration === undefined || typeof step !== 'string') return []
  return [{ runId: toNumber(row.get('run_id')), attempt: toNumber(row.get('attempt')), name: step, duration }]
}

function toNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}
