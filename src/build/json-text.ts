import { isObject, type Json } from './json.ts'
import { keepWritten } from './written-numbers.ts'

/** Text that may contain a number that a float prints differently: many digits, trailing zeros, an exponent, a sign before zero. */
const mayDiffer = /\d{16}|\.\d*0(?!\d)|\.0{6}|\d[eE]|-0/

/** Matches strings, so that their contents are skipped, and the words that are not JSON. An unterminated string matches too. */
const words = /"[^"\\]*(?:\\.[^"\\]*)*(?:"|$)|(?<![\w.])-?(?:NaN|Infinity)(?!\w)/gs

/** Numbers beyond 64-bit floats, which JSON.parse reads as Infinity, replace the words. */
const standIns: Readonly<Record<string, string>> = {
  NaN: '1e400001',
  '-NaN': '1e400002',
  Infinity: '1e400003',
  '-Infinity': '-1e400003',
}
const stoodFor = new Map(Object.entries(standIns).map(([word, standIn]) => [standIn, word]))

/**
 * A JSON value, with or without a byte order mark. `NaN` and `Infinity`, which Python writes, are numbers that are not finite.
 * @param parse JSON.parse if it does not matter how numbers are written: it takes an eighth of the time
 * @throws SyntaxError
 */
export function parseJsonText(text: string, parse: (json: string) => Json = parseNumbers): Json {
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text
  try {
    return parse(json)
  } catch (error) {
    if (!/NaN|Infinity/.test(json)) throw error
    try {
      return parse(json.replace(words, (word) => standIns[word] ?? word))
    } catch {
      throw error
    }
  }
}

function parseNumbers(json: string): Json {
  const value = JSON.parse(json) as Json
  if (!mayDiffer.test(json)) return value
  const keep = function (this: object, key: string, inner: Json, context?: { source?: string }): Json {
    const source = context?.source
    if (typeof inner === 'number' && source !== undefined) keepWritten(this, key, inner, stoodFor.get(source) ?? source)
    return inner
  }
  try {
    return JSON.parse(json, keep) as Json
  } catch {
    // Nested deeper than the stack allows; isDeep reports that.
    return value
  }
}

/** A value, and the line where it begins if the text has one value per line. */
export interface JsonLine {
  readonly value: Json
  readonly line?: number
}

/** A line that is not JSON, and why. */
export interface JsonProblem {
  readonly line: number
  readonly reason: string
}

/**
 * Parses one JSON value, or one per line (NDJSON). In NDJSON, an invalid line does not affect the others.
 * @throws SyntaxError if the text is neither
 */
export function parseJsonLines(text: string): { values: JsonLine[]; problems: JsonProblem[] } {
  try {
    return { values: [{ value: parseJsonText(text) }], problems: [] }
  } catch (error) {
    const lines = text.replace(/^\uFEFF/, '').split('\n')
    const first = lines.find((line) => line.trim() !== '') ?? ''
    if (!isJsonLine(first) || lines.filter((line) => line.trim() !== '').length < 2) throw error
    const values: JsonLine[] = []
    const problems: JsonProblem[] = []
    for (const [index, line] of lines.entries()) {
      if (line.trim() === '') continue
      try {
        values.push({ value: parseJsonText(line), line: index + 1 })
      } catch (error) {
        problems.push(toLineProblem(error as Error, index + 1))
      }
    }
    return { values, problems }
  }
}

/** The message without the quoted text around the position: a part of a secret would not be recognised. */
export function explainJson({ message }: Error): string {
  return message.replace(/^(Unexpected token .{1,4}), .*is not valid JSON$/su, '$1')
}

/** Replaces the parser's line number, which is always 1, by the line's own. */
export function toLineProblem(error: Error, line: number): JsonProblem {
  return { line, reason: explainJson(error).replace(/ \(line 1 column \d+\)$/, '') }
}

/** Whether a line is a list or an object, as the first line of NDJSON is. */
export function isJsonLine(line: string): boolean {
  try {
    const value = parseJsonText(line)
    return isObject(value) || Array.isArray(value)
  } catch {
    return false
  }
}

/** The encoding that a byte order mark names, or UTF-8. A TextDecoder removes the mark. */
export function findEncoding(head: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8'
}
