/** Where words of others end: a secret hardly holds one of these. */
const ends = /[\s"'`,;()[\]{}<>|]/

/** Longer than this no word is taken for a secret. */
const maxWord = 1000

/**
 * The first `length` characters (code points) and an ellipsis, where there are more. It is cut between words: half a secret, which nothing
 * knows for one, would be seen. Where the first word is longer, nothing but the ellipsis is left.
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

/** The end of a text that is as long at most, from a word on. */
export function cutStart(text: string, length: number): string {
  if (text.length <= length) return text
  const end = text.slice(-length - 1)
  const from = end.slice(0, maxWord).search(ends)
  return from < 0 ? end.slice(length > maxWord ? 0 : end.length) : end.slice(from)
}
