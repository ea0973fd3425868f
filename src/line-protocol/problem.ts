import { cutText } from '../build/cut-text.ts'

/** A problem with a line: one short clause for its author. */
export class LineProblem {
  readonly reason: string
  constructor(reason: string) {
    this.reason = reason
  }
}

/** `reason`, then the text in question in quotes: without control characters, at most 50 characters, cut between words. */
export function problemWith(reason: string, text: string): LineProblem {
  const clipped = cutText(text, 50)
  return new LineProblem(`${reason}: "${clipped.replace(controls, ' ').toWellFormed()}"`)
}

// As ranges, because every class such as \p{Cc} takes V8 a hundredth of a run when it loads the file.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters in question
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g
