import { expect, test } from 'vitest'
import { presentReports } from '../../src/presentation/reports.ts'
import type { Digest, ReportsDigest } from '../../src/reports/digest.ts'

const none = { cases: [], omitted: 0 }
const redact = (text: string) => text.replaceAll('s3cret', '***')
const present = (digest: Partial<ReportsDigest>) =>
  presentReports({ digests: [], failed: none, slowest: none, ...digest }, redact)
const rowsOf = (digest: Digest, name = 'x') => present({ digests: [{ name, digest }] }).rows
const counts = { tests: 0, passed: 0, failed: 0, errors: 0, skipped: 0, flaky: 0 }

test.each<[digest: Digest, value: string]>([
  [{ kind: 'tests', counts: { ...counts, passed: 1204 } }, '1,204 passed'],
  [
    { kind: 'tests', counts: { ...counts, passed: 1234567, failed: 2, skipped: 3, flaky: 1 } },
    '1,234,567 passed, <strong>2 failed</strong>, 3 skipped, 1 flaky',
  ],
  [{ kind: 'cases', count: 1 }, '1 case'],
  [{ kind: 'records', count: 1200 }, '1,200 records'],
  [{ kind: 'coverage', record: { lines_percent: 87.54321 } }, '87.5 %'],
  [{ kind: 'coverage', record: { branches_percent: 100 } }, '100 %'],
])('%j is shown as %s', (digest, value) => {
  expect(rowsOf(digest)).toEqual([['<code>x</code>', value]])
})

test.each<[value: number, unit: string | undefined, shown: string]>([
  [0.00132, 's', '1.32 ms'],
  [0.0000005, 's', '500 ns'],
  [1.5, 's', '1.5 s'],
  [0, 's', '0s'],
  [158.4, 's', '2m 38s'],
  [18794.1234567, 'ops/sec', '18,794.1235 ops/sec'],
  [0.000123456, undefined, '0.0001235'],
  [-12345, undefined, '-12,345'],
  [1e21, '<b>', '1e+21 &lt;b&gt;'],
])('%d %s is shown as %s', (value, unit, shown) => {
  const benchmark = { name: 'b', value, ...(unit === undefined ? {} : { unit }) }
  expect(rowsOf({ kind: 'benchmark', benchmarks: [benchmark] })).toEqual([['<code>b</code>', shown]])
})

test('many benchmarks are a few rows', () => {
  const benchmarks = Array.from({ length: 50 }, (_, at) => ({ name: `b${at}`, value: at }))
  const rows = rowsOf({ kind: 'benchmark', benchmarks }, 'bench')
  expect(rows).toHaveLength(21)
  expect(rows.at(-1)).toEqual(['<code>bench</code>', '30 more benchmarks'])
})

test('a coverage of nothing has no row', () => {
  expect(rowsOf({ kind: 'coverage', record: { lines_total: 0 } })).toEqual([])
})

test('failed tests are named with the first line of their message, and the slowest with their times', () => {
  const failed = {
    cases: [
      { name: '<b>&', classname: 'c', outcome: 'failed' as const, message: '\n expected s3cret\nmore' },
      { name: 'plain', outcome: 'error' as const },
    ],
    omitted: 1198,
  }
  const slowest = { cases: [{ name: 'slow', outcome: 'passed' as const, duration: 61.2 }], omitted: 7 }
  expect(present({ failed, slowest }).sections).toEqual([
    {
      title: 'Failed tests',
      markdown:
        '<details><summary>1,200 failed tests</summary>\n<ul>\n<li><code>c › &lt;b&gt;&amp;</code>: expected ***</li>\n<li><code>plain</code></li>\n<li>and 1,198 more</li>\n</ul>\n</details>',
    },
    {
      title: 'Slowest tests',
      markdown:
        '<details><summary>Slowest tests, up to 1m 01s</summary>\n<ul>\n<li><code>slow</code> 1m 01s</li>\n</ul>\n</details>',
    },
  ])
  expect(present({}).sections.map(({ markdown }) => markdown)).toEqual(['', ''])
})
