import type { Json } from '../build/json.ts'
import { parseJsonText } from '../build/json-text.ts'
import { maxJsonBytes } from '../limits.ts'
import { type ReportParser, ReportProblem } from './report.ts'

/** Reads a report that is one JSON value, which is kept until it is whole. */
export function readJson(read: (json: Json) => void): ReportParser {
  const pieces: string[] = []
  return {
    write: (text) => void pieces.push(text),
    end: () => read(parseJson(pieces.splice(0).join(''))),
  }
}

/**
 * A JSON value. `NaN` and `Infinity`, which Python and JavaScript's tools write and JSON does not know, are numbers that
 * are not finite.
 * @throws ReportProblem
 */
export function parseJson(text: string, firstLine = 1): Json {
  const json = text.trimStart()
  if (json === '') throw new ReportProblem('it is empty: the tool that writes it has written nothing')
  checkSize(json)
  try {
    return parseJsonText(json)
  } catch (error) {
    throw toProblem(error as Error, text, firstLine)
  }
}

/** JSON.parse makes up to 20 bytes of one: a text of brackets fills all memory. */
function checkSize(json: string): void {
  if (json.length < maxJsonBytes / largestPerCharacter) return
  let bytes = 0
  for (let at = 0; at < json.length; at++) bytes += bytesOf[json.charCodeAt(at)] ?? 0
  if (bytes > maxJsonBytes)
    throw new ReportProblem('it holds too many values: leave out raw samples, or split the file')
}

const largestPerCharacter = 48
const bytesOf: Readonly<Record<number, number>> = Object.fromEntries(
  Object.entries({ '[': 48, '{': 48, ',': 8, '"': 12 }).map(([character, bytes]) => [character.charCodeAt(0), bytes]),
)

function toProblem({ message }: Error, text: string, firstLine: number): ReportProblem {
  const position =
    Number(/ at position (\d+)/.exec(message)?.[1] ?? Number.NaN) + (text.length - text.trimStart().length)
  const at = Number.isNaN(position) ? findUnexpected(text) : position
  const line = firstLine + countLines(text, at)
  if (at >= text.trimEnd().length)
    return new ReportProblem('its JSON ends too early: the tool that writes it did not finish', line)
  const reason = Number.isNaN(position) ? `unexpected ${JSON.stringify(text.slice(at, at + 1))}` : toReason(message)
  return new ReportProblem(`its JSON is broken: ${reason}`, line)
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

/** Where JSON.parse does not say it: it finds an unexpected character where a value has to begin. */
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
