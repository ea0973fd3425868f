import type { Fields, FieldValue } from '../build/data.ts'
import { backslash, type Cursor, comma, equals, incomplete, quote, space } from './cursor.ts'
import { Pairs } from './pairs.ts'
import { LineProblem } from './problem.ts'
import { parseFieldValue } from './value.ts'

/** The greatest length of the server's key of a field: measurement and tags as they are written, four bytes, and the field's name. */
const maxKeyBytes = 65_535

/** Leaves the cursor at the space after the fields, or at the end. Measurement and tags are from `seriesStart` to the cursor. */
export function scanFields(cursor: Cursor, seriesStart: number): Fields | undefined {
  const { text, at: seriesEnd } = cursor
  const fields = new Pairs<FieldValue>()
  let seriesBytes: number | undefined
  cursor.skipBlanks()
  for (;;) {
    const from = cursor.at
    const rawKey = scanFieldKey(cursor)
    if (rawKey === undefined) return undefined
    if ((seriesEnd - seriesStart + 4 + rawKey.length) * 3 > maxKeyBytes) {
      seriesBytes ??= countBytes(text.slice(seriesStart, seriesEnd))
      if (seriesBytes + 4 + countBytes(rawKey) > maxKeyBytes) {
        return cursor.fail(new LineProblem('measurement, tags and the name of a field have more than 65,531 bytes'))
      }
    }
    const key = rawKey.includes('\\') ? rawKey.replace(/\\([, ="])/g, '$1') : rawKey
    if (key === 'time' && cursor.reading === 'strict') {
      return cursor.fail(new LineProblem('a field cannot be called "time": the time is a number after the fields'))
    }
    const valueStart = cursor.at
    const value = scanFieldValue(cursor, from)
    if (value === undefined) return undefined
    if (typeof value === 'number' && cursor.reading === 'data')
      keepWritten(cursor, key, value, text.slice(valueStart, cursor.at))
    const known = fields.indexOf(key)
    if (known === -1) fields.push(key, value)
    else if (typeof fields.list[known]?.[1] === typeof value) fields.list[known] = [key, value]
    else return cursor.failWith('the same field appears twice with different types', key)
    if (cursor.codeAt(cursor.at) === space) return fields.list
    cursor.at++
  }
}

function keepWritten(cursor: Cursor, key: string, value: number, written: string): void {
  if (String(value) === written) cursor.written?.delete(key)
  else {
    cursor.written ??= new Map()
    cursor.written.set(key, written)
  }
}

/** Returns a field's name as it is written, and leaves the cursor after the equals sign. */
function scanFieldKey(cursor: Cursor): string | undefined {
  const { text, at, end } = cursor
  let i = at
  for (; i < end; i++) {
    const code = text.charCodeAt(i)
    if (code === equals || code === comma || code === space) break
    // Here, unlike in measurement and tags, a backslash escapes any next character.
    if (code === backslash) i++
  }
  if (i === at) {
    if (text.charCodeAt(at - 1) === comma) return cursor.failWith('no field after a comma', cursor.rest(cursor.start))
    if (at === end) return cursor.failWithoutFields()
    return cursor.failWith('a field has no name', cursor.rest(at))
  }
  if (i >= end || text.charCodeAt(i) !== equals) {
    const name = text.slice(at, Math.min(i, end))
    const isDecimal = /^\d+$/.test(name) && text.charCodeAt(at - 1) === comma
    return cursor.failWith(
      isDecimal ? 'a comma starts a new field: write decimals with a point' : 'a field has no value',
      name,
    )
  }
  const raw = text.slice(at, i)
  // InfluxDB reads the sign as a part of the name, which then continues to the next sign.
  if (raw.endsWith('\\')) return cursor.failWith('the name of a field ends in a backslash', raw)
  cursor.at = i + 1
  return raw
}

/** Leaves the cursor at the comma or space after the value, or at the end. `from`: where the field starts. */
function scanFieldValue(cursor: Cursor, from: number): FieldValue | undefined {
  const { text, at, end } = cursor
  if (cursor.codeAt(at) === quote) return scanString(cursor)
  let i = at
  for (; i < end; i++) {
    const code = text.charCodeAt(i)
    if (code === comma || code === space) break
  }
  if (i === at) return cursor.failWith('a field has no value', text.slice(from, at))
  const value = parseFieldValue(text.slice(at, i), cursor.reading)
  if (value instanceof LineProblem) return cursor.fail(value)
  cursor.at = i
  return value
}

function scanString(cursor: Cursor): string | undefined {
  const { text, at } = cursor
  const close = findClosingQuote(cursor)
  if (close === undefined) return undefined
  if (close > cursor.end && !cursor.extendTo(close)) return undefined
  const code = cursor.codeAt(close + 1)
  if (code !== comma && code !== space) {
    return cursor.failWith('text after the closing quote of a string', cursor.rest(close))
  }
  cursor.at = close + 1
  const raw = text.slice(at + 1, close)
  return raw.includes('\\') ? raw.replace(/\\([\\"])/g, '$1') : raw
}

function findClosingQuote(cursor: Cursor): number | undefined {
  const { text, at, start, maxLength } = cursor
  for (let i = text.indexOf('"', at + 1); i !== -1 && i - start <= maxLength; i = text.indexOf('"', i + 1)) {
    let before = i
    while (text.charCodeAt(before - 1) === backslash) before--
    if ((i - before) % 2 === 0) return i
  }
  if (text.length - start > maxLength) return cursor.fail(new LineProblem('a string does not end within 1 MiB'))
  if (!cursor.isFinal) return cursor.fail(incomplete)
  return cursor.failWith('a string has no closing quote', cursor.rest(at))
}

/** The length in UTF-8. */
function countBytes(text: string): number {
  let bytes = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    // Each half of a surrogate pair stands for two of its four bytes.
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 2 : 3
  }
  return bytes
}
