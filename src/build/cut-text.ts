/** Characters that end a word in untrusted text: secrets rarely contain one. */
const ends = /[\s"'`,;()[\]{}<>|]/

/** A longer word is not taken for a secret. */
const maxWord = 1000

/**
 * The first `length` characters (code points), and an ellipsis if there are more. Text is cut between words: half a secret would
 * not be recognised as one, and would be visible. If the first word is longer, only the ellipsis is left.
 */
export function cutText(text: string, length: number): string {
  // A code point is two units at most: that many are enough to see whether there are more than `length`.
  const points = [...text.slice(0, 2 * length + 1)]
  if (points.length <= length) return text
  const least = length - maxWord
  let end = length
  while (end > 0 && end > least && !ends.test(points[end] ?? '')) end--
  return `${points
    .slice(0, end > 0 && end === least ? length : end)
    .join('')
    .trimEnd()}…`
}

/** The end of a text, at most that long, starting at a word. */
export function cutStart(text: string, length: number): string {
  if (text.length <= length) return text
  const end = text.slice(-length - 1)
  const from = end.slice(0, maxWord).search(ends)
  return from < 0 ? end.slice(length > maxWord ? 0 : end.length) : end.slice(from)
}
