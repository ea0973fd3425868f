import { closestMatch } from 'leven'

/** `did you mean "duration"? Known rules: ...` */
export function suggest(word: string, known: readonly string[], what: string): string {
  const nearest = findNearest(word, known)
  return `${nearest === undefined ? '' : `did you mean "${nearest}"? `}Known ${what}: ${known.join(', ')}`
}

/** The known word that was most likely meant. */
export function findNearest(word: string, known: readonly string[]): string | undefined {
  return closestMatch(word.toLowerCase(), known, { maxDistance: Math.max(2, Math.floor(word.length / 3)) })
}
