import { inspect, isDeepStrictEqual } from 'node:util'
import { expect } from 'vitest'
import { type DataRecord, type FieldValue, Unsigned } from '../../src/build/data.ts'
import { LineProtocolParser, type ParsedLine } from '../../src/line-protocol/reader.ts'
import { type Influxd, quoteIdentifier } from './influxd.ts'
import { laxer, type StoredPoint, stricter } from './line-protocol-differences.ts'

export interface ServerAnswer {
  readonly isRefused: boolean
  readonly message: string
  readonly points: StoredPoint[]
}

/** Fails unless the two agree on the text, or differ in the ways that are listed. */
export async function compare(influxd: Influxd, text: string): Promise<void> {
  const parsed = parse(text)
  const answer = await store(influxd, text)
  const problem = parsed.find((line) => 'problem' in line)?.problem
  if ((problem !== undefined) === answer.isRefused && isDeepStrictEqual(toPoints(parsed), answer.points)) return

  // Lines that InfluxDB tells apart, and the parser too: each on its own.
  const end = findServerLineEnd(text)
  if (end < text.length && isSplitAt(parsed, text, end)) return compareParts(influxd, text, end)
  // Lines that InfluxDB joins, and refuses or leaves out: the parser tells them apart.
  const lineBreak = text.indexOf('\n')
  if (lineBreak !== -1 && lineBreak < end && isSplitAt(parsed, text, lineBreak)) {
    const isStored = answer.points.length > 0
    const isStricter =
      /\\\r?\n/.test(text) || stricter.some((known) => problem !== undefined && known.problem.test(problem))
    if (!isStored || isStricter) return compareParts(influxd, text, lineBreak)
  }
  for (const { rewrite } of laxer) {
    const other = rewrite(text)
    if (other === undefined) continue
    expect(toPoints(parse(other)).map(toSigned)).toEqual(toPoints(parsed).map(toSigned))
    return compare(influxd, other)
  }
  if (looksForStringsEarly(text) && answer.isRefused) return
  // InfluxDB 1.12 stores the line without its field `time`, and says so.
  const isStored = !answer.isRefused || answer.message.includes('has been stripped')
  if (isStored && stricter.some((known) => problem !== undefined && known.problem.test(problem))) return
  expect.fail(`${JSON.stringify(text)}: read ${inspect(parsed)}, but the server ${inspect(answer)}`)
}

/** Whether the parser finds the same in the two parts that a line break divides as in the whole. */
function isSplitAt(parsed: readonly ParsedLine[], text: string, lineBreak: number): boolean {
  const head = text.slice(0, lineBreak)
  const lines = head.split('\n').length
  const tail = parse(text.slice(lineBreak + 1)).map((line) => ({ ...line, line: line.line + lines }))
  const withoutReason = (line: ParsedLine) => ('problem' in line ? { ...line, problem: '' } : line)
  return isDeepStrictEqual([...parse(head), ...tail].map(withoutReason), parsed.map(withoutReason))
}

async function compareParts(influxd: Influxd, text: string, lineBreak: number): Promise<void> {
  await compare(influxd, text.slice(0, lineBreak))
  await compare(influxd, text.slice(lineBreak + 1))
}

/**
 * Where InfluxDB's first line ends, as its `scanLine` finds it (models/points.go): it does not read the line for that, but
 * counts signs behind the first space.
 */
function findServerLineEnd(text: string): number {
  let isQuoted = false
  let hasFields = false
  let balance = 0
  for (let i = 0; i < text.length; i++) {
    const character = text[i]
    if (character === '\\' && i + 2 < text.length) i++
    else if (character === ' ') hasFields = true
    else if (hasFields && !isQuoted && character === '=') balance++
    else if (hasFields && !isQuoted && character === ',') balance--
    else if (hasFields && character === '"' && balance > 0) isQuoted = !isQuoted
    else if (character === '\n' && !isQuoted) return i
  }
  return text.length
}

/** Two backslashes and a space in a tag, from where on InfluxDB looks for quotes, although the fields come later. */
function looksForStringsEarly(text: string): boolean {
  return /^[^\n]*\\\\ [^\n]*"/.test(text) && text.includes('\n')
}

export function parse(text: string): ParsedLine[] {
  const parser = new LineProtocolParser()
  return [...parser.push(text), ...parser.end()]
}

let databases = 0

/** Writes the text to a database of its own, and reads all of it back. */
export async function store(influxd: Influxd, text: string): Promise<ServerAnswer> {
  const database = `lines${databases++}`
  await influxd.createDatabase(database)
  const { status, body } = await influxd.write(database, text)
  const types = new Map<string, Map<string, string>>()
  for (const { name, rows } of await influxd.query(database, 'SHOW FIELD KEYS')) types.set(name, new Map(rows as []))
  // Of fields with one name in several measurements, a query over all shows those of one type only; but not every name
  // can be written in a query.
  const names = [...types.keys()]
  const sources = names.every((name) => /^\w+$/.test(name)) ? names.map(quoteIdentifier) : ['/.*/']
  const selects = sources.map((source) => `SELECT * FROM ${source} GROUP BY *`)
  const series = selects.length === 0 ? [] : await influxd.query(database, selects.join(';'))
  await influxd.query('', `DROP DATABASE ${database}`)
  const points = series.flatMap(({ name, tags, columns, rows }) =>
    rows.map(([time, ...values]) => ({
      name,
      tags: Object.fromEntries(Object.entries(tags).filter(([, value]) => value !== '')),
      fields: Object.fromEntries(
        values.flatMap((value, i) => {
          const key = columns[i + 1] ?? ''
          return value === null ? [] : [[key, toFieldValue(value, types.get(name)?.get(key))] as const]
        }),
      ),
      timeNs: isNow(time as bigint) ? undefined : (time as bigint),
    })),
  )
  return { isRefused: status === 400, message: body === '' ? '' : JSON.parse(body).error, points: sort(points) }
}

/** JSON knows one kind of number; the field's type says which it was. */
function toFieldValue(value: unknown, type: string | undefined): FieldValue {
  if (type === 'integer') return BigInt(value as number | bigint)
  return typeof value === 'bigint' ? Number(value) : (value as FieldValue)
}

function isNow(timeNs: bigint): boolean {
  return Math.abs(Number(timeNs / 1_000_000n) - Date.now()) < 600_000
}

/** The points that the records make in a database, where fields of one series and time are united. */
export function toPoints(parsed: readonly ParsedLine[]): StoredPoint[] {
  const points = new Map<string, StoredPoint>()
  for (const line of parsed) {
    if ('problem' in line) continue
    const { name, tags, fields, timeNs }: DataRecord = line.record
    const point = { name, tags: Object.fromEntries(tags), fields: Object.fromEntries(fields), timeNs }
    const key = toKey(point)
    points.set(key, { ...point, fields: { ...points.get(key)?.fields, ...point.fields } })
  }
  return sort([...points.values()])
}

function toKey({ name, tags, timeNs }: StoredPoint): string {
  return JSON.stringify([name, Object.entries(tags).sort(), String(timeNs)])
}

function sort(points: readonly StoredPoint[]): StoredPoint[] {
  return [...points].sort((a, b) => (toKey(a) < toKey(b) ? -1 : 1))
}

function toSigned(point: StoredPoint): StoredPoint {
  const fields = Object.entries(point.fields).map(([key, value]) => [
    key,
    value instanceof Unsigned ? value.value : value,
  ])
  return { ...point, fields: Object.fromEntries(fields) }
}
