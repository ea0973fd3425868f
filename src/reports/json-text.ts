import type { Json } from '../build/json.ts'
import { parseJsonText } from '../build/json-text.ts'
import { maxExactJsonCharacters, maxJsonValueBytes } from '../limits.ts'
import { type ReportParser, ReportProblem } from './report.ts'

/** Reads a report that is one JSON value, whose text is held until it is complete. */
export function readJson(read: (json: Json) => void, isData = false): ReportParser {
  const pieces: string[] = []
  return {
    write: (text) => void pieces.push(text),
    end: () => read(parseReportJson(pieces.splice(0).join(''), 1, isData)),
  }
}

/**
 * @param isData whether rules may need to know how its numbers are written
 * @throws ReportProblem
 */
export function parseReportJson(text: string, firstLine = 1, isData = false): Json {
  // A byte order mark counts as a blank: concatenated files contain one.
  const json = text.trimStart()
  if (json === '') throw new ReportProblem('it is empty: the tool wrote nothing')
  checkSize(json)
  try {
    return isData && json.length < maxExactJsonCharacters ? parseJsonText(json) : parseJsonText(json, JSON.parse)
  } catch (error) {
    throw toProblem(error as Error, text, firstLine)
  }
}

/** The approximate memory of the parsed value: a text of brackets, or of keys that are all different, could fill the memory. */
function checkSize(json: string): void {
  if (json.length < maxJsonValueBytes / largestPerCharacter) return
  const counts = new Map([...'[{,":'].map((character) => [character.charCodeAt(0), 0]))
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at)
    const count = counts.get(code)
    if (count !== undefined) counts.set(code, count + 1)
  }
  const [lists = 0, objects = 0, commas = 0, quotes = 0, keys = 0] = counts.values()
  // A key that many objects share is stored once.
  const perKey = keys > 1000 * objects ? 80 : -24
  if (32 * (lists + objects) + 8 * commas + 12 * quotes + perKey * keys <= maxJsonValueBytes) return
  throw new ReportProblem('it contains too many values: leave out raw samples, or split the file')
}

/** A key that no other object has takes 88 bytes of memory for eight characters. */
const largestPerCharacter = 16

function toProblem({ message }: Error, text: string, firstLine: number): ReportProblem {
  const position =
    Number(/ at position (\d+)/.exec(message)?.[1] ?? Number.NaN) + (text.length - text.trimStart().length)
  const at = Number.isNaN(position) ? findUnexpected(text) : position
  const line = firstLine + countLines(text, at)
  if (at >= text.trimEnd().length)
    return new ReportProblem('its JSON is incomplete: the tool did not finish writing it', line)
  const reason = Number.isNaN(position) ? `unexpected ${JSON.stringify(text.slice(at, at + 1))}` : toReason(message)
  return new ReportProblem(`it is not valid JSON: ${reason}`, line)
}

function toReason(message: string): string {
  const reason = message.replace(/(?: in JSON)? at position .*/s, '')
  return reason.slice(0, 1).toLowerCase() + reason.slice(1)
}

function countLines(text: string, end: number): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) lines++
  return lines
}

const token = /\s*(?:"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|true|false|null|[[\]{},:])/sy
const opens = /^$|[[,:]$/

/** Finds the position if JSON.parse does not report it: an unexpected character where a value must begin. */
function findUnexpected(text: string): number {
  let before = ''
  token.lastIndex = 0
  for (let at = 0; ; at = token.lastIndex) {
    const found = token.exec(text)?.[0].trim()
    const start = at + (/\s*/y.exec(text.slice(at, at + 1000))?.[0].length ?? 0)
    if (found === undefined) return start
    const isValue = !/^[\]},:]$/.test(found) || (found === ']' && before === '[')
    if (opens.test(before) && !isValue) return start
    before = found.slice(-1)
  }
}
