import { expect, test } from 'vitest'
import { presentReports } from '../../src/presentation/reports.ts'
import type { Digest, ReportsDigest } from '../../src/reports/digest.ts'

const none = { cases: [], omitted: 0 }
const redact = (text: string) => text.replaceAll('s3cret', '***')
const present = (digest: Partial<ReportsDigest>) =>
  presentReports({ digests: [], failed: none, slowest: none, ...digest }, redact)
/** Names and values, with ordinary spaces. */
const rowsOf = (digest: Digest, name = 'x') =>
  present({ digests: [{ name, digest }] }).rows.map((row) => [row.name, row.value.replaceAll('\u00a0', ' ')])
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

test('a benchmark is shown with its unit, which is text of others', () => {
  const benchmarks = [
    { name: 'b', value: 0.00132, unit: 's' },
    { name: 'c', value: 1.3204, unit: 'ms' },
    { name: 'd', value: 18_794.1234567, unit: '<b>' },
  ]
  expect(rowsOf({ kind: 'benchmark', benchmarks })).toEqual([
    ['<code>b</code>', '1.32 ms'],
    ['<code>c</code>', '1.32 ms'],
    ['<code>d</code>', '18,794 &lt;b&gt;'],
  ])
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
  const [section] = present({ failed, slowest }).sections
  expect(section?.markdown).toBe(
    '<details><summary>1,200 failed tests, slowest test: slow, 1m 01s</summary>\n\n' +
      '<ul>\n<li><code>c › &lt;b&gt;&amp;</code>: expected ***</li>\n<li><code>plain</code></li>\n<li>and 1,198 more</li>\n</ul>\n' +
      '<ul>\n<li><code>slow</code> 1m 01s</li>\n</ul>\n\n</details>',
  )
  expect(present({ slowest }).sections[0]?.markdown).toMatch(/^<details><summary>Slowest test: slow, 1m 01s</)
  expect(present({}).sections.map(({ markdown }) => markdown)).toEqual([''])
})
