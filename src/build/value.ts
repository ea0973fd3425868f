import { cutText } from './cut-text.ts'
import type { FieldValue } from './data.ts'
import type { Json } from './json.ts'
import { parseBytes, parsePercent, parseSeconds } from './measures.ts'
import { explainNumeral, isNoNumber, parseDecimal, parseNumeral, parseWhole } from './numerals.ts'
import type { ValueType } from './value-types.ts'

/** A value that cannot be stored, or not as the requested type; the message says what would be valid. */
export class ValueError extends Error {}

/** The types whose values are floats: how their text is parsed, and how invalid text is described. */
const floatTypes: Record<
  Exclude<ValueType, 'int' | 'string' | 'boolean'>,
  [parse: (text: string) => number | undefined, what: string]
> = {
  float: [parseNumeral, 'a finite decimal number'],
  percent: [parsePercent, 'a percentage such as 83.3%'],
  seconds: [parseSeconds, 'a duration such as 2m 3.5s, 120ms, 00:02:03 or PT2M3S'],
  bytes: [parseBytes, 'a size such as 512 B, 4.2 MB or 4.2 MiB'],
}

/**
 * Reads text that has no type, the same for every source: a decimal number is a float, `true` and `false` are
 * booleans, `null` and blanks are null, `NaN` and `Infinity` are a number that is not finite; everything else stays text.
 */
export function parseText(text: string): null | boolean | number | string {
  const trimmed = text.trim()
  if (trimmed === 'true' || trimmed === 'false') return trimmed === 'true'
  if (trimmed === 'null' || trimmed === '') return null
  return parseDecimal(trimmed) ?? (isNoNumber(trimmed) ? Number.NaN : text)
}

/**
 * Turns a property's value into a field's. Without a type, text is read as `parseText` does, and lists and objects become JSON text.
 * @param written a number as it is written in its source, if a float prints it differently: `1.20`, `9007199254740993`
 * @throws ValueError
 */
export function toFieldValue(value: Json, type: ValueType | undefined, written?: string): FieldValue {
  if (type === undefined) {
    if (typeof value === 'string' && value.trim() === '') throw new ValueError('is empty')
    const read = typeof value === 'string' ? parseText(value) : value
    if (Number.isNaN(read))
      throw new ValueError(`is ${cutText(written ?? String(value).trim(), 60)}, not a finite 64-bit number`)
    return toScalar(read)
  }
  if (value === null) throw new ValueError('is null')
  const text = written ?? (typeof value === 'number' ? String(value) : String(toScalar(value)))
  if (type === 'string') return text
  const trimmed = text.trim()
  if (trimmed === '') throw new ValueError('is empty')
  switch (type) {
    case 'boolean':
      if (!/^(?:true|false)$/i.test(trimmed)) throw explainMismatch(text, type, 'true or false')
      return trimmed.toLowerCase() === 'true'
    case 'int': {
      const whole = parseWhole(trimmed)
      if (whole === 'range') throw new ValueError(`is ${quote(text)}, which does not fit in 64 bits (type: int)`)
      if (whole === undefined) throw explainMismatch(text, type, 'a whole number', 'try type: float')
      return whole
    }
    default: {
      const [parse, what] = floatTypes[type]
      const number = typeof value === 'number' && Number.isFinite(value) ? value : parse(trimmed)
      if (number === undefined) throw explainMismatch(text, type, what)
      return number
    }
  }
}

/**
 * Converts a JSON value to a field's: lists and objects become JSON text.
 * @throws ValueError for a value that no field holds: null, a number that is not finite, a list deeper than the stack
 */
export function toScalar(value: Json): number | boolean | string {
  if (value === null) throw new ValueError('is null')
  if (typeof value === 'number' && !Number.isFinite(value)) throw new ValueError('is not a finite 64-bit number')
  if (typeof value !== 'object') return value
  try {
    return JSON.stringify(value)
  } catch {
    throw new ValueError('contains a list or object that is nested too deeply')
  }
}

function explainMismatch(text: string, type: ValueType, what: string, remedy?: string): ValueError {
  const hint = explainNumeral(cutText(text.trim(), 60)) ?? remedy
  return new ValueError(`is ${quote(text)}, not ${what} (type: ${type})${hint === undefined ? '' : `; ${hint}`}`)
}

/**
 * A clause about a surprising effect on a value without a type: an integer loses digits as a float; text that people read
 * as a number is stored as text.
 * @param written the value as it is written in its source
 * @param say words the type as a rule gives it: `"type: int"`
 */
export function explainUntyped(
  value: FieldValue,
  written: string,
  say: (type: ValueType) => string,
): string | undefined {
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value) || !/^[+-]?\d+$/.test(written)) return undefined
    return `is ${cutText(written, 60)}, an integer with more digits than a float can store; ${say('int')} or string keeps all digits`
  }
  const near = typeof value === 'string' ? findNearType(value) : undefined
  if (near === undefined) return undefined
  return `is stored as text, ${quote(written)}; ${typeof near === 'string' ? `${say(near)} stores it as a number` : near.hint}`
}

/** The type that would parse a text, or what to write instead. Undefined if people would not read it as a number. */
export function findNearType(text: string): ValueType | { readonly hint: string } | undefined {
  // Most text is not a number: a quick check avoids the slower ones.
  if (text.length > 60 || !/^\s*[-+\d.PTF\u2010-\u2013\u2212\uff10-\uff19]/i.test(text)) return undefined
  const trimmed = text.trim()
  if (/^(?:true|false)$/i.test(trimmed)) return 'boolean'
  // A number in quotes is text on purpose: `"20"`.
  if (parseDecimal(trimmed) !== undefined) return undefined
  for (const type of ['float', 'percent', 'seconds', 'bytes'] as const) {
    if (floatTypes[type][0](trimmed) !== undefined) return type
  }
  const hint = explainNumeral(trimmed)
  return hint === undefined ? undefined : { hint }
}

function quote(text: string): string {
  return JSON.stringify(cutText(text, 60))
}
