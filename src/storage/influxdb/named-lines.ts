import type { Answer } from './answer.ts'
import { unquoteGo } from './go-quote.ts'

/** A line of a request that an answer names as invalid, and why; the reason is empty if the answer was cut. */
export interface NamedLine {
  readonly index: number
  readonly reason: string
}

/** The number of quoted lines that are read is limited, so that any answer takes linear time. */
const maxReadings = 20

/** The lines that an answer quotes or names by their number. */
export function findNamedLines(lines: readonly string[], { text, rejected }: Answer): NamedLine[] {
  const byIndex = new Map<number, string>()
  for (const { line, reason } of rejected) {
    if (lines[line - 1] !== undefined) byIndex.set(line - 1, reason)
  }
  const quoted = readQuoted(text, new Set(lines))
  if (quoted.size > 0) {
    for (const [index, line] of lines.entries()) {
      const reason = quoted.get(line)
      if (reason !== undefined) byIndex.set(index, reason)
    }
  }
  if (byIndex.size === 0) {
    const rest = readRest(text, lines)
    if (rest !== undefined) byIndex.set(rest.index, rest.reason)
  }
  return [...byIndex].map(([index, reason]) => ({ index, reason }))
}

/** 1.x and 2.x: `unable to parse 'm x=': missing field value`, one after the other. The first words separate one from the next. */
function readQuoted(text: string, lines: ReadonlySet<string>): Map<string, string> {
  const found = new Map<string, string>()
  const [, ...parts] = text.split("unable to parse '")
  for (const part of parts) {
    let at = part.indexOf("': ")
    for (let count = 0; at >= 0 && count < maxReadings; count++) {
      const line = part.slice(0, at)
      if (lines.has(line)) {
        found.set(line, part.slice(at + 3).replace(/ dropped=\d+.*$|\n$/s, ''))
        break
      }
      at = part.indexOf("': ", at + 1)
    }
  }
  return found
}

/** VictoriaMetrics quotes the rest of the request, beginning with the invalid line: `incorrect influx line "bad\nm x=1": cannot find…`. */
function readRest(text: string, lines: readonly string[]): NamedLine | undefined {
  const mark = 'incorrect influx line "'
  const from = text.indexOf(mark)
  if (from < 0) return undefined
  const end = text.lastIndexOf('": ')
  const rest = unquoteGo(text.slice(from + mark.length, end > from ? end : undefined))
  const index = lines.findIndex((line) => rest === line || rest.startsWith(`${line}\n`))
  return index < 0 ? undefined : { index, reason: end > from ? text.slice(end + 3).trim() : '' }
}
