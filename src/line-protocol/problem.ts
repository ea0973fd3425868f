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
  return new LineProblem(`${reason}: "${clipped.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ').toWellFormed()}"`)
}
