import { maxFlattened } from '../limits.ts'
import type { FieldValue } from './data.ts'
import { isObject, type JsonObject } from './json.ts'
import { findWritten } from './json-text.ts'
import { toScalar } from './value.ts'

/** The values of a record as they are read; they may include numbers that are not finite. */
export interface RawFields {
  readonly fields: ReadonlyArray<readonly [key: string, value: FieldValue]>
  /** Numbers as they are written, if a float prints them differently. */
  readonly written?: ReadonlyMap<string, string>
}

/**
 * Objects inside a record are flattened (`a_b`), lists become JSON text, nulls are left out. If a key occurs twice, the last value wins.
 * @throws ValueError for a value that no field holds: a list deeper than the stack
 */
export function toFields(record: JsonObject): RawFields {
  const fields = new Map<string, FieldValue>()
  const written = new Map<string, string>()
  const add = (prefix: string, object: JsonObject, depth: number) => {
    for (const [key, value] of Object.entries(object)) {
      const name = prefix + key
      if (isObject(value) && depth < maxFlattened) add(`${name}_`, value, depth + 1)
      else if (value !== null) {
        fields.set(name, typeof value === 'number' ? value : toScalar(value))
        const text = findWritten(object, key)
        if (text === undefined) written.delete(name)
        else written.set(name, text)
      }
    }
  }
  add('', record, 1)
  return written.size === 0 ? { fields: [...fields] } : { fields: [...fields], written }
}
