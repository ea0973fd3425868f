import type { Matcher, Regex, Rule } from './rules.ts'

/** Whether a rule applies to a builder: to all, to one by its exact name, or to a pattern where `*` is any run of characters. */
export function appliesTo(rule: Rule, builder: string): boolean {
  return rule.builder === undefined || rule.builder.some((pattern) => matchesWildcard(pattern, builder))
}

/** Takes linear time for any pattern: for each piece between stars, the leftmost match is as good as any. */
export function matchesWildcard(pattern: string, text: string): boolean {
  const [head = '', ...pieces] = pattern.split('*')
  if (pieces.length === 0) return pattern === text
  const tail = pieces.pop() ?? ''
  if (!text.startsWith(head)) return false
  let at = head.length
  for (const piece of pieces) {
    const found = text.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return text.length - tail.length >= at && text.endsWith(tail)
}

/** The matches that another process has found so far (ask-matches.ts). */
export type KnownMatches = ReadonlyMap<Regex, ReadonlyMap<string, boolean>>

const nothingKnown: KnownMatches = new Map()

/** Whether a name equals the rule's, or the rule's regular expression matches at its start. */
export function matchesName(match: Matcher, name: string, known = nothingKnown): boolean {
  if ('name' in match) return match.name === name
  return match.regex.test(name) ?? known.get(match.regex)?.get(name) ?? false
}

/** Whether a name has `token`, `secret`, `password` or `key` as a word: `api_key`, `apiKey`, `API-KEY`; not `monkey`. */
export function looksSecret(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
  return words.some((word) => ['token', 'secret', 'password', 'key'].includes(word))
}
