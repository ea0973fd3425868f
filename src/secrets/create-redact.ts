import type { Redact } from './redact.ts'
import { toSecretForms } from './secret-forms.ts'

/** Creates a function that removes all secrets from a text, including secrets that overlap. */
export function createRedact(secrets: readonly string[]): Redact {
  const known = [...new Set(secrets.flatMap(toSecretForms))]
  const shortest = Math.min(...known.map(({ length }) => length))
  return (given) => {
    const text = given.includes(ellipsis) ? redactCut(given, known) : given
    // Most names and numbers are shorter than any secret, and there may be millions of them.
    if (text.length < shortest || !known.some((secret) => text.includes(secret))) return text
    const ranges = known.flatMap((secret) => findRanges(text, secret)).sort(([a], [b]) => a - b)
    let redacted = ''
    let end = 0
    for (const [from, to] of ranges) {
      if (from >= end && (from > end || end === 0)) redacted += `${text.slice(end, from)}***`
      end = Math.max(end, to)
    }
    return redacted + text.slice(end)
  }
}

const ellipsis = '…'
/** If a text ends in this many characters of a secret's beginning, it is not by chance. */
const minPart = 4

/** Quoted texts may be cut. Also removes the beginning of a secret in front of the mark of a cut. */
function redactCut(text: string, secrets: readonly string[]): string {
  const parts = text.split(ellipsis)
  const last = parts.pop() ?? ''
  const cut = parts.map((part) => {
    const longest = Math.max(0, ...secrets.map((secret) => findOverlap(part, secret)))
    return longest < minPart ? part : `${part.slice(0, -longest)}***`
  })
  return [...cut, last].join(ellipsis)
}

/** The number of characters of the secret's beginning that the text ends in. */
function findOverlap(text: string, secret: string): number {
  for (let length = Math.min(text.length, secret.length - 1); length >= minPart; length--) {
    if (text.endsWith(secret.slice(0, length))) return length
  }
  return 0
}

function findRanges(text: string, secret: string): [from: number, to: number][] {
  const ranges: [number, number][] = []
  for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) ranges.push([at, at + secret.length])
  return ranges
}
