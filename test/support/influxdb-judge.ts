import { influxError } from './influxdb-errors.ts'
import type { InfluxDatabase } from './influxdb-rules.ts'
import { type ParsedLine, parseLine } from './line-protocol.ts'
import type { Answer } from './loopback.ts'

/** What a server says of lines, and which of them it stores. */
export type Judgement = Answer & { readonly stored: readonly ParsedLine[] }

const reserved = ['_field', '_measurement', 'time']

/** What InfluxDB 1.12.4, 2.7.12 and 3 do with lines that are sound, as far as it was tried: fields keep the type of their first value. */
export function createJudge(api: InfluxDatabase['api']): (lines: readonly string[]) => Judgement {
  const types = new Map<string, string>()

  return (lines) => {
    const parsed = lines.map((line) => ({ line, point: parseLine(line) }))
    if (api === 'v2') {
      const bad = parsed.flatMap(({ line, point }) => {
        const key = Object.keys(point.tags).find((tag) => reserved.includes(tag))
        return key === undefined ? [] : [`unable to parse '${line}': cannot use reserved tag key "${key}"`]
      })
      if (bad.length > 0) return { ...influxError(api, 400, bad.join('\n')), stored: [] }
    }
    const conflicts = parsed.map(({ point }) => findConflict(point))
    const stored = parsed.flatMap(({ point }, index) => (conflicts[index] === undefined ? [point] : []))
    const first = conflicts.find((conflict) => conflict !== undefined)
    if (first === undefined) return { status: 204, stored }
    const dropped = parsed.length - stored.length
    const { field, measurement, given, existing } = first
    const sentence = `partial write: field type conflict: input field ${quoteGo(field)} on measurement ${quoteGo(measurement)} is type ${given}, already exists as type ${existing} dropped=${dropped}`
    switch (api) {
      case 'v1':
        return { ...influxError(api, 400, `${sentence} for database: ci for retention policy: autogen`), stored }
      case 'v2':
        return { ...influxError(api, 422, `failure writing points to database: ${sentence}`), stored }
      case 'v3': {
        const rejected = conflicts.flatMap((conflict, index) =>
          conflict === undefined ? [] : [toRejected(conflict, index + 1, lines[index] ?? '')],
        )
        return { ...influxError(api, 400, 'partial write of line protocol occurred', rejected.slice(0, 100)), stored }
      }
    }
  }

  function findConflict({ measurement, fields }: ParsedLine): Conflict | undefined {
    for (const [field, value] of Object.entries(fields)) {
      const key = JSON.stringify([measurement, field])
      const given = typeOf(value)
      const existing = types.get(key) ?? given
      types.set(key, existing)
      if (existing !== given) return { measurement, field, given, existing }
    }
    return undefined
  }
}

interface Conflict {
  readonly measurement: string
  readonly field: string
  readonly given: string
  readonly existing: string
}

function toRejected({ field, given, existing }: Conflict, line: number, text: string): object {
  const said = `invalid column type for column '${field}', expected iox::column_type::field::${existing}, got iox::column_type::field::${given}`
  return { original_line: text.slice(0, 20), line_number: line, error_message: said }
}

function typeOf(value: ParsedLine['fields'][string]): string {
  return typeof value === 'number' ? 'float' : typeof value === 'bigint' ? 'integer' : typeof value
}

/** As Go's `%q` quotes what tests have. */
function quoteGo(text: string): string {
  return JSON.stringify(text).replace(/[\u00a0\u200b-\u200f\u2028-\u202f\ufeff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}
