import { cutText } from '../build/cut-text.ts'

/**
 * Untrusted text as one visible line: control characters and line separators become a space, a lone surrogate becomes U+FFFD.
 * Bidirectional embeddings, overrides and isolates are removed: they are invisible, and would reverse the text that follows. All
 * else is unchanged, including runs of spaces, because the runner's masking of secrets compares literally.
 */
export function toPlainText(value: string, length: number): string {
  const text = value
    .toWellFormed()
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: newlines would end a line, other control characters are invisible
    .replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .trim()
  return cutText(text, length)
}

export function capitalize(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

/** A line of the log for the summary, whose heading names Build Stats. */
export function dropName(line: string): string {
  return capitalize(line.replace(/^Build Stats: /, ''))
}
