import { describe, expect, test } from 'vitest'
import { captureBuild } from '../../src/capture/capture.ts'
import { explainMiss } from '../../src/capture/miss.ts'
import type { Rule } from '../../src/capture/rules.ts'
import { exampleBuild, exampleProperties } from '../build/example-build.ts'
import { parseRules } from './example-rules.ts'

const properties = exampleProperties({
  steps: {
    unit: {
      outputs: { coverage: '81.5', empty: '', flag: 'true', api_token: 'abc', bench_a: '1', bench_b: 'x' },
      outcome: 'success',
    },
    other: { outputs: { coverage: '90' } },
  },
  matrix: { version: '1.20' },
  event: { number: 7 },
  env: { CI: 'true', blank: ' ' },
  own: { nothing: null, list: [1, 2] },
})
const build = exampleBuild({ properties })

function rulesOf(...items: unknown[]): readonly Rule[] {
  const { rules, problems } = parseRules(items, () => 3)
  expect(problems).toEqual([])
  return rules
}

const capture = (...items: unknown[]) => captureBuild(build, rulesOf(...items))

/** Name, path and value of each captured property. */
const valuesOf = (...items: unknown[]) =>
  capture(...items).captured.map((one) => ('name' in one ? [one.name, one.property.path, one.value] : []))

describe('times', () => {
  const [start, end] = ['2026-08-01T12:00:00.000Z', '2026-08-01T12:01:30.500Z']
  const lasting = { start, end, seconds: 90.5 }
  test.each([
    ['start-time', { column: 'start_time', value: start, input: { start } }],
    ['end-time', { column: 'end_time', value: end, input: { end } }],
    ['duration', { column: 'duration', value: 90.5, input: lasting }],
    [{ duration: { 'report-in': 'minutes' } }, { column: 'duration_minutes', value: 90.5 / 60, input: lasting }],
    [{ duration: { 'report-in': 'hours' } }, { column: 'duration_hours', value: 90.5 / 3600, input: lasting }],
  ])('%j', (item, captured) => {
    const [rule] = rulesOf(item)
    expect(capture(item)).toEqual({
      captured: [{ rule, ...captured }],
      steps: [],
      misses: [],
      warnings: [],
      notes: [],
      secretNames: [],
    })
  })

  test('a build that ends before it starts lasts 0 s', () => {
    const backwards = exampleBuild({ startMs: 2000, endMs: 1000 })
    expect(captureBuild(backwards, rulesOf('duration')).captured).toMatchObject([{ value: 0 }])
  })
})

test.each([
  ['the short name of the last step', { property: 'coverage' }, [['coverage', 'steps.other.outputs.coverage', 90]]],
  [
    'a path',
    { property: 'steps.unit.outputs.coverage' },
    [['steps.unit.outputs.coverage', 'steps.unit.outputs.coverage', 81.5]],
  ],
  ['a type', { property: { name: 'coverage', type: 'int' } }, [['coverage', 'steps.other.outputs.coverage', 90n]]],
  ['text that is a boolean', { property: 'flag' }, [['flag', 'steps.unit.outputs.flag', true]]],
  [
    'empty text, where text is asked for',
    { property: { name: 'empty', type: 'string' } },
    [['empty', 'steps.unit.outputs.empty', '']],
  ],
  ['a list', { property: 'list' }, [['list', 'list', '[1,2]']]],
  ['the event payload', { property: 'github.event.number' }, [['github.event.number', 'github.event.number', 7]]],
  ['the environment', { property: 'env.CI' }, [['env.CI', 'env.CI', true]]],
  [
    'a name that looks like a secret, asked for by name',
    { property: 'api_token' },
    [['api_token', 'steps.unit.outputs.api_token', 'abc']],
  ],
  [
    'a tag as it stands',
    { property: { name: 'matrix.version', tag: 'go' } },
    [['matrix.version', 'matrix.version', '1.20']],
  ],
])('a property: %s', (_, item, values) => {
  expect(valuesOf(item)).toEqual(values)
})

test('a captured property knows its rule and its property', () => {
  const [rule] = rulesOf({ property: { name: 'flag', field: 'f' } })
  expect(capture({ property: { name: 'flag', field: 'f' } }).captured).toEqual([
    { rule, name: 'flag', property: properties.find('flag'), value: true },
  ])
})

describe('a regular expression', () => {
  test.each([
    [
      'sees short names',
      'bench_',
      [
        ['bench_a', 'steps.unit.outputs.bench_a', 1],
        ['bench_b', 'steps.unit.outputs.bench_b', 'x'],
      ],
    ],
    [
      'sees paths',
      'steps\\.unit\\.outputs\\.bench_a',
      [['steps.unit.outputs.bench_a', 'steps.unit.outputs.bench_a', 1]],
    ],
    [
      'sees each property once, by its short name first',
      '.*coverage',
      [
        ['steps.unit.outputs.coverage', 'steps.unit.outputs.coverage', 81.5],
        ['coverage', 'steps.other.outputs.coverage', 90],
      ],
    ],
    ['passes over what is empty', 'empty|nothing', []],
    ['sees no environment', 'env', []],
    ['sees no event payload', 'github', []],
    ['matches at the start only', 'ench_a', []],
  ])('%s', (_, regex, values) => {
    expect(valuesOf({ property: { regex } })).toEqual(values)
    expect(capture({ property: { regex } }).misses).toEqual([])
  })

  test('leaves out what looks like a secret, and tells its name', () => {
    const { captured, secretNames } = capture({ property: { regex: 'api_.*' } }, { property: { regex: '.*_token' } })
    expect(captured).toEqual([])
    expect(secretNames).toEqual(['api_token'])
  })

  test('leaves out what looks like a secret by its path', () => {
    const properties = exampleProperties({ steps: { read_token: { outputs: { value: 'x' } } } })
    const rules = rulesOf({ property: { regex: 'value' } })
    const { captured, secretNames } = captureBuild(exampleBuild({ properties }), rules)
    expect([captured, secretNames]).toEqual([[], ['value']])
  })

  test('that finds a value of another type misses that value alone', () => {
    const { captured, misses } = capture({ property: { regex: 'bench_', type: 'float' } })
    expect(captured).toHaveLength(1)
    expect(misses.map(({ reason }) => reason)).toEqual([
      'property "bench_b" is "x", not a finite decimal number (type: float)',
    ])
  })
})

describe('misses', () => {
  test.each([
    [
      { property: 'nobody' },
      'there is no property "nobody" in build 42 of CI/test; only the outputs of a step that has an id are properties',
    ],
    [{ property: 'covrage' }, 'there is no property "covrage" in build 42 of CI/test; did you mean "coverage"'],
    [
      { property: 'steps.unit.outputs.covrage' },
      'there is no property "steps.unit.outputs.covrage" in build 42 of CI/test; did you mean "steps.unit.outputs.coverage"',
    ],
    [{ property: 'far.from.all' }, 'there is no property "far.from.all" in build 42 of CI/test'],
    [{ property: 'empty' }, 'property "empty" is empty'],
    [{ property: 'nothing' }, 'property "nothing" is null'],
    [{ property: { name: 'empty', tag: 't' } }, 'property "empty" is empty'],
    [{ property: { name: 'env.blank', tag: 't' } }, 'property "env.blank" is empty'],
    [
      { property: { name: 'coverage', type: 'boolean' } },
      'property "coverage" is "90", not true or false (type: boolean)',
    ],
  ])('%j: %s', (item, reason) => {
    const { captured, misses } = capture(item)
    expect(captured).toEqual([])
    expect(misses).toEqual([{ rule: rulesOf(item)[0], reason, level: 'warn' }])
  })

  test.each(['warn', 'ignore', 'error'])('on-missing: %s', (level) => {
    const { misses } = capture({ property: { name: 'nobody', 'on-missing': level } })
    expect(misses).toMatchObject([{ level }])
  })

  test('without any output, the remedy is the input steps', () => {
    const bare = exampleBuild({ number: undefined, properties: exampleProperties() })
    const { misses } = captureBuild(bare, rulesOf({ property: 'coverage' }, { property: 'a.b' }))
    expect(misses.map(explainMiss)).toEqual([
      'property coverage (captures, line 3) was not captured: there is no property "coverage" in build (no number) of CI/test; ' +
        'to capture step outputs, set the input steps: ${{ toJSON(steps) }}',
      'property a.b (captures, line 3) was not captured: there is no property "a.b" in build (no number) of CI/test',
    ])
  })

  test('one rule that fails takes nothing else with it', () => {
    const { captured, misses } = capture('start-time', { property: 'nobody' }, { property: 'flag' }, 'duration')
    expect(captured.map(({ rule }) => rule.kind)).toEqual(['start-time', 'property', 'duration'])
    expect(misses).toHaveLength(1)
  })
})

test('a list whose map has a "toString" is stored as JSON text, without a note', () => {
  const own = exampleBuild({ properties: exampleProperties({ own: { deep: [{ toString: 0 }], list: [20] } }) })
  const { captured, notes, misses } = captureBuild(own, rulesOf({ property: 'deep' }, { property: 'list' }))
  expect(captured.map(({ value }) => value)).toEqual(['[{"toString":0}]', '[20]'])
  expect([...notes, ...misses]).toEqual([])
})

test('a name that two steps set is warned of, once', () => {
  const warning =
    'The property "coverage" is set by steps.unit.outputs.coverage and steps.other.outputs.coverage; the last one is used. To choose another, give its path as the name.'
  expect(capture({ property: 'coverage' }, { property: { regex: 'coverage', field: 'again' } }).warnings).toEqual([
    warning,
  ])
  expect(capture({ property: 'steps.unit.outputs.coverage' }).warnings).toEqual([])
})

test('rules of other builders and rules for data capture nothing here', () => {
  expect(
    capture(
      { property: { name: 'nobody', builder: 'CD/*' } },
      { duration: { builder: 'CI/test (*' } },
      { data: 'list' },
    ),
  ).toEqual({
    captured: [],
    misses: [],
    warnings: [],
    notes: [],
    secretNames: [],
    steps: [],
  })
})

describe('a type of the duration', () => {
  test.each([
    [{ duration: { type: 'string' } }, '90.5'],
    [{ duration: { type: 'float', 'report-in': 'minutes' } }, 90.5 / 60],
  ])('%j', (item, value) => {
    expect(capture(item).captured).toMatchObject([{ value }])
  })

  test('that it does not have is a miss with the remedy', () => {
    const { captured, misses } = capture({ duration: { type: 'int' } })
    expect(captured).toEqual([])
    expect(misses.map(({ reason }) => reason)).toEqual([
      'the duration is "90.5", not a whole number (type: int); try type: float, or a callback such as $round(seconds)',
    ])
  })
})

test('an object that has a key "toString" is JSON text as any other', () => {
  const odd = exampleBuild({ properties: exampleProperties({ own: { odd: { toString: null } } }) })
  const { captured, misses } = captureBuild(odd, rulesOf({ property: 'odd' }))
  expect(misses).toEqual([])
  expect(captured).toMatchObject([{ name: 'odd', value: '{"toString":null}' }])
})
