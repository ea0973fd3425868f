import { type FieldValue, Unsigned } from '../build/data.ts'
import { isNoNumber } from '../build/numerals.ts'
import type { Reading } from './cursor.ts'
import { type LineProblem, problemWith } from './problem.ts'

const maxInt64 = 2n ** 63n - 1n
const minInt64 = -(2n ** 63n)

// InfluxDB reserves the outermost values of int64.
const maxTime = maxInt64 - 1n
const minTime = minInt64 + 2n

const zero = 48
const letterI = 105

const booleans = new Map([
  ...['t', 'T', 'true', 'True', 'TRUE'].map((text) => [text, true] as const),
  ...['f', 'F', 'false', 'False', 'FALSE'].map((text) => [text, false] as const),
])

// No two parts of a pattern can match the same characters, so that a long run of digits takes linear time.
const float = /^-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/
const integer = /^-?\d+$/
const digits = /^\d+$/

/** Any field value but a quoted string. `text` is not empty. */
export function parseFieldValue(text: string, reading: Reading = 'strict'): FieldValue | LineProblem {
  const whole = toShortWhole(text)
  if (whole !== undefined) return text.endsWith('i') ? BigInt(whole) : whole
  if (float.test(text)) {
    const number = Number(text)
    return Number.isFinite(number) || reading === 'data' ? number : problemWith('the number is out of range', text)
  }
  const boolean = booleans.get(text)
  if (boolean !== undefined) return boolean
  const body = text.slice(0, -1)
  if (text.endsWith('i') && integer.test(body)) {
    return toInteger(body, minInt64, maxInt64) ?? problemWith('the integer is out of range', text)
  }
  if (text.endsWith('u') && digits.test(body)) {
    const value = toInteger(body, 0n, maxInt64)
    return value === undefined
      ? problemWith('the unsigned integer is greater than 2^63 - 1', text)
      : new Unsigned(value)
  }
  if (reading === 'data') {
    if (/^\+[\d.]/.test(text) && float.test(text.slice(1))) return Number(text)
    if (isNoNumber(text) || text === 'null') return Number.NaN
  }
  return /^[-+.\d]/.test(text)
    ? problemWith(reading === 'data' ? 'not a number, and text needs double quotes' : 'not a number', text)
    : problemWith('neither a number nor a boolean, and text needs double quotes', text)
}

/** The fast path for most values: up to 15 digits, with or without an `i` after them. */
function toShortWhole(text: string): number | undefined {
  const { length } = text
  const end = text.charCodeAt(length - 1) === letterI ? length - 1 : length
  if (end === 0 || end > 15) return undefined
  let value = 0
  for (let i = 0; i < end; i++) {
    const digit = text.charCodeAt(i) - zero
    if (digit < 0 || digit > 9) return undefined
    value = value * 10 + digit
  }
  return value
}

/** Nanoseconds since 1970. */
export function parseTimestamp(text: string): bigint | LineProblem {
  if (!integer.test(text)) return problemWith('the timestamp is not a whole number', text)
  return toInteger(text, minTime, maxTime) ?? problemWith('the timestamp is out of range', text)
}

/** Converts text that matches `integer`; undefined if it is out of range. */
function toInteger(text: string, min: bigint, max: bigint): bigint | undefined {
  // A million digits would be slow to convert. Beyond twenty, they are leading zeros or out of range.
  const short = text.length > 20 ? text.replace(/^(-?)0+(?=\d)/, '$1') : text
  if (short.length > 20) return undefined
  const value = BigInt(short)
  return value < min || value > max ? undefined : value
}
