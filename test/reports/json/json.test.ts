import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../src/build/json.ts'
import { jsonFormats } from '../../../src/reports/json/formats.ts'
import { ReportProblem } from '../../../src/reports/report.ts'
import { readReport, recognize } from '../read-report.ts'

const read = (text: string, piece?: number) => readReport(recognize(jsonFormats, text), text, piece)

describe('what is read', () => {
  test.each<[string, string, string, JsonObject[]]>([
    ['an object', 'JSON', '{"a": 1, "b": {"c": "x"}}', [{ a: 1, b: { c: 'x' } }]],
    ['an object of several lines', 'JSON', '\n{\n  "a": 1\n}\n', [{ a: 1 }]],
    ['a list of objects', 'JSON', '[{"a": 1},\n{"a": 2}]', [{ a: 1 }, { a: 2 }]],
    ['an empty list', 'JSON', '[]', []],
    [
      'what Python writes',
      'JSON',
      '{"a": NaN, "b": -Infinity, "c": "NaN, \\" Infinity", "d": 1}',
      [{ a: Infinity, b: -Infinity, c: 'NaN, " Infinity', d: 1 }],
    ],
    ['an object a line', 'NDJSON', '{"a": 1}\n\n{"a": NaN}\r\n{"a": 3}', [{ a: 1 }, { a: Infinity }, { a: 3 }]],
    ['a list a line', 'NDJSON', '[{"a": 1}]\n{"a": 2}\n', [{ a: 1 }, { a: 2 }]],
    [
      'lines that were appended with a mark each',
      'NDJSON',
      '{"a": 1}\n\ufeff{"a": 2}\n{"a": 3}\n',
      [{ a: 1 }, { a: 2 }, { a: 3 }],
    ],
    [
      'a table',
      'CSV',
      'name,time,ok\nparse,1.5,true\n"a, ""b""\nc",-2e-3,\n',
      [
        { name: 'parse', time: 1.5, ok: true },
        { name: 'a, "b"\nc', time: -0.002, ok: null },
      ],
    ],
    [
      'semicolons, decimal commas',
      'CSV',
      'name;time\r\nparse;1,5\r\nscan;2',
      [
        { name: 'parse', time: '1,5' },
        { name: 'scan', time: 2 },
      ],
    ],
    ['tabs', 'CSV', 'name\ttime\nparse, json\t1\n', [{ name: 'parse, json', time: 1 }]],
    [
      'columns without a name, and with one name',
      'CSV',
      ',a,a,\n0,1,2,\n1,3,nan,\n',
      [
        { a: 1, a_2: 2 },
        { a: 3, a_2: Number.NaN },
      ],
    ],
    ['what only looks like a number', 'CSV', 'sha,version\n12e4567,1.2.3\n', [{ sha: '12e4567', version: '1.2.3' }]],
    ['empty lines, quoted line ends', 'CSV', 'a,b\r\n\r\n"1\r\n2","x"\r\n\r\n', [{ a: '1\n2', b: 'x' }]],
  ])('%s', (_, name, text, records) => {
    expect(recognize(jsonFormats, text).name).toBe(name)
    expect(read(text)).toEqual(records)
  })

  test.each([
    ['text', 'All is well.\n'],
    ['a sentence', 'Hello, world\nand so on\n'],
    ['XML', '<a b="1,2"/>'],
    ['a table without a header', '1,2\n3,4\n'],
    ['nothing', ''],
  ])('not %s', (_, text) => {
    expect(jsonFormats.filter((format) => format.recognizes(text))).toEqual([])
  })
})

describe('what is wrong is named, with its line', () => {
  test.each<[string, string, number | undefined, RegExp]>([
    ['cut off', '{"a": 1,\n "b": [1, 2', 2, /^its JSON is incomplete/],
    ['cut off within a text', '{"a": 1,\n "b": "x', 2, /^its JSON is incomplete/],
    ['a comma too many', '{\n"a": 1,\n}', 3, /^it is not valid JSON: expected double-quoted property name/],
    ['a word', '{\n"a": 1,\n"b": nil\n}', 3, /^it is not valid JSON: unexpected "n"/],
    ['a comma within a number', '[{"a": 1,5}]', 1, /^it is not valid JSON: expected/],
    ['a value that is missing', '[\n{"a": 1},\n]', 3, /^it is not valid JSON: unexpected "]"/],
    ['two values', '{\n"a": 1\n}\n{\n"a": 2\n}', 4, /^it is not valid JSON: unexpected non-whitespace character/],
    ['a list of numbers', '[{"a": 1}, 2]', undefined, /^record 2 is a number: it must be an object/],
    ['a line that is none', '{"a": 1}\n{"a": 2}\nnull\n', 3, /^it is null/],
    ['a broken line', '{"a": 1}\n{"a": 2\n{"a": 3}\n', 2, /^its JSON is incomplete/],
    ['a row that is short', 'a,b\n1,2\n"x\ny",2\n3\n', 5, /^the row has 1 values, but the header has 2/],
    ['a quote that never closes', 'a,b\n1,2\n"3,4\n5,6\n', 3, /^a quoted value has no closing quote/],
  ])('%s', (_, text, line, message) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ line, message: expect.stringMatching(message) }))
    expect(() => read(text)).toThrow(ReportProblem)
  })

  test('brackets that would fill all memory', () => {
    expect(() => read(`[${'[],'.repeat(2 ** 22)}[]]`)).toThrow(/^it contains too many values/)
  })

  test('a hundred thousand levels are read, or are broken', () => {
    const deep = 100_000
    expect(read(`{"a":${'['.repeat(deep)}${']'.repeat(deep)}}`)).toHaveLength(1)
    expect(() => read(`{"a":${'['.repeat(deep)}`)).toThrow(/JSON is incomplete/)
  })

  test('a row that does not end', () => {
    expect(() => read(`a,b\n1,2\n"${'x'.repeat(2 ** 21)}`, 65_536)).toThrow(/^a row does not end/)
  })
})

test('pieces may end anywhere', () => {
  const cell = fc.oneof(fc.integer(), fc.constantFrom('a', 'x,y', 'a "b"', 'line\nbreak', ' ', '\u{1f600}'))
  const record = fc.record({ one: cell, two: cell })
  const toCell = (value: unknown) => (typeof value === 'number' ? value : `"${String(value).replaceAll('"', '""')}"`)
  const writers: ReadonlyArray<(records: readonly { one: unknown; two: unknown }[]) => string> = [
    (records) => JSON.stringify(records, null, 1),
    (records) => records.map((item) => JSON.stringify(item)).join('\r\n'),
    (records) => ['one,two', ...records.map(({ one, two }) => `${toCell(one)},${toCell(two)}`)].join('\r\n'),
  ]
  fc.assert(
    fc.property(
      fc.array(record, { minLength: 2 }),
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom(...writers),
      (records, piece, write) => {
        const text = write(records)
        expect(read(text, piece)).toEqual(read(text))
      },
    ),
  )
})
