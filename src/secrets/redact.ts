import type { DataRecord, FieldValue } from '../build/data.ts'
import { isDeep } from '../build/depth.ts'
import { copyWritten } from '../build/written-numbers.ts'
import type { Run } from '../capture/callback.ts'
import { maxDepth } from '../limits.ts'
import type { Point } from '../point/point.ts'

export type Redact = (text: string) => string

/**
 * Removes secrets from all texts, keys included; a number that is written like a secret counts. The data must not be deeper
 * than depth.ts allows: this function is recursive.
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

/** The same for a record. Returns the record itself if it contains no secret, as nearly all do. */
export function redactRecord(record: DataRecord, redact: Redact): DataRecord {
  const row = redactRow(record, redact)
  const name = redact(record.name)
  if (row === record && name === record.name && record.json === undefined) return record
  return { ...row, name, ...(record.json === undefined ? {} : { json: redactData(record.json, redact) }) }
}

/** The same for a point. */
export function redactPoint(point: Point, redact: Redact): Point {
  const row = redactRow(point, redact)
  const measurement = redact(point.measurement)
  return row === point && measurement === point.measurement ? point : { ...row, measurement }
}

type Row = Pick<DataRecord, 'tags' | 'fields' | 'written'>

function redactRow<T extends Row>(row: T, redact: Redact): T {
  if (isClean(row, redact)) return row
  const { written } = row
  const fields = row.fields.map(([key, value]): [string, FieldValue] => {
    const text = written?.get(key)
    return [redact(key), text !== undefined && redact(text) !== text ? redact(text) : redactField(value, redact)]
  })
  return {
    ...row,
    tags: [...new Map(row.tags.map(([key, value]) => [redact(key), redact(value)]))],
    fields: [...new Map(fields)],
    ...(written && { written: new Map([...written].filter(([, text]) => redact(text) === text)) }),
  }
}

function isClean({ tags, fields, written }: Row, redact: Redact): boolean {
  for (const [key, value] of tags) if (redact(key) !== key || redact(value) !== value) return false
  for (const [key, value] of fields)
    if (redact(key) !== key || !Object.is(redactField(value, redact), value)) return false
  if (written !== undefined) for (const text of written.values()) if (redact(text) !== text) return false
  return true
}

function redactField(value: FieldValue, redact: Redact): FieldValue {
  const text = typeof value === 'object' ? String(value.value) : String(value)
  const redacted = redact(text)
  return redacted === text ? value : redacted
}

/** Removes secrets from the results of callbacks: an expression may contain a secret, or compute one. */
export function redactAnswers<Call>(run: Run<Call>, redact: Redact): Run<Call> {
  return async (calls) =>
    (await run(calls)).map((answer) => {
      if ('failure' in answer) return { failure: redact(answer.failure) }
      if (isDeep(answer.value)) return { failure: `its result is nested deeper than ${maxDepth} levels` }
      return answer.value === undefined ? answer : redactData(answer, redact)
    })
}
