import type { DataRecord, FieldValue } from '../build/data.ts'
import { Problem, parseFieldValue, parseTimestamp, problemWith } from './line-protocol-value.ts'

const tab = 9
const space = 32
const quote = 34
const comma = 44
const equals = 61
const backslash = 92

/** Of measurement and tags as they are written, and one field's name: what InfluxDB takes as the key of a series. */
const maxKeyBytes = 65_535
const keySeparatorBytes = 4

/** So many keys are compared with each other; more are looked up. */
const maxLinear = 16

/** What the scanner says when the text ends inside a line, and more may come. */
export const incomplete = Symbol('incomplete')

type Failure = Problem | typeof incomplete
type Pair<T> = readonly [key: string, value: T]

/**
 * Reads one line that is neither blank nor a comment. A line ends at a line break; only inside a quoted string it goes on.
 * The text is UTF-16 as strings are, and `maxLength` counts its units.
 */
export class LineScanner {
  /** After a record: where the next line starts, and how many line breaks were in its strings. */
  next = 0
  lineBreaks = 0

  private readonly text: string
  private readonly isFinal: boolean
  private readonly maxLength: number
  private start = 0
  private at = 0
  /** Of the physical line that is being read, without its line break. */
  private end = 0
  private failure: Failure = incomplete
  private separator: number

  /** `isFinal`: no more text follows. */
  constructor(text: string, isFinal: boolean, maxLength: number) {
    this.text = text
    this.isFinal = isFinal
    this.maxLength = maxLength
    this.separator = text.indexOf('#!~')
  }

  /** The line from `start`, whose first physical line ends at `end`, before a line break or the end of all text. */
  scan(start: number, end: number): DataRecord | Failure {
    this.start = start
    this.setEnd(end)
    this.lineBreaks = 0
    this.at = skipBlanks(this.text, start, this.end)
    const keyStart = this.at
    const name = this.scanMeasurement()
    if (name === undefined) return this.failure
    const tags = this.scanTags()
    if (tags === undefined) return this.failure
    const separator = this.findSeparator(keyStart)
    if (separator !== -1 && separator < this.at) {
      return problemWith('"#!~", which InfluxDB keeps for itself, in measurement or tags', this.lineText())
    }
    const fields = this.scanFields(keyStart)
    if (fields === undefined) return this.failure
    this.at = skipBlanks(this.text, this.at, this.end)
    if (this.at === this.end) return { name, tags, fields }
    const timeNs = this.scanTime()
    return timeNs instanceof Problem ? timeNs : { name, tags, fields, timeNs }
  }

  /** Takes over where a physical line ends; a carriage return before that is part of the line break. */
  private setEnd(lineBreak: number): void {
    this.next = lineBreak + 1
    this.end = lineBreak > this.start && this.text[lineBreak - 1] === '\r' ? lineBreak - 1 : lineBreak
  }

  private fail(failure: Failure): undefined {
    this.failure = failure
    return undefined
  }

  /** The first from `from` on, where no call may go back; to look through each line on its own would cost more. */
  private findSeparator(from: number): number {
    if (this.separator !== -1 && this.separator < from) this.separator = this.text.indexOf('#!~', from)
    return this.separator
  }

  private scanMeasurement(): string | undefined {
    const { text, at, end } = this
    if (text.charCodeAt(at) === comma) return this.fail(problemWith('the measurement is missing', this.rest(at)))
    let hasEscape = text.charCodeAt(at) === backslash
    for (let i = at + 1; i < end; i++) {
      const code = text.charCodeAt(i)
      if ((code === comma || code === space) && text.charCodeAt(i - 1) !== backslash) {
        this.at = i
        const raw = text.slice(at, i)
        if (!hasEscape) return raw
        // The server answers that all is well, and the point is nowhere to be found.
        if (/\\\\[, ]/.test(raw)) {
          return this.fail(problemWith('a backslash before a comma or space in the measurement', raw))
        }
        return raw.replace(/\\([, ="])/g, '$1')
      }
      if (code === backslash) hasEscape = true
    }
    return this.failWithoutFields()
  }

  private scanTags(): Pair<string>[] | undefined {
    const { text, end } = this
    const tags: Pair<string>[] = []
    let index: Map<string, number> | undefined
    while (text.charCodeAt(this.at) === comma) {
      const from = this.at + 1
      const first = from < end ? text.charCodeAt(from) : space
      if (first === space || first === comma || first === equals) {
        return this.fail(problemWith('a tag has no name', this.rest(this.at)))
      }
      const middle = this.findUnescaped(from + 1)
      if (middle === end || text.charCodeAt(middle) !== equals) {
        return this.fail(problemWith('a tag has no value', text.slice(from, middle)))
      }
      const valueStart = middle + 1
      const next = valueStart < end ? text.charCodeAt(valueStart) : space
      if (next === space || next === comma) {
        return this.fail(problemWith('a tag has no value', text.slice(from, valueStart)))
      }
      const to = this.findUnescaped(valueStart + 1)
      if (to === end) return this.failWithoutFields()
      if (text.charCodeAt(to) === equals) {
        return this.fail(problemWith('"=" in a tag value needs a backslash', this.rest(from)))
      }
      const key = unescapeTag(text.slice(from, middle))
      if (key === 'time') return this.fail(new Problem('a tag cannot be called "time", InfluxDB refuses it'))
      if (tags.length === maxLinear) index = toIndex(tags)
      if ((index === undefined ? findLinear(tags, key) : (index.get(key) ?? -1)) !== -1)
        return this.fail(problemWith('a tag is there twice', key))
      index?.set(key, tags.length)
      tags.push([key, unescapeTag(text.slice(valueStart, to))])
      this.at = to
    }
    return tags
  }

  /** Where the next equals sign, comma or space stands that has no backslash before it; else the end of the line. */
  private findUnescaped(from: number): number {
    const { text, end } = this
    let i = from
    for (; i < end; i++) {
      const code = text.charCodeAt(i)
      if ((code === equals || code === comma || code === space) && text.charCodeAt(i - 1) !== backslash) break
    }
    return i
  }

  private scanFields(keyStart: number): Pair<FieldValue>[] | undefined {
    const { text } = this
    const fields: Pair<FieldValue>[] = []
    const keyEnd = this.at
    let index: Map<string, number> | undefined
    let keyBytes: number | undefined
    this.at = skipBlanks(text, this.at, this.end)
    for (;;) {
      const from = this.at
      const rawKey = this.scanFieldKey()
      if (rawKey === undefined) return undefined
      if ((keyEnd - keyStart + rawKey.length + keySeparatorBytes) * 3 > maxKeyBytes) {
        keyBytes ??= countBytes(text.slice(keyStart, keyEnd))
        if (keyBytes + countBytes(rawKey) + keySeparatorBytes > maxKeyBytes) {
          return this.fail(problemWith('measurement, tags and a field name over 65,531 bytes', this.lineText()))
        }
      }
      const key = rawKey.includes('\\') ? rawKey.replace(/\\([, ="])/g, '$1') : rawKey
      if (key === 'time') {
        return this.fail(new Problem('a field cannot be called "time": the time is the number after the fields'))
      }
      const value = this.scanFieldValue(from)
      if (value === undefined) return undefined
      if (fields.length === maxLinear) index = toIndex(fields)
      const known = index === undefined ? findLinear(fields, key) : (index.get(key) ?? -1)
      if (known === -1) {
        index?.set(key, fields.length)
        fields.push([key, value])
      } else if (haveOneType(fields[known]?.[1], value)) fields[known] = [key, value]
      else return this.fail(problemWith('a field is there twice, with two types', key))
      if (this.at === this.end || text.charCodeAt(this.at) === space) return fields
      this.at++
    }
  }

  /** A field's name as it is written; `at` is behind the equals sign then. */
  private scanFieldKey(): string | undefined {
    const { text, at, end } = this
    let i = at
    for (; i < end; i++) {
      const code = text.charCodeAt(i)
      if (code === equals) break
      if (code === comma || code === space) break
      // Here, and not in measurement and tags, a backslash takes the next character with it, whatever that is.
      if (code === backslash) i++
    }
    if (i === at || at >= end) {
      if (text.charCodeAt(at - 1) === comma) return this.fail(problemWith('no field after a comma', this.lineText()))
      if (at >= end) return this.failWithoutFields()
      return this.fail(problemWith('a field has no name', this.rest(at)))
    }
    if (i >= end || text.charCodeAt(i) !== equals) {
      return this.fail(problemWith('a field has no value', text.slice(at, Math.min(i, end))))
    }
    const raw = text.slice(at, i)
    // The server takes the sign for part of the name, and goes on to the next field's.
    if (raw.endsWith('\\')) return this.fail(problemWith('a field name ends in a backslash', raw))
    this.at = i + 1
    return raw
  }

  /** The value at `at`, of the field that starts at `from`; `at` is behind it then. */
  private scanFieldValue(from: number): FieldValue | undefined {
    const { text, at, end } = this
    if (at < end && text.charCodeAt(at) === quote) return this.scanString()
    let i = at
    for (; i < end; i++) {
      const code = text.charCodeAt(i)
      if (code === comma || code === space) break
    }
    if (i === at) return this.fail(problemWith('a field has no value', text.slice(from, at)))
    const value = parseFieldValue(text.slice(at, i))
    if (value instanceof Problem) return this.fail(value)
    this.at = i
    return value
  }

  private scanString(): string | undefined {
    const { text, at } = this
    const close = this.findClosingQuote(at + 1)
    if (close === undefined) return undefined
    if (close > this.end && !this.moveToLineOf(close)) return undefined
    const after = close + 1
    const code = text.charCodeAt(after)
    if (after < this.end && code !== comma && code !== space) {
      return this.fail(problemWith('text after the closing quote of a string', this.rest(close)))
    }
    this.at = after
    const raw = text.slice(at + 1, close)
    return raw.includes('\\') ? raw.replace(/\\([\\"])/g, '$1') : raw
  }

  private findClosingQuote(from: number): number | undefined {
    const { text } = this
    const { length } = text
    for (let i = text.indexOf('"', from); i !== -1 && i - this.start <= this.maxLength; i = text.indexOf('"', i + 1)) {
      let before = i
      while (before > from && text.charCodeAt(before - 1) === backslash) before--
      if ((i - before) % 2 === 0) return i
    }
    if (length - this.start > this.maxLength) return this.fail(new Problem('a string does not end within 1 MiB'))
    if (!this.isFinal) return this.fail(incomplete)
    return this.fail(problemWith('a string has no closing quote', this.rest(from - 1)))
  }

  /** Makes the physical line of `position` the one that is being read. */
  private moveToLineOf(position: number): boolean {
    const { text } = this
    for (let i = text.indexOf('\n', this.at); i !== -1 && i < position; i = text.indexOf('\n', i + 1)) this.lineBreaks++
    const lineBreak = text.indexOf('\n', position)
    const end = lineBreak === -1 ? text.length : lineBreak
    if (end - this.start > this.maxLength) this.fail(new Problem('longer than 1 MiB'))
    else if (lineBreak === -1 && !this.isFinal) this.fail(incomplete)
    else {
      this.setEnd(end)
      return true
    }
    return false
  }

  private scanTime(): bigint | Problem {
    const { text, at, end } = this
    const spaceAt = text.indexOf(' ', at)
    const to = spaceAt === -1 || spaceAt > end ? end : spaceAt
    const time = parseTimestamp(text.slice(at, to))
    if (time instanceof Problem) return time
    for (let i = to; i < end; i++) {
      if (text.charCodeAt(i) !== space) return problemWith('text after the timestamp', this.rest(i))
    }
    return time
  }

  private failWithoutFields(): undefined {
    const line = this.lineText()
    const reason = line.includes('\t') && !line.includes(' ') ? 'no fields: a tab is no space' : 'no fields'
    return this.fail(problemWith(reason, line))
  }

  private lineText(): string {
    return this.rest(this.start)
  }

  private rest(from: number): string {
    return this.text.slice(from, this.end)
  }
}

function findLinear(pairs: readonly Pair<unknown>[], key: string): number {
  for (let i = 0; i < pairs.length; i++) if (pairs[i]?.[0] === key) return i
  return -1
}

function toIndex(pairs: readonly Pair<unknown>[]): Map<string, number> {
  return new Map(pairs.map(([key], i) => [key, i]))
}

export function skipBlanks(text: string, from: number, end: number): number {
  let i = from
  for (; i < end; i++) {
    const code = text.charCodeAt(i)
    if (code !== space && code !== tab) break
  }
  return i
}

function unescapeTag(raw: string): string {
  return raw.includes('\\') ? raw.replace(/\\([, =])/g, '$1') : raw
}

function haveOneType(a: FieldValue | undefined, b: FieldValue): boolean {
  return typeof a === typeof b
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
