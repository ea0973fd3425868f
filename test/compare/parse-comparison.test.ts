import { expect, test } from 'vitest'
import type { Comparison, Limit } from '../../src/compare/comparison.ts'
import { parseComparisons } from '../../src/compare/parse-comparison.ts'

const defaults: Comparison = {
  ...{ last: 20, branch: 'default', minBuilds: 5, ignoreTags: [], limits: [] },
  statistic: { name: 'duration', data: undefined, where: [] },
  ...{ usual: 'range', confirm: 1, floor: 1, since: true },
}
const row = (name: string) => ({ statistic: { name, data: undefined, where: [] } })
const limits = (...some: readonly Limit[]) => ({ limits: some })

test.each([undefined, null, false])('%s is no comparison', (value) => {
  expect(parseComparisons(value)).toEqual({ comparisons: undefined, problems: [] })
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
  [{ statistic: 'coverage' }, row('coverage')],
  [
    { statistic: 'tests.duration', where: { suite: 'unit', shard: 1 } },
    {
      statistic: {
        ...{ name: 'tests.duration', data: { measurement: 'tests', field: 'duration' } },
        where: [
          ['suite', 'unit'],
          ['shard', '1'],
        ],
      },
    },
  ],
  [
    { statistic: { measurement: 'a.b', field: 'c', where: { t: 'x' } } },
    { statistic: { name: 'a.b.c', data: { measurement: 'a.b', field: 'c' }, where: [['t', 'x']] } },
  ],
  [
    { statistic: 'tests.duration', 'warn-above': '2m' },
    {
      statistic: { name: 'tests.duration', data: { measurement: 'tests', field: 'duration' }, where: [] },
      ...limits({ key: 'warn-above', value: 120, text: '2m' }),
    },
  ],
  [{ usual: 'spread' }, { usual: 'spread' }],
  [
    { confirm: 3, 'warn-above': 2 },
    { confirm: 3, ...limits({ key: 'warn-above', ratio: 2, text: '2' }) },
  ],
  [{ floor: '0.5s' }, { floor: 0.5 }],
  [{ floor: 0 }, { floor: 0 }],
  [{ since: false }, { since: false }],
  [{ 'fail-below': 0.9 }, limits({ key: 'fail-below', ratio: 0.9, text: '0.9' })],
  [{ 'fail-below': '10%' }, limits({ key: 'fail-below', ratio: 0.9, text: '10%' })],
  [{ 'warn-below': { value: 80 } }, limits({ key: 'warn-below', value: 80, text: '80' })],
  [{ 'warn-above': 1.5 }, limits({ key: 'warn-above', ratio: 1.5, text: '1.5' })],
  [{ 'warn-above': '1.5' }, limits({ key: 'warn-above', ratio: 1.5, text: '1.5' })],
  [{ 'warn-above': '50%' }, limits({ key: 'warn-above', ratio: 1.5, text: '50%' })],
  [{ 'warn-above': '12.5 %' }, limits({ key: 'warn-above', ratio: 1.125, text: '12.5 %' })],
  [{ 'fail-above': '10m' }, limits({ key: 'fail-above', value: 600, text: '10m' })],
  [{ 'fail-above': '600s' }, limits({ key: 'fail-above', value: 600, text: '600s' })],
  [{ 'fail-above': '1h 30m' }, limits({ key: 'fail-above', value: 5400, text: '1h 30m' })],
  [{ 'fail-above': '1h2m3.5s' }, limits({ key: 'fail-above', value: 3723.5, text: '1h2m3.5s' })],
  [
    { 'fail-above': { value: 512 }, statistic: 'kb' },
    { ...limits({ key: 'fail-above', value: 512, text: '512' }), ...row('kb') },
  ],
  [
    { 'fail-above': '2m', statistic: 'queue_time' },
    { ...limits({ key: 'fail-above', value: 120, text: '2m' }), ...row('queue_time') },
  ],
  [
    { 'warn-above': '10m', 'fail-above': 1.2 },
    limits({ key: 'fail-above', ratio: 1.2, text: '1.2' }, { key: 'warn-above', value: 600, text: '10m' }),
  ],
])('%j', (value, expected) => {
  expect(parseComparisons(value)).toEqual({ comparisons: [{ ...defaults, ...expected }], problems: [] })
})

const limit = /^"warn-above" must be a ratio to the median from 1 to 100 .*, but is /
test.each<[unknown, RegExp]>([
  ['main', /^is "main", but must be true, false, a map or a list of maps\. Known keys: last, branch, /],
  [3, /^is 3, but must be true, false, a map/],
  [[1], /^is 1, but must be true, false, a map /],
  [[true], /^must be a list of maps, each a comparison, but one item is true$/],
  [[], /^must be a list of maps, each a comparison, but is empty; write false for none$/],
  [Array(21).fill({}), /^has 21 comparisons; 20 are allowed$/],
  [{ 'warn-below': 1.5 }, /^"warn-below" must be a ratio to the median from 0 to 1 .*, but is 1\.5$/],
  [
    { 'warn-below': '150%' },
    /^"warn-below" is a ratio to the median, from 0 to 1, but is "150%"; write a percentage from 0% to 100%$/,
  ],
  [{ 'warn-below': 0.5, 'fail-below': 0.9 }, /^"fail-below" \(0\.9\) is above "warn-below" \(0\.5\)/],
  [{ usual: 'always' }, /^"usual" must be range, spread or off, but is "always"$/],
  [{ confirm: 0, 'warn-above': 2 }, /^"confirm" must be a whole number from 1 to 10/],
  [{ confirm: 2 }, /^"confirm" has no effect without a limit/],
  [{ floor: 5 }, /^"floor" must be a time such as 1s or 0\.5s, or 0, but is 5$/],
  [{ floor: '5' }, /^"floor" must be a time such as 1s or 0\.5s, or 0, but is "5"$/],
  [{ floor: '' }, /^"floor" must be a time such as 1s or 0\.5s, or 0, but is ""$/],
  [{ statistic: '' }, /^"statistic" must be a field of the build .*, but is ""$/],
  [{ statistic: { measurement: '', field: 'a' } }, /^"statistic" must be a field of the build .*, but is ""$/],
  [{ since: 'yes' }, /^"since" must be true or false/],
  [{ where: { a: 'b' } }, /^"where" selects records of data, but "duration" is a field of the build: remove "where"/],
  [{ statistic: 'a.b', where: ['x'] }, /^"where" must be a map of tags/],
  [{ statistic: { measurement: 'a' } }, /^"statistic" must be a field of the build/],
  [{ lats: 3 }, /^unknown key "lats"; did you mean "last"\?/],
  ...[0, -1, 1.5, 1001, '20', null].map((last): [unknown, RegExp] => [
    { last },
    /^"last" must be a whole number from 1 to 1000, but is/,
  ]),
  [{ branch: '' }, /^"branch" must not be empty/],
  [{ branch: 1 }, /^"branch" must be text: default, same, or the name of a branch, but is 1$/],
  [{ statistic: null }, /^"statistic" must be a field of the build/],
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
    /^"warn-above" is a time, "\w+", but the statistic "kb" is not in seconds: write \{value: \d+\}$/,
  ],
  [{ 'warn-above': 2, 'fail-above': 1.5 }, /^"fail-above" \(1\.5\) is below "warn-above" \(2\)/],
  [{ 'warn-above': '2m', 'fail-above': '60s' }, /^"fail-above" \(60s\) is below/],
  [{ 'min-builds': 30 }, /^"min-builds" \(30\) is more than "last" \(20\)/],
])('%j is a problem', (value, text) => {
  const { comparisons, problems } = parseComparisons(value)
  expect(comparisons ?? []).toEqual([])
  expect(problems.map(({ text: found }) => found)).toEqual([expect.stringMatching(text)])
})

test('all problems are told at once, each with its place', () => {
  const { problems } = parseComparisons({ last: 0, 'warn-above': 'x', colour: 1 })
  expect(problems.map(({ path }) => path)).toEqual([['last'], ['warn-above'], ['colour']])
  const listed = parseComparisons([{}, { last: 0 }, { 'warn-above': 'x' }]).problems
  expect(listed.map(({ path }) => path)).toEqual([
    [1, 'last'],
    [2, 'warn-above'],
  ])
})
