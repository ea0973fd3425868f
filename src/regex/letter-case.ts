import { mergeRanges } from './ranges.ts'
import type { Range } from './syntax.ts'

/** The last character of the Basic Multilingual Plane, up to which Python lowers the case of sets. */
const lastOfPlane = 0xffff

interface Cases {
  /** The lower case of a character; absent if it is the character itself. */
  readonly lower: ReadonlyMap<number, number>
  /** Characters by their lower case. */
  readonly byLower: ReadonlyMap<number, readonly number[]>
  /** Lower case letters that share an upper case, such as `s` and `ſ`. */
  readonly twins: ReadonlyMap<number, readonly number[]>
  readonly cased: readonly number[]
}

let known: Cases | undefined

/** Built once from the Unicode version of this process: Python uses the lower case of single characters, as `toLowerCase` does. */
function findCases(): Cases {
  if (known !== undefined) return known
  const lower = new Map<number, number>()
  const byLower = new Map<number, number[]>()
  const byUpper = new Map<string, number[]>()
  const cased: number[] = []
  for (let code = 0; code < 0x20000; code++) {
    const text = String.fromCodePoint(code)
    const small = toSimpleLower(code, text)
    const big = text.toUpperCase()
    if (small === code && big === text) continue
    cased.push(code)
    if (small === code) addTo(byUpper, big, code)
    else {
      lower.set(code, small)
      addTo(byLower, small, code)
    }
  }
  const families = [...byUpper.values()].filter((family) => family.length > 1)
  const twins = new Map(families.flatMap((family) => family.map((code) => [code, family] as const)))
  known = { lower, byLower, twins, cased }
  return known
}

/** Only İ becomes two characters; Python uses the first one. */
function toSimpleLower(code: number, text: string): number {
  return text.toLowerCase().codePointAt(0) ?? code
}

function addTo<Key>(map: Map<Key, number[]>, key: Key, code: number): void {
  const codes = map.get(key)
  if (codes === undefined) map.set(key, [code])
  else codes.push(code)
}

/**
 * All characters that a set matches if case is ignored: those whose lower case is that of a character of the set, or its
 * twin.
 * @returns undefined for letters beyond U+FFFF, which Python handles differently
 */
export function ignoreCase(ranges: readonly Range[], ascii: boolean): Range[] | undefined {
  const { lower, byLower, twins, cased } = findCases()
  const found: Range[] = [...ranges]
  for (const [first, last] of ranges) {
    for (const code of cased) {
      if (code < first || code > last) continue
      if (last > lastOfPlane) return undefined
      if (ascii) found.push(...toAsciiCases(code))
      else {
        const small = lower.get(code) ?? code
        for (const twin of twins.get(small) ?? [small]) {
          for (const other of [twin, ...(byLower.get(twin) ?? [])]) found.push([other, other])
        }
      }
    }
  }
  return mergeRanges(found)
}

function toAsciiCases(code: number): Range[] {
  const text = String.fromCodePoint(code)
  if (!/^[A-Za-z]$/.test(text)) return []
  return [text.toLowerCase(), text.toUpperCase()].map((one): Range => {
    const other = one.charCodeAt(0)
    return [other, other]
  })
}
