import { describe, expect, test } from 'vitest'
import { Unsigned } from '../../src/build/data.ts'
import { type Baseline, toBaseline } from '../../src/compare/median.ts'
import type { Verdict } from '../../src/compare/verdict.ts'
import type { Column } from '../../src/point/native.ts'
import { formatQuantity } from '../../src/presentation/statistics.ts'
import { outcome, property, rule, summarize } from './example-outcome.ts'

const verdict: Verdict = { text: 'x', step: undefined, level: 'info', limit: '', isUsual: true }
type Value = Column['captured']['value']
const columnOf = (value: Value, key = 'coverage', kind: Column['kind'] = 'field'): Column => ({
  captured: { rule, name: key, property, value },
  ...{ key, kind },
})
/** The cells of the table, with ordinary spaces. */
const cellsOf = (changes: Parameters<typeof summarize>[0], redact?: (text: string) => string) => {
  const [, table = ''] = summarize({ misses: [], data: undefined, ...changes }, [], redact).split('<table>')
  const rows =
    table
      .split('</table>')[0]
      ?.split('\n')
      .filter((row) => row !== '') ?? []
  return rows.map((row) =>
    [...row.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/g)].map(([, cell = '']) => cell.replaceAll('\u00a0', ' ')),
  )
}
const noStatistics = { columns: [], compared: [], data: undefined }

test.each<[Value, key: string, shown: string]>([
  [81.5, 'coverage', '81.5'],
  // The runner masks a secret only as it is.
  [482_913, 'cases', '482913'],
  [-1204n, 'cases', '-1204'],
  [18_794.1234567, 'rate', '18794.1234567'],
  [new Unsigned(5n), 'cases', '5'],
  [999_999, 'cases', '999999'],
  [123_456_789_012n, 'account', '<code>123456789012</code>'],
  [4_215_300n, 'bundle_bytes', '4.22 MB'],
  [87.543, 'lines_percent', '87.5 %'],
  [92_000, 'boot_ms', '1m 32s'],
  [4.2, 'boot_seconds', '4.2s'],
  [true, 'hit', '<code>true</code>'],
  ['<a> ', 'text', '<code>&lt;a&gt;</code>'],
])('%s of %s is shown as %s', (value, key, shown) => {
  expect(cellsOf({ columns: [columnOf(value, key)] })[1]?.[1]).toBe(shown)
})

test('a number that is a secret is shown as what stands for it', () => {
  const redact = (text: string) => text.replaceAll('482910', '***')
  expect(cellsOf({ columns: [columnOf(482_910)] }, redact)[1]?.[1]).toBe('<code>***</code>')
})

test('where a value comes from is a tooltip, unless that needs escapes', () => {
  const named = (path: string) => {
    const column = columnOf(1)
    return summarize({
      columns: [{ ...column, captured: { rule, name: 'a', property: { ...property, path }, value: 1 } }],
    })
  }
  expect(named('steps.a.outputs.b')).toContain('<code title="steps.a.outputs.b">coverage</code>')
  expect(named('steps.a.outputs["b"]')).toContain('<td><code>coverage</code>')
  expect(summarize({ columns: [columnOf('x', 'os', 'tag')] })).toContain(
    '<code title="tag, steps.unit.outputs.coverage">os',
  )
})

test.each([
  [0.001_32, 's', '1.32 ms'],
  [158.4, 's', '2m 38s'],
  [1.3204, 'ms', '1.32 ms'],
  [18_794.12, 'ops/sec', '18,794 ops/sec'],
  [87.54, '%', '87.5 %'],
  [1e6, 'B', '1 MB'],
  [-12_345, '', '−12,345'],
  [482_913, undefined, '482913'],
  [0.1 + 0.2, undefined, '0.3'],
])('%d %s is shown as %s', (value, unit, shown) => {
  expect(formatQuantity(value, unit).replaceAll('\u00a0', ' ')).toBe(shown)
})

test('spaces in a unit of others stay: the runner masks secrets as they are', () => {
  expect(formatQuantity(1204, 'per my own secret')).toBe('1,204\u00a0per my own secret')
})

describe('the usual value and the change', () => {
  const usualOf = (key: string, ...values: readonly number[]): ReadonlyMap<string, Baseline> => {
    const baseline = toBaseline(values)
    return new Map(baseline === undefined ? [] : [[key, baseline]])
  }
  const changeOf = (value: Value, around: number, key = 'coverage', kind: Column['kind'] = 'field') => {
    const compared = [{ verdict, history: undefined, usual: usualOf(key, ...Array<number>(9).fill(around)) }]
    return cellsOf({ columns: [columnOf(value, key, kind), columnOf(1, 'other')], compared })[1]?.slice(2)
  }

  test.each<[Value, number, key: string, cells: string[]]>([
    [84, 80, 'size', ['80', '+5 %']],
    [60n, 80, 'size', ['80', '−25 %']],
    [3, 0, 'size', ['0', '+3']],
    [-3, -2, 'size', ['-2', '−50 %']],
    [482_913, 0, 'size', ['0', '+482913']],
    [482_913, 241_000, 'size', ['241000', '+100 %']],
    [87.5, 88.1, 'lines_percent', ['88.1 %', '−0.6 points']],
    [5e6, 4e6, 'bundle_bytes', ['4 MB', '+25 %']],
    // What is usual is not marked.
    [80, 80, 'size', ['80']],
    ['text', 80, 'size', []],
    [true, 80, 'size', []],
  ])('of %s and %d (%s) are %j', (value, around, key, cells) => {
    expect(changeOf(value, around, key)).toEqual(cells)
  })

  test('are not of tags', () => {
    expect(changeOf('84', 80, 'coverage', 'tag')).toEqual([])
  })

  const compared = (statistic: string, changes: Partial<Verdict>) => ({
    verdict: { ...verdict, ...changes },
    history: {
      ...{ statistic, unit: statistic === 'duration' ? ('seconds' as const) : undefined, median: 100, builds: [] },
      own: { endMs: 0, value: 126, number: 42, result: 'success' },
    },
    usual: new Map(),
  })

  test('of what is compared are bold where a limit is passed; the duration comes first, what is not captured last', () => {
    const columns = [columnOf(126, 'size')]
    expect(
      cellsOf({
        columns,
        compared: [
          compared('tests.failed', { isUsual: true }),
          compared('size', { isUsual: false, level: 'warn' }),
          compared('duration', { isUsual: false }),
        ],
      }),
    ).toEqual([
      ['Statistic', 'This build', 'Usual', 'Change'],
      ['<code>duration</code>', '2m 06s', '1m 40s', '+26 %'],
      ['<code>size</code>'.replace('>', ` title="${property.path}">`), '126', '100', '<strong>+26 %</strong>'],
      ['<code>tests.failed</code>', '126', '100', ''],
    ])
  })

  test('are those of the first of two comparisons of a statistic', () => {
    const other = compared('duration', { isUsual: true })
    const cells = cellsOf({
      columns: [],
      compared: [
        compared('duration', { isUsual: false, level: 'fail' }),
        { ...other, history: { ...other.history, median: 126 } },
      ],
    })
    expect(cells.slice(1)).toEqual([['<code>duration</code>', '2m 06s', '1m 40s', '<strong>+26 %</strong>']])
  })

  test('keep the spaces in a unit of others', () => {
    const rows = [{ name: 'b', value: '126', statistic: 'b', unit: 'my own secret' }]
    const one = compared('b', { isUsual: false })
    const ofZero = [{ ...one, history: { ...one.history, median: 0 } }]
    const table = summarize({
      columns: [],
      misses: [],
      data: undefined,
      reports: { rows, sections: [] },
      compared: ofZero,
    })
    expect(table).toContain('>0\u00a0my own secret<')
    expect(table).toContain('>+126\u00a0my own secret<')
  })

  test('of a report stand in its row', () => {
    const rows = [{ name: 'coverage', value: '87.5 %', statistic: 'coverage.lines_percent', unit: '%' }]
    const cells = cellsOf({
      columns: [],
      reports: { rows, sections: [] },
      compared: [compared('coverage.lines_percent', { isUsual: false })],
    })
    expect(cells.slice(1)).toEqual([['coverage', '87.5 %', '100 %', '+26 points']])
  })
})

test('the numbers of data are shown where there is one point of it', () => {
  const singles = new Map([
    ['many', undefined],
    [
      'size',
      [
        ['value', 4_200_000],
        ['number', 42n],
      ],
    ],
    [
      'tests',
      [
        ['passed', 1204n],
        ['boot_ms', 320],
        ['name', 'x'],
        ['ok', true],
      ],
    ],
    ['texts', [['name', 'x']]],
  ] as const)
  const data = outcome.data && { ...outcome.data, singles }
  expect(cellsOf({ columns: [], data }).slice(1)).toEqual([
    ['<code>size</code>', '<code>4200000</code>'],
    ['<code>tests</code>', 'passed 1204, boot_ms 320 ms'],
  ])
})

test('there is no table without statistics, and no column without a cell', () => {
  expect(summarize(noStatistics)).not.toContain('<table>')
  expect(cellsOf({ columns: [columnOf(1)] })[0]).toEqual(['Statistic', 'Value'])
  expect(outcome.columns).toHaveLength(3)
})
