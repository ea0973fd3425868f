import type { DataRecord, FieldValue } from '../../build/data.ts'
import { isObject } from '../../build/json.ts'
import { LineProtocolParser } from '../../point/line-protocol.ts'
import { toLine } from '../line.ts'

/** A field that the database has as another type; points are written without it. */
export interface Conflict {
  readonly measurement: string
  readonly field: string
  /** Types as InfluxDB names them: float, integer, unsigned, string, boolean. */
  readonly given: string
  /** What the database has; undefined where it does not say. */
  readonly existing: string | undefined
  /** How many points lack the field. */
  readonly points: number
}

/** Lines without the fields that a server named, and what is to be sent once more. */
export interface Mended {
  readonly conflicts: readonly Conflict[]
  /** All lines of the request; those that were nothing but the field are gone. */
  readonly lines: string[]
  /** Those of them that differ from what was sent. */
  readonly changed: string[]
  /** Lines that were nothing but the field. */
  readonly emptied: number
}

/**
 * Takes the fields out of lines that a server's answer names as conflicts: v1's and v2's `field type conflict: input field "x" on
 * measurement "m" is type string, already exists as type float`, and v3's lines with `invalid column type for column 'x'`. Names are
 * looked for, not read, as nothing in the answer tells a quote in a name from the one behind it. Undefined where the answer names
 * nothing of these lines.
 */
export function mendLines(lines: readonly string[], answer: string, unsigned: 'u' | 'i'): Mended | undefined {
  if (!/conflict|column type/.test(answer)) return undefined
  const records = lines.map(parseLine)
  const said = readAnswer(answer, (line) => records[line - 1]?.name)
  const found = new Map<string, { -readonly [Key in keyof Conflict]: Conflict[Key] }>()
  const passed = new Set<string>()
  const mended = records.map((record, index): string | undefined => {
    const line = lines[index] ?? ''
    if (record === undefined) return line
    const kept = record.fields.filter(([field, value]) => {
      const given = typeOf(value, unsigned)
      const key = JSON.stringify([record.name, field, given])
      let conflict = found.get(key)
      if (conflict === undefined && !passed.has(key)) {
        const existing = findExisting(said, record.name, field, given)
        if (existing === undefined) passed.add(key)
        else {
          conflict = { measurement: record.name, field, given, existing: existing || undefined, points: 0 }
          found.set(key, conflict)
        }
      }
      if (conflict === undefined) return true
      conflict.points++
      return false
    })
    if (kept.length === record.fields.length) return line
    if (kept.length === 0) return undefined
    const { name: measurement, tags, timeNs } = record
    return toLine({ measurement, tags, fields: kept, ...(timeNs === undefined ? {} : { timeNs }) }, unsigned)
  })
  if (found.size === 0) return undefined
  const left = mended.filter((line) => line !== undefined)
  return {
    conflicts: [...found.values()],
    lines: left,
    changed: mended.filter((line, index): line is string => line !== undefined && line !== lines[index]),
    emptied: lines.length - left.length,
  }
}

function parseLine(line: string): DataRecord | undefined {
  const parser = new LineProtocolParser()
  const parsed = [...parser.push(line), ...parser.end()]
  return parsed.length === 1 && parsed[0] !== undefined && 'record' in parsed[0] ? parsed[0].record : undefined
}

/** What an answer says: its sentences, and those that v3 says of single lines, by measurement. */
interface Said {
  readonly all: string
  readonly byMeasurement: ReadonlyMap<string, string>
}

/** JSON hides quotes in names behind backslashes: its texts are what is read. */
function readAnswer(answer: string, measurementOf: (line: number) => string | undefined): Said {
  const texts: string[] = []
  const byMeasurement = new Map<string, string>()
  try {
    const json: unknown = JSON.parse(answer, (_, value: unknown) => {
      if (typeof value === 'string') texts.push(value)
      return value
    })
    const lines = isObject(json) && Array.isArray(json.data) ? json.data.filter(isObject) : []
    for (const { line_number: line, error_message: text } of lines) {
      const measurement = measurementOf(Number(line))
      if (measurement === undefined) continue
      byMeasurement.set(measurement, `${byMeasurement.get(measurement) ?? ''}${text}\n`)
    }
  } catch {
    return { all: answer, byMeasurement }
  }
  return { all: texts.join('\n'), byMeasurement }
}

/** The type that the database has; empty where it does not say, undefined where the answer does not name the field. */
function findExisting(said: Said, measurement: string, field: string, given: string): string | undefined {
  const older = `input field "${field}" on measurement "${measurement}" is type ${given}, already exists as type `
  const at = said.all.indexOf(older)
  if (at >= 0) return /^\w+/.exec(said.all.slice(at + older.length))?.[0] ?? ''
  // v3 calls a field a column.
  const newer = `column type for column '${field}', expected iox::column_type::`
  const text = said.byMeasurement.get(measurement) ?? (said.byMeasurement.size === 0 ? said.all : '')
  const from = text.indexOf(newer)
  if (from < 0) return undefined
  const rest = text.slice(from + newer.length)
  const [, existing = '', got = ''] = /^(?:field::)?(\w+), got iox::column_type::(?:field::)?(\w+)/.exec(rest) ?? []
  return got === '' || got === given ? existing : undefined
}

function typeOf(value: FieldValue, unsigned: 'u' | 'i'): string {
  switch (typeof value) {
    case 'number':
      return 'float'
    case 'bigint':
      return 'integer'
    case 'object':
      return unsigned === 'u' ? 'unsigned' : 'integer'
    default:
      return typeof value
  }
}
