import { expect, test } from 'vitest'
import type { Comparison } from '../../src/compare/comparison.ts'
import { parseComparison } from '../../src/compare/parse-comparison.ts'

const defaults: Comparison = {
  ...{ last: 20, branch: 'default', statistic: 'duration', minBuilds: 5, ignoreTags: [] },
  ...{ warnAbove: undefined, failAbove: undefined },
}

test.each([undefined, null, false])('%s is no comparison', (value) => {
  expect(parseComparison(value)).toEqual({ comparison: undefined, problems: [] })
})

test.each<[unknown, Partial<Comparison>]>([
  [true, {}],
  [{}, {}],
  [{ last: 50 }, { last: 50 }],
  [{ last: 3 }, { last: 3, minBuilds: 3 }],
  [{ 'min-builds': 1 }, { minBuilds: 1 }],
  [{ branch: 'same' }, { branch: 'same' }],
  [{ branch: 'default' }, { branch: 'default' }],
  [{ branch: 'release/1' }, { branch: { name: 'release/1' } }],
  [{ statistic: 'coverage' }, { statistic: 'coverage' }],
  [{ 'warn-above': 1.5 }, { warnAbove: { ratio: 1.5, text: '1.5' } }],
  [{ 'warn-above': '1.5' }, { warnAbove: { ratio: 1.5, text: '1.5' } }],
  [{ 'warn-above': '50%' }, { warnAbove: { ratio: 1.5, text: '50%' } }],
  [{ 'warn-above': '12.5 %' }, { warnAbove: { ratio: 1.125, text: '12.5 %' } }],
  [{ 'fail-above': '10m' }, { failAbove: { value: 600, text: '10m' } }],
  [{ 'fail-above': '600s' }, { failAbove: { value: 600, text: '600s' } }],
  [{ 'fail-above': '1h 30m' }, { failAbove: { value: 5400, text: '1h 30m' } }],
  [{ 'fail-above': '1h2m3.5s' }, { failAbove: { value: 3723.5, text: '1h2m3.5s' } }],
  [
    { 'fail-above': { value: 512 }, statistic: 'kb' },
    { failAbove: { value: 512, text: '512' }, statistic: 'kb' },
  ],
  [
    { 'fail-above': '2m', statistic: 'queue_time' },
    { failAbove: { value: 120, text: '2m' }, statistic: 'queue_time' },
  ],
  [
    { 'warn-above': '10m', 'fail-above': 1.2 },
    { warnAbove: { value: 600, text: '10m' }, failAbove: { ratio: 1.2, text: '1.2' } },
  ],
])('%j', (value, expected) => {
  expect(parseComparison(value)).toEqual({ comparison: { ...defaults, ...expected }, problems: [] })
})

const limit = /^"warn-above" must be a ratio to the median from 1 to 100 .*, but is /
test.each<[unknown, RegExp]>([
  ['main', /^must be true, false or a map of keys: last, branch, .*, but is "main"$/],
  [3, /^must be true, false or a map/],
  [[1], /^must be true, false or a map of keys: .*, but is a list$/],
  [{ lats: 3 }, /^unknown key "lats"; did you mean "last"\?/],
  ...[0, -1, 1.5, 1001, '20', null].map((last): [unknown, RegExp] => [
    { last },
    /^"last" must be a whole number from 1 to 1000, but is/,
  ]),
  [{ branch: '' }, /^"branch" must not be empty/],
  [{ branch: 1 }, /^"branch" must be text: default, same, or the name of a branch, but is 1$/],
  [{ statistic: null }, /^"statistic" must be text/],
  ...[
    0,
    0.5,
    -1,
    101,
    '',
    'x',
    '10',
    '10 m',
    'm',
    '10:00',
    '-5%',
    '%',
    '1d',
    '10m 1h',
    null,
    true,
    [],
    {},
    { value: 'x' },
    { value: 1, a: 1 },
  ]
    .filter((given) => given !== '10')
    .map((given): [unknown, RegExp] => [{ 'warn-above': given }, limit]),
  [{ 'warn-above': 600 }, /but is 600; write 600s for seconds$/],
  [
    { 'warn-above': '600' },
    /^"warn-above" is a ratio to the median, from 1 to 100, but is "600"; write 600s for seconds$/,
  ],
  [{ 'warn-above': '0.5' }, /^"warn-above" is a ratio to the median, from 1/],
  [
    { 'warn-above': '10m', statistic: 'kb' },
    /^"warn-above" is a time, and the statistic "kb" is none: write \{value: 512\}$/,
  ],
  [{ 'warn-above': 2, 'fail-above': 1.5 }, /^"fail-above" \(1\.5\) is below "warn-above" \(2\)/],
  [{ 'warn-above': '2m', 'fail-above': '60s' }, /^"fail-above" \(60s\) is below/],
  [{ 'min-builds': 30 }, /^"min-builds" \(30\) is more than "last" \(20\)/],
])('%j is a problem', (value, text) => {
  const { comparison, problems } = parseComparison(value)
  expect(comparison).toBeUndefined()
  expect(problems.map((problem) => problem.text)).toEqual([expect.stringMatching(text)])
})

test('all problems are told at once, each with its place', () => {
  const { problems } = parseComparison({ last: 0, 'warn-above': 'x', colour: 1 })
  expect(problems.map(({ path }) => path)).toEqual([['last'], ['warn-above'], ['colour']])
})
