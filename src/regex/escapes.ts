import type { PatternReader } from './pattern-reader.ts'
import { type ClassName, lastCodePoint, type Range } from './syntax.ts'

/** The characters of escapes, inside and outside of sets. */
export type EscapedCharacter = { readonly literal: number } | { readonly class: EscapedClass }
export type EscapedClass = ClassName | 's' | 'S'

const controls: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92 }
const classNames: readonly string[] = ['d', 'D', 's', 'S', 'w', 'W']

/** The number of digits of an escape. */
const hexadecimal: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }

/** What to write in Python instead of other languages' escapes. */
const remedies: Readonly<Record<string, string>> = {
  N: 'write the character itself, or \\u and its four hexadecimal digits',
  p: 'Python has no property classes: write [^\\W\\d_] for a letter, \\d for a digit',
  P: 'Python has no property classes: write [\\W\\d_] for what is not a letter, \\D for what is not a digit',
  z: 'write \\Z for the end of the name',
  G: 'leave it out: a rule matches at the start of a name',
  h: 'write [ \\t]',
  R: 'write (?:\\r\\n|\\n|\\r)',
  k: 'write (?P=name) to refer to a group',
  Q: 'put a backslash before each character instead',
  K: 'leave it out: a rule only tests whether a name matches',
}

/** Reads an escape after its first two characters: all but positions (`\b`) and references. */
export function readEscapedCharacter(reader: PatternReader, token: string): EscapedCharacter {
  const at = reader.at - 2
  const letter = token.slice(1)
  if (classNames.includes(letter)) return { class: letter as EscapedClass }
  const control = controls[letter]
  if (control !== undefined) return { literal: control }
  const digits = hexadecimal[letter]
  if (digits !== undefined) {
    const text = reader.takeWhile(/^[0-9a-fA-F]$/, digits)
    if (text.length < digits) throw reader.fail(`incomplete escape \\${letter}${text}: it takes ${digits} digits`, at)
    const literal = Number.parseInt(text, 16)
    if (literal > lastCodePoint)
      throw reader.fail(`bad escape \\${letter}${text}: the highest character is U+10FFFF`, at)
    return { literal }
  }
  if (/^[0-7]$/.test(letter)) {
    const literal = Number.parseInt(letter + reader.takeWhile(/^[0-7]$/, 2), 8)
    if (literal > 0o377) throw reader.fail('octal escape beyond \\377: write \\x and two digits, or \\u and four', at)
    return { literal }
  }
  if (/^[0-9A-Za-z]$/.test(letter)) {
    const remedy = remedies[letter] ?? `write ${letter} without a backslash for the literal character`
    throw reader.fail(`bad escape \\${letter}: ${remedy}`, at)
  }
  return { literal: letter.codePointAt(0) ?? 0 }
}

/** Python's white space, which differs from JavaScript's and RE2's. */
export const unicodeSpaces: readonly Range[] = [
  [0x09, 0x0d],
  [0x1c, 0x20],
  [0x85, 0x85],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
]

export const asciiClasses: Readonly<Record<'d' | 's' | 'w', readonly Range[]>> = {
  d: [[0x30, 0x39]],
  s: [
    [0x09, 0x0d],
    [0x20, 0x20],
  ],
  w: [
    [0x30, 0x39],
    [0x41, 0x5a],
    [0x5f, 0x5f],
    [0x61, 0x7a],
  ],
}
