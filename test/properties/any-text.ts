import fc from 'fast-check'
import { hostileValues } from '../scenario/hostile-values.ts'

/** What an environment variable can hold: neither NULs nor halves of characters. */
function clean(text: string): string {
  return text.replaceAll('\0', '').toWellFormed()
}

const short = Object.values(hostileValues).map((value) => clean(value.slice(0, 200)))

/** Any text of the environment: plain, of odd characters, hostile, empty. */
export const anyText: fc.Arbitrary<string> = fc
  .oneof(
    { weight: 3, arbitrary: fc.string({ maxLength: 30 }) },
    { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }) },
    { weight: 2, arbitrary: fc.constantFrom(...short) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('', ' ', '\n', 'true', 'null', '0', '-1', '1e999', '~', '*', '__proto__', '.'),
    },
  )
  .map(clean)

const pieces = [
  ':',
  '- ',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  ',',
  '\n',
  '  ',
  '\t',
  '#',
  '&a ',
  '*a',
  '!!int ',
  '|',
  '>',
  '---\n',
  '%',
  '\\',
]

/** Texts with a few changes: cut out, doubled, or with another piece put in. */
export function nearly(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    kind: fc.constantFrom('cut', 'double', 'insert'),
    length: fc.integer({ min: 1, max: 12 }),
    piece: fc.oneof(fc.constantFrom(...pieces), anyText),
  })
  return fc.tuple(texts, fc.array(edit, { maxLength: 3 })).map(([text, edits]) =>
    clean(
      edits.reduce((given, { at, kind, length, piece }) => {
        const from = Math.floor(at * given.length)
        const part = given.slice(from, from + length)
        const put = { cut: '', double: part + part, insert: piece + part }[kind]
        return given.slice(0, from) + put + given.slice(from + length)
      }, text),
    ),
  )
}
