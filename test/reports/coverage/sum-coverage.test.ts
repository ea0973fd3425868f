import { expect, test } from 'vitest'
import { sumCoverage } from '../../../src/reports/coverage/sum-coverage.ts'
import type { FileCoverage } from '../../../src/reports/report.ts'

const files: readonly FileCoverage[] = [
  { file: 'a', lines: { covered: 1, total: 3 }, branches: { covered: 0, total: 0 } },
  { file: 'b', lines: { covered: 2, total: 2 } },
  { file: 'a', lines: { covered: 1, total: 1 } },
]

test.each<[string, 'file' | undefined, readonly FileCoverage[], object[]]>([
  [
    'all files together',
    undefined,
    files,
    [{ lines_percent: (4 / 6) * 100, lines_covered: 4, lines_total: 6, branches_covered: 0, branches_total: 0 }],
  ],
  [
    'by file',
    'file',
    files,
    [
      { file: 'a', lines_percent: 50, lines_covered: 2, lines_total: 4, branches_covered: 0, branches_total: 0 },
      { file: 'b', lines_percent: 100, lines_covered: 2, lines_total: 2 },
    ],
  ],
  ['nothing', undefined, [], []],
  [
    'a sum that names no file',
    'file',
    [{ functions: { covered: 1, total: 2 } }],
    [{ functions_percent: 50, functions_covered: 1, functions_total: 2 }],
  ],
])('%s', (_, by, coverage, records) => {
  const sum = sumCoverage(by)
  for (const item of coverage) sum.add(item)
  expect(sum.records()).toEqual(records)
})
