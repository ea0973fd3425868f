import type { DataRecord } from '../build/data.ts'
import { incomplete, LineScanner, skipBlanks } from './line-protocol-scanner.ts'
import { Problem } from './line-protocol-value.ts'

/** `line`: the number, from 1, of the physical line in the file on which it starts. */
export type ParsedLine =
  | { readonly line: number; readonly record: DataRecord }
  | { readonly line: number; readonly problem: string }

const maxLineLength = 2 ** 20

/**
 * Reads line protocol as InfluxDB does, from text that comes in pieces of any size. Blank lines and comments give nothing.
 *
 * Where it differs on purpose (docs/line-protocol.md has the reasons):
 * - Laxer: `\r\n` ends a line, a byte order mark is skipped, and `5u` is read, up to 2^63 - 1.
 * - Laxer: a malformed line costs its first physical line only. InfluxDB, after a quote without its other half or a
 *   backslash at the end of a line, takes the following lines for part of it.
 * - Stricter: what InfluxDB accepts, but stores as something else or not at all, is a problem, and so is a NUL character.
 *
 * A line may have 2^20 characters. Time and memory are linear in the text, whatever is in it.
 */
export class LineProtocolParser {
  private buffer = ''
  private line = 1
  /** The text up to the next line break belongs to a line that is known to be too long. */
  private isSkipping = false
  private isAtStart = true
  /** The length that the buffer must have before another attempt is worthwhile: twice what was not enough. */
  private wantedLength = 0

  /** Returns the lines that are complete now, or known to be malformed. A line may also be returned later. */
  push(text: string): ParsedLine[] {
    if (text === '') return []
    const hasLineBreak = text.includes('\n')
    this.buffer += text
    if (this.buffer.length <= maxLineLength) {
      if (this.wantedLength === 0 && !hasLineBreak) return []
      if (this.buffer.length < this.wantedLength) return []
    }
    return this.drain(false)
  }

  /** Returns the lines that were still open. The parser is used up then. */
  end(): ParsedLine[] {
    return this.drain(true)
  }

  private drain(isFinal: boolean): ParsedLine[] {
    const text = this.buffer
    const parsed: ParsedLine[] = []
    const scanner = new LineScanner(text, isFinal, maxLineLength)
    let nul = text.indexOf('\0')
    let start = this.isAtStart && text.startsWith('\uFEFF') ? 1 : 0
    this.isAtStart = false
    this.wantedLength = 0
    while (start < text.length) {
      const lineBreak = text.indexOf('\n', start)
      const end = lineBreak === -1 ? text.length : lineBreak
      const isTooLong = end - start > maxLineLength
      if (lineBreak === -1 && !isFinal && !isTooLong && !this.isSkipping) break
      let next = end + 1
      let lineBreaks = 0
      if (this.isSkipping) {
        this.isSkipping = lineBreak === -1
      } else if (isTooLong) {
        parsed.push({ line: this.line, problem: 'longer than 1 MiB' })
        this.isSkipping = lineBreak === -1
      } else if (!isBlankOrComment(text, start, end)) {
        const result = scanner.scan(start, end)
        if (result === incomplete) {
          this.wantedLength = 2 * (text.length - start)
          break
        }
        const isRecord = !(result instanceof Problem)
        if (nul !== -1 && nul < start) nul = text.indexOf('\0', start)
        if (nul !== -1 && nul < (isRecord ? scanner.next : end)) {
          parsed.push({ line: this.line, problem: 'a NUL character: the file has to be UTF-8' })
        } else if (isRecord) {
          parsed.push({ line: this.line, record: result })
          next = scanner.next
          lineBreaks = scanner.lineBreaks
        } else {
          parsed.push({ line: this.line, problem: result.reason })
        }
      }
      start = next
      if (!this.isSkipping) this.line += 1 + lineBreaks
    }
    this.buffer = text.slice(start)
    return parsed
  }
}

function isBlankOrComment(text: string, start: number, end: number): boolean {
  const from = skipBlanks(text, start, end)
  return from === end || text[from] === '#' || (from === end - 1 && text[from] === '\r')
}
