import type { DataRecord } from '../build/data.ts'
import { maxLineCharacters } from '../limits.ts'
import { incomplete, type Reading } from './cursor.ts'
import { LineProblem } from './problem.ts'
import { LineScanner } from './scanner.ts'

/** `line`: the number, from 1, of the physical line in the file on which it starts. */
export type ParsedLine =
  | { readonly line: number; readonly record: DataRecord }
  | { readonly line: number; readonly problem: string }

/**
 * Reads line protocol as InfluxDB does, from text that comes in pieces of any size. Blank lines and comments are skipped.
 *
 * Where it differs on purpose (docs/line-protocol.md has the reasons):
 * - Laxer: `\r\n` ends a line, a byte order mark is skipped, and `5u` is read, up to 2^63 - 1.
 * - Laxer: a malformed line costs its first physical line only. InfluxDB, after a quote without its other half or a
 *   backslash at the end of a line, takes the following lines for part of it.
 * - Stricter: what InfluxDB accepts, but stores as something else or not at all, is a problem, and so is a NUL character.
 *
 * In the mode `data` it also reads what InfluxDB refuses but steps mean: a byte order mark before any line, `+5`, a field called `time`; and
 * `NaN`, `Infinity`, `null` and numbers beyond floats as numbers that are not finite, which the reader of the record leaves out.
 *
 * A line may have 2^20 characters. Time and memory are linear in the length of the text.
 */
export class LineProtocolParser {
  private buffer = ''
  private line = 1
  private isAtStart = true
  /** The text up to the next line break belongs to a line that is known to be too long. */
  private isSkipping = false
  /** The length that the buffer must have before another attempt is worthwhile: twice what was not enough. */
  private wantedLength = 0
  private readonly isSecret: (line: string) => boolean

  private readonly reading: Reading

  /** @param isSecret whether a line must not be quoted: a part of a secret would not be recognised */
  constructor(isSecret: (line: string) => boolean = () => false, reading: Reading = 'strict') {
    this.isSecret = isSecret
    this.reading = reading
  }

  /** Returns the lines that are complete now, or known to be malformed; some of them may wait for a later call. */
  push(text: string): ParsedLine[] {
    this.buffer += text
    if (this.buffer.length <= maxLineCharacters) {
      const isWorthwhile = this.wantedLength === 0 ? text.includes('\n') : this.buffer.length >= this.wantedLength
      if (!isWorthwhile) return []
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
    const scanner = new LineScanner(text, isFinal, maxLineCharacters, this.reading)
    let start = this.isAtStart && text.startsWith('\uFEFF') ? 1 : 0
    if (text !== '') this.isAtStart = false
    this.wantedLength = 0
    while (start < text.length) {
      const lineBreak = text.indexOf('\n', start)
      const end = lineBreak === -1 ? text.length : lineBreak
      if (this.isSkipping || end - start > maxLineCharacters) {
        if (!this.isSkipping) parsed.push({ line: this.line, problem: 'longer than 1 MiB' })
        this.isSkipping = lineBreak === -1
        if (!this.isSkipping) this.line++
        start = end + 1
        continue
      }
      if (lineBreak === -1 && !isFinal) break
      const result = scanner.scan(start, end)
      if (result === incomplete) {
        this.wantedLength = 2 * (text.length - start)
        break
      }
      const given = start
      start = end + 1
      if (result === undefined) {
        // Nothing but a comment or blanks.
      } else if (result instanceof LineProblem) {
        const isHidden = this.isSecret(text.slice(given, end))
        parsed.push({ line: this.line, problem: isHidden ? 'not shown because it contains a secret' : result.reason })
      } else {
        parsed.push({ line: this.line, record: result })
        start = scanner.next
        this.line += scanner.lineBreaks
      }
      this.line++
    }
    this.buffer = text.slice(start)
    return parsed
  }
}
