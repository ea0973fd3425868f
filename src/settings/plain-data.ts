import type { Json } from '../build/json.ts'
import { parseText } from '../build/value.ts'
import { keepWritten } from '../build/written-numbers.ts'
import { isNull, PlainText } from './plain-text.ts'

/** Converts YAML to plain data. parseText reads its plain scalars; numbers keep their digits. An alias becomes a copy. */
export function toPlainData(value: unknown): Json {
  if (value instanceof PlainText) return isNull(value) ? null : parseText(value.text)
  if (typeof value !== 'object' || value === null) return value as Json
  const copy: Json[] | Record<string, Json> = Array.isArray(value) ? [] : {}
  for (const [key, inner] of Object.entries(value)) {
    const json = toPlainData(inner)
    Object.defineProperty(copy, key, { value: json, enumerable: true, configurable: true, writable: true })
    if (typeof json === 'number' && inner instanceof PlainText) keepWritten(copy, key, json, inner.text)
  }
  return copy
}

/** Top-level values stay text; parseText reads the values in lists and maps. */
export function toPropertyValues(map: object): Json {
  const texts = Object.entries(map).map(([key, value]) => [
    key,
    value instanceof PlainText && !isNull(value) ? value.text : value,
  ])
  return toPlainData(Object.fromEntries(texts))
}
