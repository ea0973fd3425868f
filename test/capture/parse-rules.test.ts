import { expect, test } from 'vitest'
import { hasRegex } from '../../src/capture/parse-rules.ts'
import { defaultRules, nameRule, type Rule } from '../../src/capture/rules.ts'
import { parseRules } from './example-rules.ts'

const common = { builder: undefined, callback: undefined, source: 'captures', line: 7 }
const property = { kind: 'property', type: undefined, field: undefined, tag: undefined, onMissing: 'warn', ...common }
const data = { kind: 'data', measurement: undefined, tags: [], types: new Map(), time: undefined, ...common }

const report = {
  ...{ kind: 'report', format: undefined, name: undefined, by: undefined, cases: undefined, limit: undefined },
  ...{ measurement: undefined, tags: [], types: new Map(), time: undefined, onMissing: 'warn', ...common },
}

const toRegex = (source: string) => expect.objectContaining({ source })

test.each<[item: unknown, rule: object]>([
  ['start-time', { kind: 'start-time', type: undefined, field: undefined, ...common }],
  ['end-time', { kind: 'end-time', type: undefined, field: undefined, ...common }],
  ['duration', { kind: 'duration', reportIn: 'seconds', type: undefined, field: undefined, ...common }],
  [{ 'start-time': null }, { kind: 'start-time', type: undefined, field: undefined, ...common }],
  [{ 'start-time': {} }, { kind: 'start-time', type: undefined, field: undefined, ...common }],
  [{ 'start-time': { field: 'began' } }, { kind: 'start-time', type: undefined, field: 'began', ...common }],
  [
    { 'end-time': { field: 'done', builder: 'CI/*' } },
    { kind: 'end-time', type: undefined, field: 'done', ...common, builder: ['CI/*'] },
  ],
  [
    { duration: { 'report-in': 'seconds' } },
    { kind: 'duration', reportIn: 'seconds', type: undefined, field: undefined, ...common },
  ],
  [
    { duration: { 'report-in': 'minutes' } },
    { kind: 'duration', reportIn: 'minutes', type: undefined, field: undefined, ...common },
  ],
  [
    { duration: { 'report-in': 'hours', field: 'h', builder: ['a', 'b'] } },
    { kind: 'duration', reportIn: 'hours', type: undefined, field: 'h', ...common, builder: ['a', 'b'] },
  ],
  [{ report: 'build/**/*.xml' }, { ...report, files: ['build/**/*.xml'] }],
  [{ report: ['a.xml', '!b/**'] }, { ...report, files: ['a.xml', '!b/**'] }],
  [{ report: { files: 'a/../b.xml' } }, { ...report, files: ['a/../b.xml'] }],
  [
    { report: { files: ['a.xml'], by: 'suite', name: 'unit' } },
    { ...report, files: ['a.xml'], by: 'suite', name: 'unit' },
  ],
  [
    { report: { files: 'a.xml', cases: 'slowest', limit: 5, measurement: 'm', tags: ['t'], 'on-missing': 'ignore' } },
    {
      ...{ ...report, files: ['a.xml'], cases: 'slowest', limit: 5, measurement: 'm', tags: ['t'] },
      onMissing: 'ignore',
    },
  ],
  [
    { report: { files: 'x.json', format: 'json', name: 'x', time: 'at', types: { n: 'int' }, callback: '$' } },
    {
      ...{ ...report, files: ['x.json'], format: 'json', name: 'x', time: 'at', callback: '$' },
      types: new Map([['n', 'int']]),
    },
  ],
  [{ property: 'coverage' }, { ...property, match: { name: 'coverage' } }],
  [{ property: { name: 'coverage' } }, { ...property, match: { name: 'coverage' } }],
  [{ property: { regex: 'bench_.*' } }, { ...property, match: { regex: toRegex('bench_.*') } }],
  [
    { property: { name: 'size', type: 'int', field: 'kb', 'on-missing': 'error', builder: 'CI/build' } },
    { ...property, match: { name: 'size' }, type: 'int', field: 'kb', onMissing: 'error', builder: ['CI/build'] },
  ],
  [{ property: { name: 'ref', tag: 'branch' } }, { ...property, match: { name: 'ref' }, tag: 'branch' }],
  [
    { property: { regex: 'x', 'on-missing': 'ignore' } },
    { ...property, match: { regex: toRegex('x') }, onMissing: 'ignore' },
  ],
  ...(['float', 'string', 'boolean', 'percent', 'seconds', 'bytes'] as const).map((type): [unknown, object] => [
    { property: { name: 'x', type } },
    { ...property, match: { name: 'x' }, type },
  ]),
  [{ data: 'tests' }, { ...data, match: { name: 'tests' } }],
  [{ data: { regex: '.*' } }, { ...data, match: { regex: toRegex('.*') } }],
  [
    { data: { name: 'tests', measurement: 'suites', tags: ['suite'], builder: ['CI/*'] } },
    { ...data, match: { name: 'tests' }, measurement: 'suites', tags: ['suite'], builder: ['CI/*'] },
  ],
  [
    { data: { name: 'tests', types: { total: 'int', share: 'percent' }, time: 'at' } },
    {
      ...data,
      match: { name: 'tests' },
      types: new Map([
        ['total', 'int'],
        ['share', 'percent'],
      ]),
      time: 'at',
    },
  ],
  [
    { 'end-time': { callback: '$toMillis(end)', type: 'int' } },
    { kind: 'end-time', type: 'int', field: undefined, ...common, callback: '$toMillis(end)' },
  ],
  [{ 'start-time': { type: 'string' } }, { kind: 'start-time', type: 'string', field: undefined, ...common }],
  [{ duration: { type: 'int' } }, { kind: 'duration', reportIn: 'seconds', type: 'int', field: undefined, ...common }],
])('%j is a rule', (item, rule) => {
  expect(parseRules([item], () => 7)).toEqual({ rules: [rule], problems: [] })
})

test('rules keep their order and get their lines', () => {
  const { rules } = parseRules(['duration', { property: 'a' }, 'start-time'], ([index]) => 10 + Number(index))
  expect(rules.map(({ kind, line }) => [kind, line])).toEqual([
    ['duration', 10],
    ['property', 11],
    ['start-time', 12],
  ])
})

test('a rule keeps its callback, and the file that it stands in', () => {
  const { rules } = parseRules([{ duration: { callback: 'seconds * 2' } }], () => 7, {
    source: 'ci/stats.yml',
    layout: 'native',
  })
  expect(rules).toMatchObject([{ kind: 'duration', callback: 'seconds * 2', source: 'ci/stats.yml', line: 7 }])
  expect(rules.map(nameRule)).toEqual(['duration (ci/stats.yml, line 7)'])
})

test('an empty list is no rule and no problem', () => {
  expect(parseRules([], () => 1)).toEqual({ rules: [], problems: [] })
})

test.each<[string, unknown[]]>([
  ['durations in two units', ['duration', { duration: { 'report-in': 'minutes' } }]],
  ['one property in two fields', [{ property: 'a' }, { property: { name: 'a', field: 'b' } }]],
  ['a property for each of two builders', ['x', 'y'].map((builder) => ({ property: { name: 'a', builder } }))],
  ['two rules for one data', [{ data: 'a' }, { data: 'a' }]],
  ['two regular expressions', [{ property: { regex: 'a' } }, { property: { regex: 'a' } }]],
  ['a field that is named as a rule, beside it', ['start-time', { property: { name: 'x', field: 'start-time' } }]],
])('%s are no doubles', (_, items) => {
  expect(parseRules(items, () => 1).problems).toEqual([])
})

test.each<[Rule | undefined, string]>([
  [defaultRules[0], 'start-time'],
  [defaultRules[2], 'duration'],
  [defaultRules[3], 'data /.*/'],
  [parseRules([{ property: 'coverage' }], () => 3).rules[0], 'property coverage (captures, line 3)'],
  [parseRules([{ property: { regex: 'b_.*' } }], () => 4).rules[0], 'property /b_.*/ (captures, line 4)'],
])('rule %# is called %s', (rule, name) => {
  expect(rule && nameRule(rule)).toBe(name)
})

test.each<[items: unknown, expected: boolean]>([
  [['duration', { property: 'a' }, { data: { name: 'a' } }, null, 5, { property: null }], false],
  [[{ data: { regex: '.*' } }, { property: { regex: '.*' } }], false],
  [[{ data: { regex: '.*' } }, { property: { regex: 'a' } }], true],
  [[{ steps: { regex: '' } }], true],
  [[{ property: { regex: 5 } }], false],
  ['regex', false],
  [undefined, false],
])('%j needs regular expressions to be compiled: %s', (items, expected) => {
  expect(hasRegex(items)).toBe(expected)
})
