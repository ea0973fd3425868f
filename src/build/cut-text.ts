/** Where words of others end: a secret hardly holds one of these. */
const ends = /[\s"'`,;()[\]{}<>|]/

/**
 * The first `length` characters (code points) and an ellipsis, where there are more. It is cut between words: half a secret, which nothing
 * knows for one, would be seen. Where the first word is longer, nothing but the ellipsis is left.
 */
export function cutText(text: string, length: number): string {
  // A code point is two units at most: that many are enough to see whether there are more than `length`.
  const points = [...text.slice(0, 2 * length + 1)]
  if (points.length <= length) return text
  let end = length
  while (end > 0 && !ends.test(points[end] ?? '')) end--
  return `${points.slice(0, end).join('').trimEnd()}…`
}
