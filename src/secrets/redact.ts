import type { DataRecord, FieldValue } from '../build/data.ts'
import { copyWritten } from '../build/json-text.ts'

export type Redact = (text: string) => string

/**
 * The same data without secrets in its texts, keys included; a number that is written as a secret is one. It is no deeper
 * than depth.ts allows, or there would be no end of the stack to it.
 */
export function redactData<T>(value: T, redact: Redact): T {
  return redactValue(value, redact) as T
}

function redactValue(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value)
  if (typeof value === 'number') return redact(String(value)) === String(value) ? value : redact(String(value))
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => redactValue(item, redact))
  const copy = Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [redact(key), redactValue(inner, redact)]),
  )
  copyWritten(value, copy, (text) => redact(text) === text)
  return copy
}

/** The same for a record; the record itself, where it holds no secret: of a million hardly one does. */
export function redactRecord(record: DataRecord, redact: Redact): DataRecord {
  if (isClean(record, redact)) return record
  const { json, written, ...rest } = record
  const fields = record.fields.map(([key, value]): [string, FieldValue] => {
    const text = written?.get(key)
    return [redact(key), text !== undefined && redact(text) !== text ? redact(text) : redactField(value, redact)]
  })
  return {
    ...rest,
    name: redact(record.name),
    tags: [...new Map(record.tags.map(([key, value]) => [redact(key), redact(value)]))],
    fields: [...new Map(fields)],
    ...(json === undefined ? {} : { json: redactData(json, redact) }),
    ...(written === undefined ? {} : { written: new Map([...written].filter(([, text]) => redact(text) === text)) }),
  }
}

function isClean({ name, tags, fields, json, written }: DataRecord, redact: Redact): boolean {
  if (json !== undefined || redact(name) !== name) return false
  for (const [key, value] of tags) if (redact(key) !== key || redact(value) !== value) return false
  for (const [key, value] of fields)
    if (redact(key) !== key || !Object.is(redactField(value, redact), value)) return false
  if (written !== undefined) for (const text of written.values()) if (redact(text) !== text) return false
  return true
}

function redactField(value: FieldValue, redact: Redact): FieldValue {
  if (typeof value === 'boolean') return value
  const text = typeof value === 'object' ? String(value.value) : String(value)
  const redacted = redact(text)
  return redacted === text ? value : redacted
}
