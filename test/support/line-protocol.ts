/** A line as a database reads it, names and values unescaped. Integers are bigint, so that types can be told apart. */
export interface ParsedLine {
  readonly measurement: string
  readonly tags: Readonly<Record<string, string>>
  readonly fields: Readonly<Record<string, number | bigint | string | boolean>>
  /** Nanoseconds since 1970. */
  readonly timeNs: bigint
}

const MAX_INT64 = 2n ** 63n - 1n
const MAX_KEY_BYTES = 65_535

/**
 * Up to the first of `stops` that has no backslash before it: as the Go servers scan, to whom a backslash is itself unless it
 * stands before one of them.
 */
const run = (stops: string) => new RegExp(`(?:[^${stops}]|(?<=\\\\)[${stops}])*`, 'y')
const MEASUREMENT = run(', ')
const KEY = run(',= ')
const FIELD_VALUE = /"(?:\\.|[^"\\])*"|[^, "]*/sy
/** Quotes mean something only where a field's value begins; there, a string may have newlines. */
const LINE = /(?:[^\n ]|(?<=\\) )*(?: (?:(?<==)"(?:\\.|[^"\\])*"|[^\n])*)?/sy

/** The lines of a body; a newline at its end ends the last one. */
export function splitLines(body: string): string[] {
  const lines: string[] = []
  let position = 0
  while (position < body.length) {
    LINE.lastIndex = position
    const line = LINE.exec(body)?.[0] ?? ''
    lines.push(line)
    position += line.length + 1
  }
  return lines
}

/**
 * Reads a line more strictly than any server: what one of them would drop, change or take for something else is an error.
 * @throws Error that says what is wrong
 */
export function parseLine(line: string): ParsedLine {
  const reader = new Reader(line)
  if (line.trim() === '') throw new Error('the line is empty')
  if (line.startsWith('#')) throw new Error('the line is a comment, which servers pass over')
  const measurement = reader.take(MEASUREMENT, 'measurement', ', ')
  const tags: Record<string, string> = {}
  while (reader.skip(',')) {
    const key = reader.take(KEY, 'tag key', ',= ')
    if (!reader.skip('=')) throw new Error(`the tag ${key} has no value`)
    if (Object.hasOwn(tags, key)) throw new Error(`the tag ${key} occurs twice`)
    if (key === 'time') throw new Error('a tag is named time')
    tags[key] = reader.take(KEY, `value of tag ${key}`, ',= ')
  }
  const keyBytes = Buffer.byteLength(line.slice(0, reader.position))
  if (keyBytes > MAX_KEY_BYTES)
    throw new Error(`measurement and tags take ${keyBytes} bytes, more than ${MAX_KEY_BYTES}`)
  if (!reader.skip(' ')) throw new Error('there are no fields')

  const fields: Record<string, number | bigint | string | boolean> = {}
  do {
    const key = reader.take(KEY, 'field key', ',= ')
    if (!reader.skip('=')) throw new Error(`the field ${key} has no value`)
    if (Object.hasOwn(fields, key)) throw new Error(`the field ${key} occurs twice`)
    if (Object.hasOwn(tags, key)) throw new Error(`${key} is both tag and field`)
    if (key === 'time') throw new Error('a field is named time')
    fields[key] = toFieldValue(key, reader.match(FIELD_VALUE))
  } while (reader.skip(','))
  if (!reader.skip(' ')) throw new Error('there is no time')
  const time = line.slice(reader.position)
  if (!/^-?\d+$/.test(time)) throw new Error(`the time is ${JSON.stringify(time)}`)
  return { measurement, tags, fields, timeNs: toInt64('time', time) }
}

/** Reads a line from its start; `position` is where it has come to. */
class Reader {
  position = 0
  readonly #line: string

  constructor(line: string) {
    this.#line = line
  }

  match(pattern: RegExp): string {
    pattern.lastIndex = this.position
    const found = pattern.exec(this.#line)?.[0] ?? ''
    this.position += found.length
    return found
  }

  /** A name or a tag's value: not empty, without the characters that line protocol cannot carry there. */
  take(pattern: RegExp, what: string, escapable: string): string {
    const raw = this.match(pattern)
    if (raw === '') throw new Error(`the ${what} is empty`)
    if (/[\n\r\0]/.test(raw)) throw new Error(`the ${what} has a control character`)
    return raw.replace(new RegExp(`\\\\([${escapable}])`, 'g'), '$1')
  }

  skip(character: string): boolean {
    const found = this.#line[this.position] === character
    if (found) this.position++
    return found
  }
}

function toFieldValue(key: string, raw: string): number | bigint | string | boolean {
  if (raw.startsWith('"')) return raw.slice(1, -1).replace(/\\(["\\])/g, '$1')
  if (/^(?:t|T|true|True|TRUE)$/.test(raw)) return true
  if (/^(?:f|F|false|False|FALSE)$/.test(raw)) return false
  if (/^-?\d+[iu]$/.test(raw)) return toInt64(`field ${key}`, raw.slice(0, -1))
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(raw) && Number.isFinite(Number(raw))) return Number(raw)
  throw new Error(`the value of field ${key} is ${raw === '' ? 'empty or an open string' : raw}`)
}

function toInt64(what: string, digits: string): bigint {
  const value = BigInt(digits)
  if (value > MAX_INT64 || value < -MAX_INT64 - 1n) throw new Error(`the ${what} is out of range: ${digits}`)
  return value
}
