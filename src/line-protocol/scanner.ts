import type { DataRecord } from '../build/data.ts'
import { Cursor, type Failure, type Reading, space } from './cursor.ts'
import { scanFields } from './fields.ts'
import { scanMeasurement, scanTags } from './key.ts'
import { LineProblem, problemWith } from './problem.ts'
import { parseTimestamp } from './value.ts'

/** Reads the lines of a text from front to back; the caller finds where they start and end. */
export class LineScanner {
  private readonly cursor: Cursor
  private readonly nul: Occurrences
  private readonly separator: Occurrences

  /** `isFinal`: no more text follows. */
  constructor(text: string, isFinal: boolean, maxLength: number, reading: Reading) {
    this.cursor = new Cursor(text, isFinal, maxLength, reading)
    this.nul = new Occurrences(text, '\0')
    this.separator = new Occurrences(text, '#!~')
  }

  /** After a record: where the next line starts. */
  get next(): number {
    return this.cursor.next
  }

  /** After a record: how many line breaks were in its strings. */
  get lineBreaks(): number {
    return this.cursor.lineBreaks
  }

  /** The line from `start`, whose first physical line ends at `lineBreak`; nothing when it is blank or a comment. */
  scan(start: number, lineBreak: number): DataRecord | Failure | undefined {
    const { cursor } = this
    cursor.moveTo(start, lineBreak)
    cursor.skipBlanks()
    const { text, end } = cursor
    // Some shells begin each append with a byte order mark.
    if (cursor.reading === 'data' && cursor.at < end && text.charCodeAt(cursor.at) === byteOrderMark) cursor.at++
    const { at } = cursor
    if (at === end || text[at] === '#') return undefined
    if (this.nul.isBetween(start, end)) return hasNul
    const name = scanMeasurement(cursor)
    if (name === undefined) return cursor.failure
    const tags = scanTags(cursor)
    if (tags === undefined) return cursor.failure
    // It separates series and field in the server's keys: after a restart, the server would read the rest as a field's name.
    if (this.separator.isBetween(at, cursor.at)) {
      return problemWith('the measurement or tags contain "#!~", which InfluxDB reserves', cursor.rest(at))
    }
    const fields = scanFields(cursor, at)
    if (fields === undefined) return cursor.failure
    if (cursor.lineBreaks > 0 && this.nul.isBetween(start, cursor.end)) return hasNul
    cursor.skipBlanks()
    const { written } = cursor
    const record = written === undefined ? { name, tags, fields } : { name, tags, fields, written }
    if (cursor.at === cursor.end) return record
    const timeNs = scanTime(cursor)
    return timeNs instanceof LineProblem ? timeNs : { ...record, timeNs }
  }
}

const byteOrderMark = 0xfeff

const hasNul = new LineProblem('it contains a NUL character: write the file in UTF-8')

function scanTime(cursor: Cursor): bigint | LineProblem {
  const { text, at, end } = cursor
  let to = at
  while (to < end && text.charCodeAt(to) !== space) to++
  const time = parseTimestamp(text.slice(at, to))
  if (time instanceof LineProblem) return time
  cursor.at = to
  while (cursor.codeAt(cursor.at) === space && cursor.at < end) cursor.at++
  return cursor.at === end ? time : problemWith('text after the timestamp', cursor.rest(cursor.at))
}

/** The positions of a text within another; searching each line separately would cost more. */
class Occurrences {
  private readonly text: string
  private readonly wanted: string
  private next: number

  constructor(text: string, wanted: string) {
    this.text = text
    this.wanted = wanted
    this.next = text.indexOf(wanted)
  }

  /** Whether one starts there; `from` may not be less than at the call before. */
  isBetween(from: number, to: number): boolean {
    if (this.next !== -1 && this.next < from) this.next = this.text.indexOf(this.wanted, from)
    return this.next !== -1 && this.next < to
  }
}
