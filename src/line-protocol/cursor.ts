import { LineProblem, problemWith } from './problem.ts'

const tab = 9
export const space = 32
export const quote = 34
export const comma = 44
export const equals = 61
export const backslash = 92

/** `strict`: anything that InfluxDB refuses is a problem; `data`: common mistakes of steps are corrected. */
export type Reading = 'strict' | 'data'

/** The result of reading a line when the text ends inside it and more may come. */
export const incomplete = Symbol('incomplete')

export type Failure = LineProblem | typeof incomplete

/**
 * A position in the text of a line. The line is one physical line, but whenever a quoted string continues after its end,
 * the next one belongs to it too. Methods that return undefined leave the reason in `failure`.
 */
export class Cursor {
  readonly text: string
  /** No more text follows. */
  readonly isFinal: boolean
  /** The greatest length of a line, in UTF-16 units. */
  readonly maxLength: number
  start = 0
  at = 0
  /** The end of the physical line of `at`, without its line break. */
  end = 0
  /** Where the next line starts, if this is the last physical line of this one. */
  next = 0
  /** How many line breaks were passed since `start`. */
  lineBreaks = 0
  failure: Failure = incomplete
  /** Numbers of this line as they are written, if a float prints them differently. */
  written: Map<string, string> | undefined

  readonly reading: Reading

  constructor(text: string, isFinal: boolean, maxLength: number, reading: Reading) {
    this.reading = reading
    this.text = text
    this.isFinal = isFinal
    this.maxLength = maxLength
  }

  /** Goes to the line that starts there, and whose first physical line ends there: at a line break or the text's end. */
  moveTo(start: number, lineBreak: number): void {
    this.start = start
    this.at = start
    this.lineBreaks = 0
    this.written = undefined
    this.setEnd(lineBreak)
  }

  /** Moves to the physical line of `position`, which is after the end of the current one. */
  extendTo(position: number): true | undefined {
    const { text } = this
    for (let i = text.indexOf('\n', this.at); i !== -1 && i < position; i = text.indexOf('\n', i + 1)) this.lineBreaks++
    const lineBreak = text.indexOf('\n', position)
    const end = lineBreak === -1 ? text.length : lineBreak
    if (end - this.start > this.maxLength) return this.fail(new LineProblem('longer than 1 MiB'))
    if (lineBreak === -1 && !this.isFinal) return this.fail(incomplete)
    this.setEnd(end)
    return true
  }

  private setEnd(lineBreak: number): void {
    this.next = lineBreak + 1
    // A carriage return before it is part of the line break.
    this.end = lineBreak > this.start && this.text[lineBreak - 1] === '\r' ? lineBreak - 1 : lineBreak
  }

  skipBlanks(): void {
    for (; this.at < this.end; this.at++) {
      const code = this.text.charCodeAt(this.at)
      if (code !== space && code !== tab) break
    }
  }

  /** The character at `at` or a later position; after the end, a space, which also ends a name or value. */
  codeAt(place: number): number {
    return place < this.end ? this.text.charCodeAt(place) : space
  }

  /** The text from `place` to the end of the physical line. */
  rest(place: number): string {
    return this.text.slice(place, this.end)
  }

  fail(failure: Failure): undefined {
    this.failure = failure
    return undefined
  }

  failWith(reason: string, text: string): undefined {
    return this.fail(problemWith(reason, text))
  }

  failWithoutFields(): undefined {
    const line = this.rest(this.start)
    const hasTabs = line.includes('\t') && !line.includes(' ')
    return this.failWith(hasTabs ? 'no fields: separate them with a space, not a tab' : 'no fields', line)
  }
}
