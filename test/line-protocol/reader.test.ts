import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type FieldValue, Unsigned } from '../../src/build/data.ts'
import { LineProtocolParser, type ParsedLine } from '../../src/line-protocol/reader.ts'
import { anyLine } from '../support/line-protocol-arbitrary.ts'
import { expectLinear } from '../support/linear.ts'

function parse(text: string, chunkLength = text.length): ParsedLine[] {
  const parser = new LineProtocolParser()
  const parsed: ParsedLine[][] = []
  for (let i = 0; i < text.length; i += chunkLength) parsed.push(parser.push(text.slice(i, i + chunkLength)))
  parsed.push(parser.end())
  return parsed.flat()
}

const problemOf = (text: string) => parse(text).map((line) => ('problem' in line ? line.problem : line.record))
const fieldValueOf = (text: string) => {
  const [line] = parse(`m v=${text}`)
  return line && 'record' in line ? line.record.fields[0]?.[1] : line?.problem
}
const linesAndNames = (text: string) =>
  parse(text).map((line) => [line.line, 'record' in line ? line.record.name : 'problem'])

describe('a line', () => {
  test('has a name, tags, fields and a time', () => {
    expect(parse('tests,suite=unit,os=linux passed=10,failed=0i 1700000000000000001')).toEqual([
      {
        line: 1,
        record: {
          name: 'tests',
          tags: [
            ['suite', 'unit'],
            ['os', 'linux'],
          ],
          fields: [
            ['passed', 10],
            ['failed', 0n],
          ],
          timeNs: 1700000000000000001n,
        },
      },
    ])
  })

  test('may do without tags and time', () => {
    const [line] = parse('tests passed=10')
    expect(line).toStrictEqual({ line: 1, record: { name: 'tests', tags: [], fields: [['passed', 10]] } })
  })

  test.each<[text: string, name: string, tags: [string, string][], key: string]>([
    ['m\\ x,a\\ b=c\\ d e\\ f=1', 'm x', [['a b', 'c d']], 'e f'],
    ['m\\,x,a\\,b=c\\,d e\\,f=1', 'm,x', [['a,b', 'c,d']], 'e,f'],
    ['m=x,a\\=b=c\\=d e\\=f=1', 'm=x', [['a=b', 'c=d']], 'e=f'],
    ['m\\"x\\=y,a\\"b=c\\"d e\\"f=1', 'm"x=y', [['a\\"b', 'c\\"d']], 'e"f'],
    ['m\\x,a\\b=c\\d e\\f=1', 'm\\x', [['a\\b', 'c\\d']], 'e\\f'],
    ['m\\\\x,a\\\\,b=c\\\\ d e\\\\\\=f=1', 'm\\\\x', [['a\\,b', 'c\\ d']], 'e\\\\=f'],
    ['"m",t="a" "f"=1', '"m"', [['t', '"a"']], '"f"'],
    ['m\tx,t=\t f\tx=1', 'm\tx', [['t', '\t']], 'f\tx'],
    ['m,t==b f=1', 'm', [['t', '=b']], 'f'],
    ['\\#m,#=# #=1', '\\#m', [['#', '#']], '#'],
    ['日本,é=😀 ß=1', '日本', [['é', '😀']], 'ß'],
    [' \t m  \t f=1  ', 'm', [], 'f'],
  ])('has names with escapes: %j', (text, name, tags, key) => {
    expect(parse(text)).toEqual([{ line: 1, record: { name, tags, fields: [[key, 1]] } }])
  })

  test.each<[text: string, value: FieldValue]>([
    ['0', 0],
    ['-0', -0],
    ['5.', 5],
    ['-.5', -0.5],
    ['007', 7],
    ['1e5', 100_000],
    ['1.E-5', 0.00001],
    ['1e-400', 0],
    ['1.7976931348623157e308', Number.MAX_VALUE],
    ['9007199254740993', 9007199254740992],
    ['1234567890123456', 1234567890123456],
    ['0i', 0n],
    ['-0i', 0n],
    ['007i', 7n],
    ['999999999999999i', 999999999999999n],
    ['123456789012345678i', 123456789012345678n],
    ['9223372036854775807i', 2n ** 63n - 1n],
    ['-9223372036854775808i', -(2n ** 63n)],
    [`-${'0'.repeat(100)}1i`, -1n],
    ['5u', new Unsigned(5n)],
    ['9223372036854775807u', new Unsigned(2n ** 63n - 1n)],
    ...['t', 'T', 'true', 'True', 'TRUE'].map((text): [string, FieldValue] => [text, true]),
    ...['f', 'F', 'false', 'False', 'FALSE'].map((text): [string, FieldValue] => [text, false]),
    ['""', ''],
    ['"a b,c=d"', 'a b,c=d'],
    ['"a\\"b\\\\"', 'a"b\\'],
    ['"a\\nb\\\\\\x"', 'a\\nb\\\\x'],
    ['"#!~#"', '#!~#'],
    ['"a\nb\r\nc"', 'a\nb\r\nc'],
    ['"a\\\nb"', 'a\\\nb'],
  ])('has a value: %j', (text, value) => {
    expect(fieldValueOf(text)).toStrictEqual(value)
  })

  test('takes the last of several values of a field', () => {
    expect(parse('m a=1,b=2,a=3')).toMatchObject([
      {
        record: {
          fields: [
            ['a', 3],
            ['b', 2],
          ],
        },
      },
    ])
  })

  test('may have very many tags and fields', () => {
    const keys = Array.from({ length: 2_000 }, (_, i) => `k${i}`)
    const tags = keys.map((key) => `,${key}=v`).join('')
    const fields = keys.map((key) => `${key}=1`).join(',')
    const [line] = parse(`m${tags} ${fields},k1=2`)
    expect(line).toMatchObject({ record: { tags: { length: 2_000 }, fields: { length: 2_000, 1: ['k1', 2] } } })
    expect(problemOf(`m${tags},k1=v ${fields}`)).toEqual(['duplicate tag: "k1"'])
    expect(problemOf(`m${tags} ${fields},k1="2"`)).toEqual(['the same field appears twice with different types: "k1"'])
  })

  test('may have a time from 1677 to 2262', () => {
    for (const time of [-(2n ** 63n) + 2n, -1n, 0n, 2n ** 63n - 2n]) {
      expect(parse(`m v=1 ${time}  `)).toMatchObject([{ record: { timeNs: time } }])
    }
  })
})

test.each([
  [',a=b v=1', 'the measurement is missing: ",a=b v=1"'],
  ['tests', 'no fields: "tests"'],
  ['tests ', 'no fields: "tests "'],
  ['tests,suite=unit', 'no fields: "tests,suite=unit"'],
  ['tests\tpassed=1', 'no fields: separate them with a space, not a tab: "tests passed=1"'],
  ['tests\\ passed=1', 'no fields: "tests\\ passed=1"'],
  ['m, v=1', 'a tag has no name: ", v=1"'],
  ['m,=b v=1', 'a tag has no name: ",=b v=1"'],
  ['m,a v=1', 'a tag has no value: "a"'],
  ['m,a= v=1', 'a tag has no value: "a="'],
  ['m,a=,b=c v=1', 'a tag has no value: "a="'],
  ['m,a=b=c v=1', '"=" in a tag value needs a backslash: "a=b=c v=1"'],
  ['m,a=b\\ v=1', '"=" in a tag value needs a backslash: "a=b\\ v=1"'],
  ['m,a=1,b=2,a=3 v=1', 'duplicate tag: "a"'],
  ['m,time=1 v=1', 'a tag cannot be called "time"'],
  ['m =1', 'a field has no name: "=1"'],
  ['m passed', 'a field has no value: "passed"'],
  ['m passed=', 'a field has no value: "passed="'],
  ['m a=1,passed= 5', 'a field has no value: "passed="'],
  ['m a=1,', 'no field after a comma: "m a=1,"'],
  ['m a=1, b=2', 'no field after a comma: "m a=1, b=2"'],
  ['m a\\\\=1,b=2', 'the name of a field ends in a backslash: "a\\\\"'],
  ['m a=1,a=1i', 'the same field appears twice with different types: "a"'],
  ['m v=abc', 'neither a number nor a boolean, and text needs double quotes: "abc"'],
  ['m v=tRUE', 'neither a number nor a boolean, and text needs double quotes: "tRUE"'],
  ['m v=1.2.3', 'not a number: "1.2.3"'],
  ['m v=+1', 'not a number: "+1"'],
  ['m v=1e400', 'the number is out of range: "1e400"'],
  ['m v=83.3%', 'not a number: "83.3%"'],
  ['m v=87,5', 'a comma starts a new field: write decimals with a point: "5"'],
  ['m v=0x1F', 'not a number: "0x1F"'],
  ['m v=-5u', 'not a number: "-5u"'],
  ['m v=1.0i', 'not a number: "1.0i"'],
  ['m v=99999999999999999999i', 'the integer is out of range: "99999999999999999999i"'],
  ['m v=9223372036854775808u', 'the unsigned integer is greater than 2^63 - 1: "9223372036854775808u"'],
  ['m v="a', 'a string has no closing quote: ""a"'],
  ['m v="a"b 5', 'text after the closing quote of a string: ""b 5"'],
  ['m v=1 1.5', 'the timestamp is not a whole number: "1.5"'],
  ['m v=1 5\t', 'the timestamp is not a whole number: "5 "'],
  ['m v=1 5 6', 'text after the timestamp: "6"'],
  ['m v=1 9223372036854775807', 'the timestamp is out of range: "9223372036854775807"'],
  ['m v=1 -9223372036854775807', 'the timestamp is out of range: "-9223372036854775807"'],
  ['m v="\0"', 'it contains a NUL character: write the file in UTF-8'],
  ['m\\\\,x v=1', 'the measurement has two backslashes before a special character: "m\\\\,x"'],
  ['m,t=a#!~#b v=1', 'the measurement or tags contain "#!~", which InfluxDB reserves: "m,t=a#!~#b v=1"'],
  [`${'m'.repeat(65_531)} v=1`, 'measurement, tags and the name of a field have more than 65,531 bytes'],
  [`m ${'é'.repeat(32_766)}=1`, 'measurement, tags and the name of a field have more than 65,531 bytes'],
  [`m v=${'1'.repeat(400)}x`, 'not a number: "…"'],
])('a problem: %j', (text, problem) => {
  expect(parse(text)).toEqual([{ line: 1, problem }])
})

test('nothing is in blank lines and comments, and they count', () => {
  expect(linesAndNames('\n \t\n# a comment "\n  #b v=1\nm v=1\n\n\nn v=1\n')).toEqual([
    [5, 'm'],
    [8, 'n'],
  ])
})

test('CRLF ends a line, and a byte order mark starts a file', () => {
  expect(parse('\uFEFF# c\r\n\r\nm v="a"\r\nn v=1 5\r\n \r\nm v="x\r\ny"\r')).toEqual([
    { line: 3, record: { name: 'm', tags: [], fields: [['v', 'a']] } },
    { line: 4, record: { name: 'n', tags: [], fields: [['v', 1]], timeNs: 5n } },
    { line: 6, record: { name: 'm', tags: [], fields: [['v', 'x\r\ny']] } },
  ])
})

describe('a malformed line costs its first physical line', () => {
  test.each<[text: string, lines: unknown[]]>([
    [
      'm v=\nn v=1',
      [
        [1, 'problem'],
        [2, 'n'],
      ],
    ],
    [
      'm v="a\nn v=1',
      [
        [1, 'problem'],
        [2, 'n'],
      ],
    ],
    [
      'm v="a\nn v=1,w="b"\no v=1',
      [
        [1, 'problem'],
        [2, 'n'],
        [3, 'o'],
      ],
    ],
    [
      'm v="a\nb"\nn v=1',
      [
        [1, 'm'],
        [3, 'n'],
      ],
    ],
    [
      'm v="a\nb"c\nn v=1',
      [
        [1, 'problem'],
        [2, 'problem'],
        [3, 'n'],
      ],
    ],
    [
      'm v="a\nn v=1,w="\no v=1',
      [
        [1, 'm'],
        [3, 'o'],
      ],
    ],
    [
      'm,t=a\\\nn v=1',
      [
        [1, 'problem'],
        [2, 'n'],
      ],
    ],
    ['# c \\\nn v=1', [[2, 'n']]],
    [
      'm v="a\nb",w="c\nd" x\nn v=1',
      [
        [1, 'problem'],
        [2, 'problem'],
        [3, 'problem'],
        [4, 'n'],
      ],
    ],
  ])('%j', (text, lines) => {
    expect(linesAndNames(text)).toEqual(lines)
  })
})

describe('a line of 1 MiB', () => {
  const limit = 2 ** 20
  const string = (length: number) => `m v="${'\n'.padEnd(length - 6, 's')}"`
  test.each<[name: string, text: string, lines: unknown[]]>([
    [
      'is read',
      `m v="${'s'.repeat(limit - 6)}"\nn v=1`,
      [
        [1, 'm'],
        [2, 'n'],
      ],
    ],
    [
      'is not read when longer',
      `m v="${'s'.repeat(limit - 5)}"\nn v=1`,
      [
        [1, 'problem'],
        [2, 'n'],
      ],
    ],
    [
      'is read with line breaks',
      `${string(limit)}\nn v=1`,
      [
        [1, 'm'],
        [3, 'n'],
      ],
    ],
    [
      'costs its first physical line',
      `${string(limit + 1)}\nn v=1`,
      [
        [1, 'problem'],
        [2, 'problem'],
        [3, 'n'],
      ],
    ],
    [
      'has its last line break too far away',
      `${string(limit - 1)} 12`,
      [
        [1, 'problem'],
        [2, 'problem'],
      ],
    ],
    [
      'has a string without end',
      `m v="\n${`#${'s'.repeat(1_022)}\n`.repeat(1_024)}n v=1`,
      [
        [1, 'problem'],
        [1_026, 'n'],
      ],
    ],
    ['may not be a comment either', `#${'s'.repeat(3 * limit)}`, [[1, 'problem']]],
    [
      'is skipped to its end',
      `${'s'.repeat(3 * limit)}\nn v=1`,
      [
        [1, 'problem'],
        [2, 'n'],
      ],
    ],
  ])('%s', (_, text, lines) => {
    const whole = parse(text)
    expect(linesAndNames(text).slice(0, lines.length)).toEqual(lines)
    for (const chunkLength of [5_000, 65_536, limit - 1, limit, limit + 1]) {
      expect(parse(text, chunkLength)).toEqual(whole)
    }
  })
})

const anyText = fc.array(anyLine, { maxLength: 6 }).map((lines) => lines.join('\n'))

test('pieces of any size make no difference', () => {
  const property = fc.property(anyText, fc.array(fc.nat(200), { maxLength: 12 }), (text, cuts) => {
    const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length]
    const parser = new LineProtocolParser()
    const parsed = places.flatMap((place, i) => parser.push(text.slice(place, places[i + 1])))
    expect([...parsed, ...parser.end()]).toEqual(parse(text))
    expect(parse(text, 1)).toEqual(parse(text))
  })
  fc.assert(property, { numRuns: Number(process.env.FAST_CHECK_RUNS ?? 1_000) })
})

test('a problem is short and on one line, whatever the text', () => {
  const property = fc.property(anyText, (text) => {
    for (const line of parse(text)) {
      if (!('problem' in line)) continue
      expect(line.problem.length).toBeLessThan(120)
      expect(line.problem).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u)
      expect(line.problem.isWellFormed()).toBe(true)
    }
  })
  fc.assert(property, { numRuns: Number(process.env.FAST_CHECK_RUNS ?? 1_000) })
})

test('the lines in the docs are well-formed', () => {
  const docs = readFileSync(new URL('../../docs/line-protocol.md', import.meta.url), 'utf8')
  const lines = [...docs.matchAll(/^(?:tests,|my\\).*$|(?<=echo ').*(?=' >>)/gm)].map(([line]) => line)
  expect(lines).toHaveLength(4)
  for (const line of lines) expect(parse(line)).toEqual([{ line: 1, record: expect.anything() }])
})

// Were one of them quadratic, it would take minutes at these sizes.
describe('time is linear in', () => {
  const kibi = 2 ** 10
  const numbered = (length: number, item: (i: number) => string) => Array.from({ length }, (_, i) => item(i))
  test.each<[string, toText: (size: number) => string, size: number]>([
    ['quotes that open and never close', (size) => 'm v="a\n'.repeat(size), 8_000],
    ['lines that open a quote and close another', (size) => '",a=" v=",b="\n'.repeat(size), 8_000],
    ['lines that do so with a quote in a name', (size) => '",k"=" v="\n'.repeat(size), 8_000],
    ['a string without end over many lines', (size) => `m v="${'\\"\n'.repeat(size)}`, 40_000],
    ['strings that end with the text', (size) => `m v="${'\\"\n'.repeat(20)}`.repeat(size), 600],
    ['strings that each close on the next line', (size) => `m ${numbered(size, (i) => `a${i}="\n"`).join(',')}`, 6_000],
    ['tags', (size) => `m${numbered(size, (i) => `,${i}=`).join('v')}v v=1\n`.repeat(3), 5_000],
    ['fields', (size) => `m ${numbered(size, (i) => `${i}=t`).join(',')}`, 18_000],
    ['fields with long names', (size) => `${'é'.repeat(size)} ${numbered(4 * size, (i) => `${i}=t`).join(',')}`, 4_000],
    ['digits', (size) => `m v=${'1'.repeat(size)}x`, 240 * kibi],
    ['digits of an integer', (size) => `m v=${'1'.repeat(size)}i`, 240 * kibi],
    ['zeros of an integer', (size) => `m v=${'0'.repeat(size)}1i`, 240 * kibi],
    ['digits of a float', (size) => `m v=${'1'.repeat(size)}.${'1'.repeat(size)}`, 120 * kibi],
    ['digits of a timestamp', (size) => `m v=1 ${'1'.repeat(size)}`, 240 * kibi],
    ['backslashes', (size) => `m v="${'\\'.repeat(size)}"`, 240 * kibi],
    ['backslashes in a name', (size) => `m${'\\'.repeat(size)} v=1`, 240 * kibi],
    ['NUL characters', (size) => 'm v=1,w="\0"\n'.repeat(size), 8_000],
    ['separators', (size) => 'm,t=#!~ v=1\n'.repeat(size), 8_000],
    ['empty lines', (size) => '\n'.repeat(size), 200_000],
  ])('%s', async (_, toText, size) => {
    const parseWholeAndInPieces = (text: string) => {
      const whole = parse(text).length
      for (const chunkLength of [50, 65_536]) expect(parse(text, chunkLength)).toHaveLength(whole)
    }
    await expectLinear(toText, parseWholeAndInPieces, size)
  })
})
