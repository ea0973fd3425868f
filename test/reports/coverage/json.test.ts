import { describe, expect, test } from 'vitest'
import { coverageFormats } from '../../../src/reports/coverage/formats.ts'
import type { FileCoverage } from '../../../src/reports/report.ts'
import { readReport, recognize } from '../read-report.ts'

const read = (json: object | string) => {
  const text = typeof json === 'string' ? json : JSON.stringify(json)
  return readReport(recognize(coverageFormats, text), text)
}
const part = (covered: number, total: number) => ({ total, covered, skipped: 0, pct: 1 })

test.each<[string, object, FileCoverage[]]>([
  [
    "Istanbul's summary, whose keys are sorted",
    {
      '/p/a.js': { branches: part(0, 0), functions: part(1, 1), lines: part(1, 2) },
      total: { branches: part(0, 0), functions: part(1, 1), lines: part(1, 2) },
    },
    [
      {
        file: '/p/a.js',
        lines: { covered: 1, total: 2 },
        branches: { covered: 0, total: 0 },
        functions: { covered: 1, total: 1 },
      },
    ],
  ],
  [
    "Istanbul's summary of nothing but the total",
    { total: { lines: part(1, 2), statements: part(3, 4) } },
    [{ lines: { covered: 1, total: 2 } }],
  ],
  [
    'coverage.py of old, without branches and functions',
    {
      meta: { version: '5', branch_coverage: false },
      files: { 'a.py': { executed_lines: [1], summary: { covered_lines: 1, num_statements: 4, percent_covered: 25 } } },
      totals: {},
    },
    [{ file: 'a.py', lines: { covered: 1, total: 4 } }],
  ],
  [
    'SimpleCov: suites are put together',
    {
      unit: { coverage: { 'a.rb': { lines: [1, null, 0, 'ignored'] } } },
      e2e: { coverage: { 'a.rb': [0, null, 2, null], 'b.rb': [] }, timestamp: 1 },
    },
    [{ file: 'a.rb', lines: { covered: 2, total: 2 } }, { file: 'b.rb' }],
  ],
])('%s', (_, json, expected) => {
  expect(read(json)).toEqual(expected)
})

describe('what is wrong is named', () => {
  test.each<[string, object | string, string]>([
    [
      'a count that is text',
      { total: { lines: part(1, 2) }, a: { lines: { total: '2', covered: 1 } } },
      '"a.lines.total" is "2", not a count',
    ],
    [
      'a count that is no number',
      '{"total": {"lines": {"total": 2, "covered": NaN}}}',
      '"total.lines.covered" is Infinity, not a count',
    ],
    [
      'a part that is missing',
      { meta: { branch_coverage: true }, files: { 'a.py': {} } },
      '"files.a.py.summary" is missing',
    ],
  ])('%s', (_, json, message) => {
    expect(() => read(json)).toThrow(message)
  })
})

describe("Go's profile", () => {
  test('a block of several packages counts once', () => {
    const text =
      'mode: count\np/a.go:1.2,3.4 5 0\np/a.go:1.2,3.4 5 1\nmode: count\np/a.go:4.1,4.2 2 0\np/b c:d.go:1.1,1.2 1 99999999999999999999\n'
    expect(read(text)).toEqual([
      { file: 'p/a.go', lines: { covered: 5, total: 7 } },
      { file: 'p/b c:d.go', lines: { covered: 1, total: 1 } },
    ])
  })

  test('a line that is cut off is named', () => {
    expect(() => read('mode: set\np/a.go:1.2,3.4 5 0\np/a.go:1.2,3.')).toThrow(
      expect.objectContaining({ line: 3, message: expect.stringMatching(/is not a block like/) }),
    )
  })
})
