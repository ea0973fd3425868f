import { closestMatch } from 'leven'

/** `did you mean "duration"? Known rules: ...` */
export function suggest(word: string, known: readonly string[], what: string): string {
  const nearest = closestMatch(word.toLowerCase(), known, { maxDistance: Math.max(2, Math.floor(word.length / 3)) })
  return `${nearest === undefined ? '' : `did you mean "${nearest}"? `}Known ${what}: ${known.join(', ')}`
}
