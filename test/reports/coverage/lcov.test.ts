import { describe, expect, test } from 'vitest'
import { lcov } from '../../../src/reports/coverage/lcov.ts'
import type { FileCoverage } from '../../../src/reports/report.ts'
import { readReport } from '../read-report.ts'

const read = (...lines: string[]) => readReport(lcov, `${lines.join('\n')}\n`)

test.each<[string, string[], FileCoverage[]]>([
  [
    'lines',
    ['TN:', 'SF:a.c', 'DA:1,0', 'DA:2,5,checksum', 'LF:9', 'LH:9', 'end_of_record'],
    [{ file: 'a.c', lines: { covered: 1, total: 2 } }],
  ],
  [
    'a file under two tests is put together',
    [
      'TN:x',
      'SF:a',
      'DA:1,0',
      'DA:2,1',
      'BRDA:2,0,0,-',
      'BRDA:2,0,1,1',
      'end_of_record',
      'TN:y',
      'SF:a',
      'DA:1,3',
      'DA:3,0',
      'BRDA:2,0,0,2',
      'end_of_record',
    ],
    [{ file: 'a', lines: { covered: 2, total: 3 }, branches: { covered: 2, total: 2 } }],
  ],
  [
    'functions that are called alike',
    [
      'SF:a',
      'FN:1,get',
      'FN:5,get',
      'FN:7,9,map<a, b>',
      'FNDA:1,get',
      'FNDA:0,get',
      'FNDA:2,map<a, b>',
      'end_of_record',
    ],
    [{ file: 'a', functions: { covered: 2, total: 3 } }],
  ],
  [
    'functions of several names',
    ['SF:a', 'FNL:0,3,8', 'FNA:0,0,f', 'FNA:0,2,g', 'FNL:1,9', 'FNA:1,0,h', 'end_of_record'],
    [{ file: 'a', functions: { covered: 1, total: 2 } }],
  ],
  [
    'branches that are expressions, and exceptions',
    ['SF:a', 'BRDA:1,0,jump to line 2,1', 'BRDA:1,0,(a, b) == c,0', 'BRDA:2,e0,0,-', 'end_of_record'],
    [{ file: 'a', branches: { covered: 1, total: 3 } }],
  ],
  [
    'nothing that could be covered',
    ['SF:a', 'LF:0', 'LH:0', 'BRF:0', 'BRH:0', 'end_of_record'],
    [{ file: 'a', lines: { covered: 0, total: 0 }, branches: { covered: 0, total: 0 } }],
  ],
  [
    'a counter that has overflowed',
    ['SF:a', 'DA:1,-5', 'DA:2,18446744073709551615', 'DA:3,1e+06', 'end_of_record'],
    [{ file: 'a', lines: { covered: 2, total: 3 } }],
  ],
  [
    'lines of kinds that come later',
    ['SF:a', 'constructor:1', 'MCDC:1,2,t,1,0,x', 'DA:1,1', 'end_of_record'],
    [{ file: 'a', lines: { covered: 1, total: 1 } }],
  ],
])('%s', (_, lines, files) => {
  expect(read(...lines)).toEqual(files)
})

describe('what is wrong is named, with its line', () => {
  test.each<[string, string[], number, RegExp]>([
    ['cut off', ['TN:', 'SF:a.c', 'DA:1,1'], 3, /^it ends without end_of_record/],
    ['a section that does not end', ['SF:a', 'DA:1,1', 'SF:b', 'end_of_record'], 3, /^SF begins a file, but/],
    ['a count that is none', ['SF:a', 'DA:1,x', 'end_of_record'], 2, /^"x" is not a count/],
    ['a count with a comma', ['SF:a', 'BRDA:1,0,0,1;5', 'end_of_record'], 2, /^"1;5" is not a count/],
    ['a line that is none', ['SF:a', 'DA:99999999999,1', 'end_of_record'], 2, /^"99999999999" is not a line number/],
    ['a branch without a count', ['SF:a', 'BRDA:1', 'end_of_record'], 2, /^"1" is not in the format of lcov/],
  ])('%s', (_, lines, line, message) => {
    expect(() => read(...lines)).toThrow(expect.objectContaining({ line, message: expect.stringMatching(message) }))
  })
})

test('empty lines before the first file cost no time', () => {
  expect(lcov.recognizes('\n'.repeat(65_536))).toBe(false)
})
