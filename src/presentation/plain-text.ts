import { cutText } from '../build/cut-text.ts'

/**
 * Text of others as one line that a reader sees whole: control characters and line separators become a space, half a surrogate
 * pair U+FFFD. Bidirectional embeddings, overrides and isolates go: they show nothing themselves, and would turn around what
 * stands after the text. All else stays as it is, runs of spaces too, or the runner's masking of secrets would miss them.
 */
export function toPlainText(value: string, length: number): string {
  const text = value
    .toWellFormed()
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: newlines would end a line, others show as nothing
    .replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .trim()
  return cutText(text, length)
}
