import { cutText } from '../build/cut-text.ts'
import type { FieldValue } from '../build/data.ts'
import type { Json } from '../build/json.ts'
import type { ValueType } from './rules.ts'

const int64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n }

/**
 * A decimal number as tools print it. An exponent needs a sign or a point before it (`1e-07`, `1.5E10`): in a commit's
 * hash such as `12e4567` the `e` is a digit.
 */
const decimal = /^[+-]?(?:\d+(?:[eE][+-]\d+)?|(?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?)$/
const anyDecimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/

/** A value that cannot be of the type asked for; the message says what would be right. */
export class ValueError extends Error {}

/**
 * Turns a property's value into a field's. Without a type, text that is a decimal number is a float, `true` and `false`
 * are booleans and everything else is a string; lists and objects become JSON text.
 * @throws ValueError
 */
export function toFieldValue(value: Json, type: ValueType | undefined): FieldValue {
  if (value === null) throw new ValueError('is null')
  const text = String(toScalar(value))
  if (text.trim() === '' && type !== 'string') throw new ValueError('is empty')
  switch (type) {
    case 'string':
      return text
    case 'float':
      return parseFloatText(value, text)
    case 'int':
      return parseIntText(text)
    case 'boolean':
      return parseBooleanText(text)
    case undefined:
      return typeof value === 'string' ? guessValue(value) : toScalar(value)
  }
}

/**
 * A JSON value as a field holds it: lists and objects become JSON text.
 * @throws ValueError for what JSON can say and no field holds: a number beyond floats, a list deeper than the stack
 */
export function toScalar(value: Exclude<Json, null>): number | boolean | string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new ValueError('holds a number beyond 64-bit floats')
  if (typeof value !== 'object') return value
  try {
    return JSON.stringify(value)
  } catch {
    throw new ValueError('holds a list or object that is nested too deep')
  }
}

function guessValue(text: string): FieldValue {
  const trimmed = text.trim()
  if (trimmed === 'true' || trimmed === 'false') return trimmed === 'true'
  const number = decimal.test(trimmed) ? Number(trimmed) : Number.NaN
  return Number.isFinite(number) ? number : text
}

function parseFloatText(value: Json, text: string): number {
  const number = typeof value !== 'boolean' && anyDecimal.test(text.trim()) ? Number(text) : Number.NaN
  if (!Number.isFinite(number)) throw new ValueError(`is ${quote(text)}, no finite decimal number (type: float)`)
  return number
}

function parseIntText(text: string): bigint {
  const whole = /^([+-]?\d+)(?:\.0*)?$/.exec(text.trim())?.[1]
  if (whole === undefined) throw new ValueError(`is ${quote(text)}, no whole number (type: int); try type: float`)
  const value = BigInt(whole.replace('+', ''))
  if (value < int64.min || value > int64.max)
    throw new ValueError(`is ${quote(text)}, more than 64 bits hold (type: int)`)
  return value
}

function parseBooleanText(text: string): boolean {
  const word = text.trim().toLowerCase()
  if (word !== 'true' && word !== 'false')
    throw new ValueError(`is ${quote(text)}, neither true nor false (type: boolean)`)
  return word === 'true'
}

function quote(text: string): string {
  return JSON.stringify(cutText(text, 60))
}
