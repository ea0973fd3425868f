/** What is wrong with a line: one short clause for its author. */
export class Problem {
  readonly reason: string
  constructor(reason: string) {
    this.reason = reason
  }
}

/** `reason`, then what it is about in quotes: without control characters, 50 characters at most. */
export function problemWith(reason: string, text: string): Problem {
  const clipped = text.length > 50 ? `${text.slice(0, 49)}…` : text
  return new Problem(`${reason}: "${clipped.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ').toWellFormed()}"`)
}
