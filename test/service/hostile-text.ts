import fc from 'fast-check'
import { anyCharacter } from '../support/any-character.ts'

const character = fc.constantFrom(
  ...[' ', ',', '=', '"', "'", '\\', '\\', '\n', '\r', '\t', '\0', '\u001b', '\u007f', '#', '_', '!', '~', '.', '/'],
  ...[
    '$',
    '{',
    '}',
    '%',
    ';',
    ':',
    '|',
    '`',
    '<',
    '&',
    'a',
    'B',
    '7',
    'é',
    'א',
    '\u202e',
    '\u2028',
    '\u0085',
    '\ufeff',
  ],
  ...['🚀', '👩‍👧', '\ud83d', '\ude80'],
)

const word = fc.constantFrom(
  ...['__proto__', 'constructor', 'time', 'number', 'result', 'job', 'branch', 'build', 'build_start', 'toString'],
  ...[
    '_field',
    '_measurement',
    '#',
    '#!~#',
    '\\',
    '\\\\',
    'a\\,b',
    'a\\=b',
    'a\\ b',
    'a\\"b',
    'true',
    '1i',
    '1e5',
    '""',
  ],
)

/** No end of a cut falls between the halves of one of these by chance only. */
const long = fc
  .record({
    unit: fc.constantFrom('x', 'é', '🚀', '\\', ' ', '\n'),
    length: fc.constantFrom(255, 257, 1024, 1025, 70_000),
  })
  .map(({ unit, length }) => `y${unit.repeat(length)}`)

/** Text that line protocol, or a program in JavaScript, could take for more or less than it is. */
export const text = fc.oneof(
  { weight: 8, arbitrary: fc.string({ unit: character, maxLength: 12 }) },
  { weight: 2, arbitrary: word },
  { weight: 1, arbitrary: fc.string({ unit: anyCharacter, maxLength: 20 }) },
  { weight: 1, arbitrary: long },
)

/** A name: not empty. */
export const name = text.filter((value) => value !== '')

/** A backslash before one of these is taken for their escape by one server or another; `#!~#` is InfluxDB's own. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters in question
const unsayable = /[\u0000-\u001f\u007f]|\\(?=[,= "]|$)|#!~/

/** Whether line protocol can say this as a name or a tag's value, so that it must come back as it is. */
export function isSayable(value: string, maxLength: number): boolean {
  return value !== '' && value.length <= maxLength && value.isWellFormed() && !unsayable.test(value)
}
