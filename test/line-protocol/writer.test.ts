import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type FieldValue, Unsigned } from '../../src/build/data.ts'
import { LineProtocolParser } from '../../src/line-protocol/reader.ts'
import { toLine } from '../../src/line-protocol/writer.ts'
import { cleanKey, cleanName, cleanString, cleanTag } from '../../src/point/clean.ts'
import type { Point } from '../../src/point/point.ts'
import { anyCharacter } from '../support/any-character.ts'

const point = (changes: Partial<Point> = {}): Point => ({
  measurement: 'm',
  tags: [],
  fields: [['f', 1]],
  timeNs: 5n,
  ...changes,
})

describe('values', () => {
  test.each<[FieldValue, string]>([
    [1, '1'],
    [1.5, '1.5'],
    [-0.25, '-0.25'],
    [0, '0'],
    [-0, '0'],
    [1e21, '1e+21'],
    [1e-7, '1e-7'],
    [5e-324, '5e-324'],
    [Number.MAX_VALUE, '1.7976931348623157e+308'],
    [0.1 + 0.2, '0.30000000000000004'],
    [3n, '3i'],
    [-3n, '-3i'],
    [2n ** 53n + 1n, '9007199254740993i'],
    [2n ** 63n - 1n, '9223372036854775807i'],
    [-(2n ** 63n), '-9223372036854775808i'],
    [new Unsigned(7n), '7u'],
    [new Unsigned(2n ** 63n - 1n), '9223372036854775807u'],
    [true, 'T'],
    [false, 'F'],
    ['', '""'],
    ['a b,c=d', '"a b,c=d"'],
    ['say "x"', '"say \\"x\\""'],
    ['back\\slash\\', '"back\\\\slash\\\\"'],
    ['two\nlines', '"two\nlines"'],
    ['ä😀', '"ä😀"'],
  ])('%s', (value, text) => {
    expect(toLine(point({ fields: [['f', value]] }))).toBe(`m f=${text} 5`)
  })

  test('v1 knows no unsigned integers', () => {
    const unsigned = point({
      fields: [
        ['f', new Unsigned(7n)],
        ['g', 7n],
      ],
    })
    expect(toLine(unsigned, 'i')).toBe('m f=7i,g=7i 5')
    expect(toLine(unsigned, 'u')).toBe('m f=7u,g=7i 5')
  })
})

test.each<[Partial<Point>, string]>([
  [{ measurement: 'a b,c=d' }, 'a\\ b\\,c=d f=1 5'],
  [
    {
      tags: [
        ['b', '2'],
        ['a', '1'],
      ],
    },
    'm,a=1,b=2 f=1 5',
  ],
  [{ tags: [['k,= ', 'v,= ']] }, 'm,k\\,\\=\\ =v\\,\\=\\  f=1 5'],
  [{ tags: [['k', 'say "x" \\ y']] }, 'm,k=say\\ "x"\\ \\\\ y f=1 5'],
  [
    {
      fields: [
        ['b', 1],
        ['a,= ', 2],
      ],
    },
    'm a\\,\\=\\ =2,b=1 5',
  ],
  [{ timeNs: 1_785_585_690_500_123_456n }, 'm f=1 1785585690500123456'],
  [{ timeNs: 0n }, 'm f=1 0'],
  [{ timeNs: -1n }, 'm f=1 -1'],
  [
    {
      fields: [
        ['constructor', 1],
        ['2', 2n],
      ],
    },
    'm 2=2i,constructor=1 5',
  ],
])('line %#', (changes, line) => {
  expect(toLine(point(changes))).toBe(line)
})

test('what is made sayable is read back as it was, by the parser that refuses what a server would change', () => {
  const unit = fc.constantFrom(
    ...['a', 'b', ' ', ',', '=', '\\', '"', '#', '!', '~', '#!~', '\n', '\t', '\0', '_', '😀', '\ud800', 'time'],
  )
  const text = fc.oneof(
    fc.string({ unit, minLength: 1, maxLength: 6 }),
    fc.string({ unit: anyCharacter, minLength: 1 }),
  )
  const key = text.map(cleanKey)
  const value = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map((whole) => new Unsigned(whole)),
    fc.boolean(),
    text.map(cleanString),
  )
  const pairs = <T>(values: fc.Arbitrary<T>, minLength: number) =>
    fc.uniqueArray(fc.tuple(key, values), { minLength, maxLength: 4, selector: ([name]) => name })
  const tagValue = text.map(cleanTag).filter((tag) => tag !== '')
  fc.assert(
    fc.property(text.map(cleanName), pairs(tagValue, 0), pairs(value, 1), (measurement, tags, fields) => {
      const names = new Set(tags.map(([key]) => key))
      const own = fields.filter(([key]) => !names.has(key))
      fc.pre(own.length > 0)
      const line = toLine({ measurement, tags, fields: own, timeNs: 5n })
      const parser = new LineProtocolParser()
      const parsed = [...parser.push(line), ...parser.end()]
      const sort = <T>(list: readonly (readonly [string, T])[]) => Object.fromEntries(list)
      expect(parsed, line).toEqual([{ line: 1, record: expect.anything() }])
      const record = parsed[0] && 'record' in parsed[0] ? parsed[0].record : undefined
      expect([record?.name, record?.timeNs]).toEqual([measurement, 5n])
      expect(sort(record?.tags ?? [])).toEqual(sort(tags))
      expect(sort(record?.fields ?? [])).toEqual(sort(own))
    }),
    { numRuns: 1000 },
  )
})
