import { closestMatch } from 'leven'
import type { BaseIssue } from 'valibot'

/** `did you mean "duration"? Known rules: ...` */
export function suggest(word: string, known: readonly string[], what: string): string {
  const nearest = findNearest(word, known)
  return `${nearest === undefined ? '' : `did you mean "${nearest}"? `}Known ${what}: ${known.join(', ')}`
}

/** The known word that is closest. */
export function findNearest(word: string, known: readonly string[]): string | undefined {
  return closestMatch(word.toLowerCase(), known, { maxDistance: Math.max(2, Math.floor(word.length / 3)) })
}

/**
 * The problem with a key of a map, or with its value.
 * @param shown the value, as messages show it
 * @param owner what has these keys, if that is not obvious
 */
export function explainKey(
  issue: BaseIssue<unknown>,
  key: string | number | undefined,
  known: readonly string[],
  shown: string,
  owner = '',
): string {
  const name = JSON.stringify(key)
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return `unknown key ${name}${owner && ` of ${owner}`}; ${suggest(String(key), known, 'keys')}`
  }
  return `${owner && `${owner}: `}${name} ${issue.message}, but is ${shown}`
}
