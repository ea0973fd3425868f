import type { Json } from '../build/json.ts'
import { keepWritten } from '../build/json-text.ts'
import { readText } from '../build/value.ts'

/** A scalar of YAML without quotes: text that may be a number, which readText says. */
export class PlainText {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** What YAML writes for nothing. */
export function isNull({ text }: PlainText): boolean {
  return text === '~'
}

/** YAML as plain data: its plain scalars as readText reads them, numbers with their digits. An alias is a copy. */
export function toPlainData(value: unknown): Json {
  if (value instanceof PlainText) return isNull(value) ? null : readText(value.text)
  if (typeof value !== 'object' || value === null) return value as Json
  const copy: Json[] | Record<string, Json> = Array.isArray(value) ? [] : {}
  for (const [key, inner] of Object.entries(value)) {
    const json = toPlainData(inner)
    Object.defineProperty(copy, key, { value: json, enumerable: true, configurable: true, writable: true })
    if (typeof json === 'number' && inner instanceof PlainText) keepWritten(copy, key, json, inner.text)
  }
  return copy
}
