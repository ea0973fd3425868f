import type { FieldValue } from '../../build/data.ts'
import type { Conflict, LostLine } from '../storage.ts'
import type { Answer } from './answer.ts'
import { convertValue } from './convert.ts'
import { type NamedConflict, readConflicts } from './named-conflicts.ts'
import { formatRecord, parseRecord } from './record.ts'

/** Lines whose fields have the types that the server named. */
export interface Mended {
  readonly conflicts: readonly Conflict[]
  /** The lines of the request, without those whose only field cannot be converted. */
  readonly lines: string[]
  /** Those lines, and why they are lost. */
  readonly emptied: readonly LostLine[]
}

/**
 * Converts the fields that a server's answer names as conflicts if that loses nothing, and removes the others. Undefined if
 * the answer names no field of these lines.
 * @param converted the fields that were converted before: a field that conflicts again is removed
 */
export function mendLines(
  lines: readonly string[],
  answer: Answer,
  unsigned: 'u' | 'i',
  converted: Set<string>,
): Mended | undefined {
  const records = lines.map(parseRecord)
  const named = readConflicts(answer, (line) => records[line - 1]?.name)
  if (named.length === 0) return undefined
  const existingOf = indexConflicts(named)
  const found = new Map<string, { -readonly [Key in keyof Conflict]: Conflict[Key] }>()
  const emptied: LostLine[] = []
  const earlier = new Set(converted)

  function convert(measurement: string, field: string, value: FieldValue): FieldValue | undefined {
    const given = typeOf(value, unsigned)
    const existing = existingOf(measurement, field, given)
    if (existing === undefined) return value
    const key = JSON.stringify([measurement, field, given])
    const other = existing === '' || earlier.has(key) ? undefined : convertValue(value, existing)
    const isConverted = other !== undefined && typeOf(other, unsigned) !== given
    if (isConverted) converted.add(key)
    const known = `${key} ${isConverted}`
    const conflict = found.get(known) ?? {
      ...{ measurement, field, given, existing: existing || undefined, points: 0, isConverted },
    }
    conflict.points++
    found.set(known, conflict)
    return isConverted ? other : undefined
  }

  const mended = records.flatMap((record, index): string[] => {
    const line = lines[index] ?? ''
    if (record === undefined) return [line]
    const fields = record.fields.flatMap(([field, value]): [string, FieldValue][] => {
      const other = convert(record.name, field, value)
      return other === undefined ? [] : [[field, other]]
    })
    if (fields.length === 0) {
      emptied.push({ line, reason: 'the database stores all its fields with other types' })
      return []
    }
    const isSame =
      fields.length === record.fields.length && fields.every(([, value], at) => value === record.fields[at]?.[1])
    return [isSame ? line : formatRecord({ ...record, fields }, unsigned)]
  })
  return found.size === 0 ? undefined : { conflicts: [...found.values()], lines: mended, emptied }
}

/** Looks up the database's type of a field; empty if the answer does not name the type, undefined if it does not name the field. */
function indexConflicts(named: readonly NamedConflict[]) {
  const types = new Map<string, string>()
  for (const { measurement, field, given, existing } of named) {
    types.set(JSON.stringify([measurement, field, given]), existing)
  }
  return (measurement: string, field: string, given: string): string | undefined => {
    for (const place of [measurement, anywhere]) {
      const type = types.get(JSON.stringify([place, field, given])) ?? types.get(JSON.stringify([place, field, '']))
      if (type !== undefined) return type
    }
    return undefined
  }
}

/** An answer that names no measurement, as v3 does without a line, applies to all of them. */
const anywhere = undefined

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
