/**
 * Text of others as one line that a reader sees whole: control characters, line separators and runs of spaces become one
 * space, half a surrogate pair U+FFFD. Bidirectional embeddings, overrides and isolates go: they show nothing themselves,
 * and would turn around what stands after the text. What exceeds `length` code points is cut with an ellipsis.
 */
export function toPlainText(value: string, length: number): string {
  const text = value
    .toWellFormed()
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: newlines would end a line, others show as nothing
    .replace(/[\u0000-\u0020\u007f-\u009f\u2028\u2029]+/g, ' ')
    .trim()
  // A code point is two units at most: that many are enough to see whether there are more than `length`.
  const points = [...text.slice(0, 2 * length + 1)]
  return points.length > length ? `${points.slice(0, length).join('')}…` : text
}
