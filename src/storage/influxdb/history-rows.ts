import { isObject, type JsonObject } from '../../build/json.ts'
import type { PastBuild, PastStep } from '../../compare/history-query.ts'
import { factFields } from '../../compare/lasting-change.ts'

/** Earlier builds could not be read; the message is a clause that says why, and what to change. */
export class HistoryError extends Error {}

/** Rows of one statement. */
export type Result = readonly { readonly row: Row; readonly tags: JsonObject }[]
type Row = Pick<ReadonlyMap<string, unknown>, 'get'>

/** Servers without InfluxQL answer with something else: VictoriaMetrics lists its databases. */
export function toRows(result: JsonObject | undefined, measurement: string): Result {
  const series = Array.isArray(result?.series) ? result.series.filter(isObject) : []
  return series.flatMap(({ name, columns, values, tags }) => {
    if (name !== measurement || !Array.isArray(columns) || !columns.includes('time')) {
      throw new HistoryError('the server does not answer InfluxQL, the language in which earlier builds are queried')
    }
    const rows: unknown[][] = Array.isArray(values) ? values.filter(Array.isArray) : []
    const places = new Map(columns.map((column, index) => [String(column), index]))
    const toRow = (row: unknown[]) => ({ get: (column: string) => row[places.get(column) ?? row.length] })
    return rows.map((row) => ({ row: toRow(row), tags: isObject(tags) ? tags : {} }))
  })
}

export function toBuild(row: Row, fields: readonly string[], legTags: readonly string[] = []): PastBuild {
  const values = fields.flatMap((field) => {
    const value = toNumber(row.get(field))
    return value === undefined ? [] : [[field, value] as const]
  })
  return {
    endMs: toNumber(row.get('time')) ?? 0,
    runId: toNumber(row.get('run_id')),
    attempt: toNumber(row.get('attempt')),
    number: toNumber(row.get('number')),
    ...toLeg(legTags, (tag) => row.get(tag)),
    values: new Map(values),
    facts: new Map(factFields.flatMap((field) => toText(field, row.get(field)))),
    isCallerUnknown: row.get('caller_unknown') === true,
  }
}

export function toStep(row: Row, tags: JsonObject, legTags: readonly string[] = []): PastStep[] {
  const { step } = tags
  const duration = toNumber(row.get('duration'))
  if (duration === undefined || typeof step !== 'string') return []
  const leg = toLeg(legTags, (tag) => tags[tag])
  return [{ runId: toNumber(row.get('run_id')), attempt: toNumber(row.get('attempt')), ...leg, name: step, duration }]
}

/** The latest time at which rows of a step begin because of the limit; undefined if all rows were read. */
export function toStepsSince(steps: Result, maxSteps: number): number | undefined {
  // The rows of a series share their tags, and the last row is the oldest.
  const series = [...Map.groupBy(steps, ({ tags }) => tags).values()].filter(({ length }) => length >= maxSteps)
  const times = series.flatMap((rows) => toNumber(rows.at(-1)?.row.get('time')) ?? [])
  return times.length === 0 ? undefined : Math.max(...times)
}

/** A field of data by the build that yielded it; if a build has several values, the last one counts. */
export function toDataValues(
  rows: Result,
  field: string,
  legTags: readonly string[] = [],
): ReadonlyMap<string, number> {
  const values = new Map<string, number>()
  for (const { row } of rows) {
    const value = toNumber(row.get(field))
    const key = keyOf(row, legTags)
    if (value !== undefined && !values.has(key)) values.set(key, value)
  }
  return values
}

/** A key for the job that a row belongs to. */
export function keyOf(row: Row, legTags: readonly string[] = []): string {
  const { leg = '' } = toLeg(legTags, (tag) => row.get(tag))
  return `${row.get('run_id')}/${row.get('attempt')}/${leg}`
}

/** A missing tag is null in a column, and empty in a group. */
function toLeg(tags: readonly string[], read: (tag: string) => unknown): { leg?: string } {
  return tags.length === 0 ? {} : { leg: JSON.stringify(tags.map((tag) => read(tag) ?? '')) }
}

function toText(field: string, value: unknown): [string, string][] {
  return typeof value === 'string' && value !== '' ? [[field, value]] : []
}

function toNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}
