import { cutText } from '../build/cut-text.ts'

/** What is wrong with a line: one short clause for its author. */
export class LineProblem {
  readonly reason: string
  constructor(reason: string) {
    this.reason = reason
  }
}

/** `reason`, then what it is about in quotes: without control characters, 50 characters at most, cut between words. */
export function problemWith(reason: string, text: string): LineProblem {
  const clipped = cutText(text, 50)
  return new LineProblem(`${reason}: "${clipped.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ').toWellFormed()}"`)
}
