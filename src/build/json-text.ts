import { isObject, type Json } from './json.ts'

/**
 * Numbers as they are written in their source, if a float prints them differently (`1.20`, `9007199254740993`). They are kept apart from the
 * object or list that holds them, so that other code sees plain JSON.
 */
const writtenNumbers = new WeakMap<object, Map<string, string>>()

export function findWritten(holder: object, key: string): string | undefined {
  return writtenNumbers.get(holder)?.get(key)
}

/** Keeps how a number is written, if the float prints it differently. */
export function keepWritten(holder: object, key: string, number: number, text: string): void {
  if (String(number) === text) return
  const known = writtenNumbers.get(holder)
  if (known === undefined) writtenNumbers.set(holder, new Map([[key, text]]))
  else known.set(key, text)
}

/** Keeps them for a copy too, as far as the texts may be kept. */
export function copyWritten(from: object, to: object, isKept: (text: string) => boolean): void {
  const kept = [...(writtenNumbers.get(from) ?? [])].filter(([, text]) => isKept(text))
  if (kept.length > 0) writtenNumbers.set(to, new Map(kept))
}

/** Text that may contain a number that a float prints differently: many digits, trailing zeros, an exponent, a sign before zero. */
const mayDiffer = /\d{16}|\.\d*0(?!\d)|\.0{6}|\d[eE]|-0/

/** Texts, so that what is in them is passed over, and the words that are not JSON. A text that does not end is one, too. */
const words = /"[^"\\]*(?:\\.[^"\\]*)*(?:"|$)|(?<![\w.])-?(?:NaN|Infinity)(?!\w)/gs

/** More than a float holds, which JSON.parse reads as Infinity, in place of the words. */
const standIns: Readonly<Record<string, string>> = {
  NaN: '1e400001',
  '-NaN': '1e400002',
  Infinity: '1e400003',
  '-Infinity': '-1e400003',
}
const stoodFor = new Map(Object.entries(standIns).map(([word, standIn]) => [standIn, word]))

/**
 * A JSON value, with or without a byte order mark. `NaN` and `Infinity`, which Python writes, are numbers that are not finite.
 * @param parse JSON.parse, where nobody asks how numbers are written: it takes an eighth of the time
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
    // Nested deeper than the stack, which others say.
    return value
  }
}

/** A value of a text, and the line where it begins, where the text has a value a line. */
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
 * A JSON value, or one a line (NDJSON): then a line that is not JSON costs itself.
 * @throws SyntaxError where the text is neither
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

/** Without the text around the place: a part of a secret is not known for one. */
export function explainJson({ message }: Error): string {
  return message.replace(/^(Unexpected token .{1,4}), .*is not valid JSON$/su, '$1')
}

/** What a parser calls line 1 is this line. */
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

/** How bytes are to be decoded: as their byte order mark says, else as UTF-8. A TextDecoder takes the mark away. */
export function findEncoding(head: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8'
}
