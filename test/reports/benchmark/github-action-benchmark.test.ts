import { expect, test } from 'vitest'
import { githubActionBenchmark } from '../../../src/reports/benchmark/github-action-benchmark.ts'
import { readReport } from '../read-report.ts'

const read = (bench: object) => readReport(githubActionBenchmark, JSON.stringify([{ name: 'b', value: 88, ...bench }]))

test.each<[string, object, object]>([
  ['a time', { unit: 'ns' }, { value: 8.8e-8, unit: 's' }],
  ['a time a run', { unit: 'ns/iter', range: '± 8' }, { value: 8.8e-8, unit: 's', min: 8e-8, max: 9.6e-8 }],
  ['a spread in percent', { unit: 'ops/sec', range: '±50%' }, { value: 88, unit: 'ops/sec', min: 44, max: 132 }],
  ['a deviation', { unit: 'sec', range: 'stddev: 0.5' }, { value: 88, unit: 's', stddev: 0.5 }],
  ['other words', { unit: 'MB', range: 'about 3' }, { value: 88, unit: 'MB' }],
  ['no unit', {}, { value: 88 }],
  ['nothing', { value: 0, unit: 'ms', range: '± 0' }, { value: 0, unit: 's', min: 0, max: 0 }],
])('%s', (_, bench, expected) => {
  expect(read(bench)).toEqual([{ name: 'b', ...expected }])
})

test('a value that is text is named', () => {
  expect(() => read({ value: '1,5' })).toThrow('"0.value" is "1,5", not a number')
})
