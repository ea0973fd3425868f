import fc from 'fast-check'

// Lines for a comparison of two readers: good ones, written from names and values; odd ones, put together from pieces
// that mean something somewhere; good ones with one change; and noise. Most of what is written is at a border of the format.

const letters = [
  'a',
  'b',
  'm',
  'é',
  'ß',
  '😀',
  '日本',
  '\u2028',
  '\u00a0',
  '\u0001',
  '\u007f',
  "'",
  '1',
  '-',
  '#',
  '~',
  '!',
]
const specials = [' ', ',', '=', '"', '\\', '\t', '\r', '\n', '\0', 'time', '#!~#']
const escapes = [
  '\\ ',
  '\\,',
  '\\=',
  '\\"',
  '\\\\',
  '\\n',
  '\\#',
  '\\\\\\',
  '""',
  '\\\\ ',
  '\\\\,',
  '\\\\=',
  '\\\n',
  '\r\n',
]

const numbers = [
  ...['0', '-0', '1', '5.', '.5', '-.5', '1.5', '007', '1e5', '1E+5', '1.e-5', '-1e-400', '5e-324', '2e-324', '1e308'],
  ...['1.7976931348623157e308', '9007199254740993', '123456789012345678901234567', `0.${'1'.repeat(40)}`, '0i', '-0i'],
  ...[
    '42i',
    '-7i',
    '007i',
    '9007199254740993i',
    '9223372036854775807i',
    '-9223372036854775808i',
    `${'0'.repeat(30)}1i`,
  ],
]
const badNumbers = [
  ...[
    '',
    '.',
    '-',
    '+1',
    '1e',
    'e5',
    '1e400',
    '1.5.5',
    '1..5',
    '--1',
    '1-2',
    '1e5e5',
    '0x10',
    '1_0',
    'NaN',
    'nan',
    'inf',
  ],
  ...['1.7976931348623159e308', '9'.repeat(400), 'i', '-i', '1.0i', '1i2', '1ii', '1I', '1ei', '9223372036854775808i'],
  ...['-9223372036854775809i', '1f', '1\t', '１', 'u', '-5u', '1.5u', '5U', '18446744073709551615u', '5uu', '5ui'],
]
const unsigned = ['0u', '5u', '007u', '9223372036854775807u']
const booleans = ['t', 'T', 'true', 'True', 'TRUE', 'f', 'F', 'false', 'False', 'FALSE']
const badBooleans = ['tr', 'tRUE', 'trues', 'yes', 'fals', 'null', "'a'", 'a', '“a”']
const times = ['0', '-0', '-1', '007', '5', '1700000000000000000', '9223372036854775806', '-9223372036854775806']
const badTimes = [
  ...['-', '+5', '1.5', '1e3', '5n', '5i', '5 6', '5 x', '5\t', '9223372036854775807', '-9223372036854775807'],
  ...['99999999999999999999', '"5"', '\\', '5,'],
]

/** Each once as the value of a field, and each once as a timestamp. */
export const everyValue = [...numbers, ...badNumbers, ...unsigned, ...booleans, ...badBooleans]
export const everyTime = [...times, ...badTimes]

const weighted = <T>(...options: [weight: number, arbitrary: fc.Arbitrary<T>][]) =>
  fc.oneof(...options.map(([weight, arbitrary]) => ({ weight, arbitrary })))
const from = (...texts: string[][]) => fc.constantFrom(...texts.flat())
const textOf = (piece: fc.Arbitrary<string>, minLength: number, maxLength: number) =>
  fc.array(piece, { minLength, maxLength }).map((pieces) => pieces.join(''))

const name = textOf(
  weighted([6, from(letters)], [1, from([' ', ',', '=', '"', '\t'])], [1, from(['\\x', 'time'])]),
  1,
  5,
)
const rawName = textOf(weighted([3, from(letters)], [1, from(specials)], [1, from(escapes)]), 0, 4)
const content = textOf(
  weighted([4, from(letters)], [2, from([' ', ',', '=', '"', '\\', '\n', '\r\n', '\t', 'a=1'])]),
  0,
  6,
)
const rawContent = textOf(weighted([2, from(letters)], [1, from(specials)], [1, from(escapes)]), 0, 5)

const escapeKey = (text: string) => text.replace(/[, =]/g, '\\$&')
const goodValue = weighted(
  [3, from(numbers)],
  [1, from(booleans)],
  [2, content.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`)],
)
const oddValue = weighted(
  [3, goodValue],
  [1, from(badNumbers)],
  [1, from(unsigned)],
  [1, from(badBooleans)],
  [2, rawContent.map((text) => `"${text}"`)],
  [1, rawContent],
)
const goodTime = weighted([1, fc.constant('')], [3, from(times).map((time) => ` ${time}`)])
const oddTime = weighted(
  [3, goodTime],
  [1, from(badTimes).map((time) => ` ${time}`)],
  [1, from([' ', '  ', ' \t', ' \0'])],
)

const list = (pair: fc.Arbitrary<string>, minLength: number, maxLength: number) =>
  fc.array(pair, { minLength, maxLength }).map((pairs) => pairs.join(','))
const pairOf = (key: fc.Arbitrary<string>, value: fc.Arbitrary<string>) =>
  fc.tuple(key, value).map(([key, value]) => `${key}=${value}`)

/** From a measurement as it is written, comma or space not included, and all the rest. */
const lineOf = (measurement: fc.Arbitrary<string>, tags: fc.Arbitrary<string>, rest: fc.Arbitrary<string>[]) =>
  fc.tuple(measurement, tags, ...rest).map(([start, tags, ...rest]) => `${start}${tags && `,${tags}`} ${rest.join('')}`)

const goodRest = [list(pairOf(name.map(escapeKey), goodValue), 1, 3), goodTime]
const goodTags = list(pairOf(name.map(escapeKey), name.map(escapeKey)), 0, 3)
const goodLine = lineOf(name.map(escapeKey), goodTags, goodRest)

const oddRest = [list(pairOf(weighted([1, rawName], [1, from(['a', 'b'])]), oddValue), 1, 3), oddTime]
const oddTags = list(weighted([4, pairOf(rawName, rawName)], [1, rawName]), 0, 3)
const oddLine = lineOf(rawName, oddTags, oddRest)
/** Only one thing is odd about most of these. */
const quirkyLine = fc.oneof(
  lineOf(rawName, fc.constant(''), goodRest),
  lineOf(fc.constant('m'), pairOf(rawName, fc.constant('v')), goodRest),
  lineOf(fc.constant('m'), pairOf(fc.constant('t'), rawName), goodRest),
  lineOf(fc.constant('m'), fc.constant(''), [pairOf(rawName, from(['1', 't', '"s"'])), goodTime]),
  lineOf(fc.constant('m'), fc.constant(''), [list(pairOf(from(['a', 'b']), oddValue), 1, 2), goodTime]),
  lineOf(fc.constant('m'), fc.constant(''), [fc.constant('a=1'), oddTime]),
)

const changedLine = fc
  .tuple(goodLine, fc.nat(), fc.nat(2), from(specials, escapes))
  .map(([line, place, kind, text]) => {
    const at = place % (line.length + 1)
    return `${line.slice(0, at)}${kind === 0 ? '' : text}${line.slice(kind === 1 ? at : at + 1)}`.toWellFormed()
  })

const noise = textOf(
  weighted([2, from(letters)], [3, from(specials)], [1, from(escapes)], [1, from(['=1', ' a=', '5'])]),
  0,
  12,
)

const framed = (line: fc.Arbitrary<string>) =>
  fc
    .tuple(
      weighted([20, fc.constant('')], [3, from([' ', '\t', '\uFEFF'])], [1, from(['#', '# '])]),
      line,
      weighted([20, fc.constant('')], [5, from([' ', '\r', '\\', '\n', '\r\n'])]),
    )
    .map((parts) => parts.join(''))

/** One line, or what somebody may have meant to be one; some have line breaks in them. */
export const anyLine = framed(weighted([2, goodLine], [3, quirkyLine], [2, oddLine], [2, changedLine], [1, noise]))

const distinctFields = fc
  .array(fc.tuple(name.map(escapeKey), goodValue), { minLength: 1, maxLength: 3 })
  .map((pairs) => pairs.map(([key, value], i) => `f${i}${key}=${value}`).join(','))

/**
 * Lines each of which has a measurement of its own, good and bad, with comments, blank lines and strings over several
 * lines. None has what makes a server take the next line for part of it.
 */
export const anyDocument = (length: number) =>
  fc
    .array(
      fc.oneof(
        { weight: 4, arbitrary: fc.tuple(goodTags, distinctFields, goodTime) },
        { weight: 2, arbitrary: fc.tuple(goodTags, pairOf(from(['a', 'b']), from(badNumbers, badBooleans)), goodTime) },
        {
          weight: 1,
          arbitrary: fc.tuple(goodTags, pairOf(from(['a']), from(['1', '2i', '"s"'])), oddTime),
        },
        { weight: 1, arbitrary: from(['', '# comment', ' \t', '#m a=1 5', '=', ',']) },
      ),
      { minLength: length, maxLength: length },
    )
    .map((lines) => lines.map((line, i) => (typeof line === 'string' ? line : `line${i}${toLine(line)}`)).join('\n'))
    .filter((text) => !/\0|#!~|\btime=| \t+=/.test(text))

function toLine([tags, fields, time]: string[]): string {
  return `${tags && `,${tags}`} ${fields}${time}`.replace(/\\$/, '')
}
