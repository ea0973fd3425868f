import { describe, expect, test } from 'vitest'
import { type DataRecord, type Fields, Unsigned } from '../../src/build/data.ts'
import { toFields } from '../../src/build/fields.ts'
import type { Json, JsonObject } from '../../src/build/json.ts'
import {
  type CapturedOutputs,
  captureOutputs,
  createDataCapture,
  findUncapturedOutputs,
} from '../../src/capture/data.ts'
import { defaultRules } from '../../src/capture/rules.ts'
import { exampleProperties } from '../build/example-build.ts'
import { parseRules } from './example-rules.ts'

const rulesOf = (...items: unknown[]) => parseRules(items, () => 1).rules

/** What an output of one step comes to. */
function captureOutput(value: Json, ...items: unknown[]) {
  const properties = exampleProperties({ steps: { unit: { outputs: { tests: value } } } })
  return captureOutputs('CI/test', rulesOf(...items), properties)
}

describe('toFields', () => {
  test.each<[JsonObject, Fields]>([
    [{}, []],
    [
      { a: 1, b: 'x', c: true, d: null },
      [
        ['a', 1],
        ['b', 'x'],
        ['c', true],
      ],
    ],
    [
      { a: { b: { c: 1 }, d: 2 } },
      [
        ['a_b_c', 1],
        ['a_d', 2],
      ],
    ],
    [
      { a: [1, { b: 2 }], e: [] },
      [
        ['a', '[1,{"b":2}]'],
        ['e', '[]'],
      ],
    ],
    [{ a: {}, b: { c: null } }, []],
    [{ a: { b: 1 }, a_b: 2 }, [['a_b', 2]]],
    [
      { '': 1, ' ': 2 },
      [
        ['', 1],
        [' ', 2],
      ],
    ],
    [
      JSON.parse('{"__proto__": 1, "constructor": {"a": 2}}'),
      [
        ['__proto__', 1],
        ['constructor_a', 2],
      ],
    ],
    [{ a: { b: { c: { d: { e: { f: { g: { h: { i: 1 } } } } } } } } }, [['a_b_c_d_e_f_g_h', '{"i":1}']]],
  ])('%j', (record, fields) => {
    expect(toFields(record).fields).toEqual(fields)
  })
})

const recordsOf = (captured: CapturedOutputs['captured']) => captured.map((rules) => rules.map(({ record }) => record))

describe('outputs', () => {
  const named = (...fields: Fields): DataRecord => ({ name: 'tests', tags: [], fields })

  test.each<[string, Json, DataRecord[]]>([
    ['an object', '{"passed": 10, "time": {"total": 1.5}}', [named(['passed', 10], ['time_total', 1.5])]],
    ['a list of objects', '[{"a": 1}, {"a": 2}]', [named(['a', 1]), named(['a', 2])]],
    ['an empty list', '[]', []],
    ['a value that is no text', { a: 1 }, [named(['a', 1])]],
    ['text around it', ' \n{"a": 1}\n', [named(['a', 1])]],
    ['an output that is not set', '', []],
    ['null', null, []],
  ])('%s', (_, value, records) => {
    const { captured, misses } = captureOutput(value, { data: 'tests' })
    expect(recordsOf(captured)).toEqual(records.map((record) => [record]))
    expect(misses).toEqual([])
  })

  test.each<[Json, RegExp]>([
    ['10 passed', /^the value of "tests" is not a JSON object, a list of objects, or one object per line: /],
    ['{"a": 1', /^the value of "tests" is not a JSON object, a list of objects, or one object per line: /],
    ['5', /^the value of "tests" is not a JSON object, a list of objects, or one object per line$/],
    ['"text"', /is not a JSON object, a list of objects, or one object per line$/],
    ['null', /is not a JSON object, a list of objects, or one object per line$/],
    ['[2]', /^record 1 of "tests" is not a JSON object$/],
    [true, /is not a JSON object, a list of objects, or one object per line$/],
    ['{}', /^record 1 of "tests" has no values$/],
  ])('%j is a miss that says why', (value, reason) => {
    const rules = rulesOf({ data: 'tests' })
    const { captured, misses } = captureOutput(value, { data: 'tests' })
    expect(captured).toEqual([])
    expect(misses).toEqual([{ rule: { ...rules[0] }, reason: expect.stringMatching(reason), level: 'warn' }])
  })

  test.each<[Json, RegExp]>([
    ['[{"a": 1}, 2]', /^record 2 of "tests" is not a JSON object$/],
    ['[{"b": null}, {"a": 1}]', /^record 1 of "tests" has no values$/],
    ['[[], {"a": 1}, null, {}]', /^record 1 of "tests" is not a JSON object \(and 2 more of 4\)$/],
  ])('%j: a record that is none costs itself alone', (value, reason) => {
    const { captured, misses } = captureOutput(value, { data: 'tests' })
    expect(recordsOf(captured)).toMatchObject([[named(['a', 1])]])
    expect(misses).toMatchObject([{ reason: expect.stringMatching(reason), level: 'warn' }])
  })

  test.each([
    ['a regular expression', { data: { regex: '.*' } }],
    ['another name', { data: 'test' }],
    ['another builder', { data: { name: 'tests', builder: 'CD/*' } }],
    ['a rule for properties', { property: 'tests' }],
  ])('%s captures none', (_, item) => {
    expect(captureOutput('{"a": 1}', item)).toEqual({ captured: [], misses: [], warnings: [], empty: new Map() })
  })

  test('a path names an output, and with it the data', () => {
    const { captured } = captureOutput('{"a": 1}', { data: 'steps.unit.outputs.tests' })
    expect(
      recordsOf(captured)
        .flat()
        .map(({ name }) => name),
    ).toEqual(['steps.unit.outputs.tests'])
  })

  test.each(['steps', 'job', 'github', 'runner', 'env'])('data named %s is not the context of that name', (name) => {
    const properties = exampleProperties({
      steps: { a: { outcome: 'success' } },
      job: { status: 'success' },
      github: { ref: 'main' },
      runner: { os: 'Linux' },
      env: { AWS_SECRET_ACCESS_KEY: 'abc' },
    })
    expect(captureOutputs('CI/test', rulesOf({ data: name }), properties)).toEqual({
      captured: [],
      misses: [],
      warnings: [],
      empty: new Map(),
    })
  })

  test('a name that two steps yield is warned of, for the last one counts', () => {
    const steps = { a: { outputs: { tests: '{"n": 1}' } }, b: { outputs: { tests: '{"n": 2}' } } }
    const result = captureOutputs('CI/test', rulesOf({ data: 'tests' }), exampleProperties({ steps }))
    expect(result).toMatchObject({
      warnings: [expect.stringMatching('steps.a.outputs.tests and steps.b.outputs.tests')],
    })
  })

  test('what several rules capture of a record stays together', () => {
    const items = [{ data: 'tests' }, { data: { name: 'tests', tags: ['a'] } }]
    const { captured } = captureOutput('[{"a": 1, "b": 2}, {"a": 3, "b": 4}]', ...items)
    expect(captured.map((found) => found.map(({ rule }) => rule.kind === 'data' && rule.tags.length))).toEqual([
      [0, 1],
      [0, 1],
    ])
  })

  test('a list that is too deep for JSON.stringify costs its record', () => {
    const { captured, misses } = captureOutput(`{"a": ${'['.repeat(20_000)}${']'.repeat(20_000)}, "b": 2}`, {
      data: 'tests',
    })
    expect([captured.length, misses.length]).toEqual([0, 1])
  })

  test('a record a line: one that is not JSON costs itself', () => {
    const { captured, misses } = captureOutput('\uFEFF{"a": 1}\n[{"a": 2}, {"a": 3}]\n{"a"\n5\n', { data: 'tests' })
    expect(recordsOf(captured)).toEqual([1, 2, 3].map((a) => [named(['a', a])]))
    expect(misses.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^line 3 is not JSON: .* \(and 1 more of 4\)$/),
    ])
  })

  test.each([
    ['[]', 'steps.unit.outputs.tests is []: an empty list'],
    [' ', 'steps.unit.outputs.tests is empty'],
    ['', 'steps.unit.outputs.tests is empty'],
    ['10 passed', ''],
    ['{}', ''],
  ])('of %j it is known why there is nothing', (value, why) => {
    expect(captureOutput(value, { data: 'tests' }).empty).toEqual(new Map([['tests', why]]))
  })
})

describe('the data file', () => {
  const record: DataRecord = {
    name: 'tests',
    tags: [['suite', 'unit']],
    fields: [
      ['passed', 10n],
      ['id', new Unsigned(7n)],
      ['ok', true],
    ],
    timeNs: 5n,
  }

  test('a rule captures by name or regular expression, tags and time are kept', () => {
    const rules = rulesOf({ data: 'tests' }, { data: { regex: 'te' } }, { data: 'other' }, { data: { regex: 'ests' } })
    const captured = createDataCapture('CI/test', rules)(record)
    expect(captured).toEqual([
      { rule: rules[0], record },
      { rule: rules[1], record },
    ])
  })

  test('each record is matched by its own name', () => {
    const capture = createDataCapture('CI/test', rulesOf({ data: { regex: 'a' } }))
    const names = ['a', 'b', 'ab', 'b', 'a'].filter((name) => capture({ ...record, name }).length > 0)
    expect(names).toEqual(['a', 'ab', 'a'])
  })

  test('a rule of another builder captures none', () => {
    expect(createDataCapture('CI/test', rulesOf({ data: { name: 'tests', builder: 'CD/*' } }))(record)).toEqual([])
  })
})

describe('without rules of a user, a step output', () => {
  const find = (value: Json, rules = defaultRules) =>
    findUncapturedOutputs(rules, exampleProperties({ steps: { unit: { outputs: { tests: value } } } }))

  test.each<Json>(['{"passed": 1}', '[{"passed": 1}]', '{"passed": 1}\n{"passed": 2}'])('of %j is named', (value) => {
    expect(find(value)).toEqual(['tests'])
    expect(find(value, rulesOf({ data: { regex: '.*' } }))).toEqual([])
  })

  test.each<Json>(['87.5', '', '[1, 2]', '{}', '{oops', '{"include": [{"os": "linux"}]}', '{"a": 1}'.padEnd(20_000)])(
    'of %j is not',
    (value) => {
      expect(find(value)).toEqual([])
    },
  )
})
