import { describe, expect, test } from 'vitest'
import type { DataRule } from '../../src/capture/kinds/data.ts'
import type { TimeRule } from '../../src/capture/kinds/time.ts'
import type { Column } from '../../src/point/native.ts'
import { explainConflicts, explainConversions, type Origin } from '../../src/presentation/explain-conflict.ts'
import type { Conflict } from '../../src/storage/storage.ts'
import { property, rule } from './example-outcome.ts'

const columns: Column[] = [
  { captured: { rule: { ...rule, line: 3 }, name: 'coverage', property, value: 81.5 }, key: 'cov', kind: 'field' },
  { captured: { rule, name: 'coverage', property, value: 'x' }, key: 'suite', kind: 'tag' },
]
const conflict: Conflict = {
  measurement: 'build',
  field: 'cov',
  given: 'string',
  existing: 'float',
  points: 1,
  isConverted: false,
}
const layout = { kind: 'native', options: { measurement: 'build', tags: [], matrixTags: true } } as const
const origin: Origin = { builder: 'CI/test', layout, rules: [], columns }
const explain = (changes: Partial<Conflict>, from: Partial<Origin> = {}) =>
  explainConflicts([{ name: 'influx', conflicts: [{ ...conflict, ...changes }], origin: { ...origin, ...from } }])

test('no conflicts, no sentences', () => {
  expect(explainConflicts([{ name: 'influx' }, { name: 'other', conflicts: [] }])).toEqual([])
})

describe('a field is told with both types, its rule and the remedy', () => {
  test.each([
    ['float', '"type: float"'],
    ['integer', '"type: int"'],
    ['string', '"type: string"'],
    ['boolean', '"type: boolean"'],
  ])('that is %s in the database: %s', (existing, remedy) => {
    expect(explain({ existing })).toEqual([
      `The field "cov" was left out of 1 point of "build" in influx: this build sends it as string, but it is stored as ${existing}. ` +
        `It comes from the rule property coverage (captures, line 3); give the rule ${remedy}, or another "field".`,
    ])
  })

  test.each([
    ['unsigned', 'it is stored as unsigned. ', 'give the rule another "field".'],
    [undefined, 'it is stored as another type. ', 'give the rule another "field".'],
  ])('that is %s in the database, which no rule can make', (existing, is, remedy) => {
    const [text = ''] = explain({ existing })
    expect(text).toContain(is)
    expect(text).toContain(`; ${remedy}`)
  })

  test('of a rule that has no type', () => {
    const { match: _, ...times } = rule
    const startTime: TimeRule = { ...times, kind: 'start-time', field: undefined }
    const captured = { rule: startTime, column: 'start_time', value: '1970-01-01T00:00:00.000Z' }
    const [text] = explain({ field: 'start_time' }, { columns: [{ captured, key: 'start_time', kind: 'field' }] })
    expect(text).toMatch(/It comes from the rule start-time; give the rule another "field"\.$/)
  })

  test('of data, which has no rule', () => {
    expect(explain({ measurement: 'tests', field: 'passed', points: 2 })).toEqual([
      'The field "passed" was left out of 2 points of "tests" in influx: this build sends it as string, but it is stored as float. ' +
        'It comes from data that steps yield; yield it as float, or under another name.',
    ])
    expect(explain({ measurement: 'tests', field: 'passed', existing: undefined })[0]).toMatch(
      /; yield it under another name\.$/,
    )
  })

  test('of the Buildbot layout, which takes no other field', () => {
    const columns: Column[] = [
      { captured: { rule, name: 'coverage', property, value: 1 }, key: 'CI/test-coverage', kind: 'field' },
    ]
    const buildbot = { layout: { kind: 'buildbot' }, columns } as const
    expect(explain({ measurement: 'CI/test-coverage', field: 'value' }, buildbot)[0]).toMatch(
      /the rule property coverage; give the rule "type: float", or write to another database\.$/,
    )
    expect(explain({ measurement: 'CI/test-coverage', field: 'value', existing: undefined }, buildbot)[0]).toMatch(
      /the rule property coverage; write to another database\.$/,
    )
  })

  test('of times in the Buildbot layout, which share a measurement', () => {
    const { match: _, ...times } = rule
    const timeOf = (kind: TimeRule['kind'], callback?: string): Column => ({
      captured: { rule: { ...times, kind, callback, field: undefined }, column: 'start_time', value: 1 },
      key: 'CI/test-build-times',
      kind: 'field',
    })
    const duration: Column = {
      captured: {
        rule: { ...times, kind: 'duration', reportIn: 'seconds', field: undefined, type: undefined },
        column: 'duration',
        value: 1,
      },
      key: 'CI/test-build-times',
      kind: 'field',
    }
    const columns = [timeOf('start-time'), timeOf('end-time', '$toMillis(end)'), duration]
    const of = (field: string) =>
      explain({ measurement: 'CI/test-build-times', field }, { layout: { kind: 'buildbot' }, columns })[0]
    expect(of('start-time')).toMatch(/the rule start-time; write to another database\.$/)
    expect(of('end-time')).toMatch(/the rule end-time; let its callback return float, or write to another database\.$/)
    expect(of('duration')).toMatch(/the rule duration; write to another database\.$/)
  })

  test('of data that a callback makes, by the rule that is for it', () => {
    const data = (name: string, line: number, measurement?: string): DataRule => ({
      ...{
        kind: 'data',
        match: { name },
        measurement,
        tags: [],
        types: new Map(),
        time: undefined,
        builder: undefined,
      },
      ...{ callback: '{"total": 1}', source: 'captures', line },
    })
    const rules = [data('other', 2), data('tests', 3), data('cases', 4, 'elsewhere')]
    expect(explain({ measurement: 'tests', field: 'total', existing: 'integer' }, { rules })[0]).toMatch(
      /It comes from the rule data tests \(captures, line 3\); let its callback return integer\.$/,
    )
    expect(explain({ measurement: 'elsewhere', field: 'total' }, { rules })[0]).toContain(
      'data cases (captures, line 4)',
    )
    const buildbot = { rules, layout: { kind: 'buildbot' } } as const
    expect(explain({ measurement: 'CI/test-tests', field: 'total' }, buildbot)[0]).toContain('data tests')
  })

  test('of a field that no rule made', () => {
    expect(explain({ field: 'run_id', given: 'integer' })[0]).toMatch(
      /Build Stats writes this field itself; give these builds another "measurement", or another database\.$/,
    )
  })

  test('of data that has a field of the name of a statistic', () => {
    expect(explain({ measurement: 'tests', field: 'cov' })[0]).toContain('It comes from data that steps yield')
  })

  test('of another job, of which nothing is known but its points', () => {
    expect(explainConflicts([{ name: 'influx', conflicts: [conflict] }])).toEqual([
      'The field "cov" was left out of 1 point of "build" in influx: this build sends it as string, but it is stored as float.',
    ])
  })
})

test('two storages have rules of their own for one field', () => {
  const of = (line: number): Origin => ({
    ...origin,
    columns: [
      { captured: { rule: { ...rule, line }, name: 'coverage', property, value: 1 }, key: 'cov', kind: 'field' },
    ],
  })
  const texts = explainConflicts([
    { name: 'a', conflicts: [conflict], origin: of(3) },
    { name: 'b', conflicts: [conflict], origin: of(9) },
  ])
  expect(texts.map((text) => /line (\d)/.exec(text)?.[1])).toEqual(['3', '9'])
})

test('what was converted is one note a storage, and no fault', () => {
  const converted = { ...conflict, field: 'total', given: 'integer', isConverted: true }
  const storages = [
    { name: 'a', conflicts: [converted, { ...converted, points: 2 }, { ...converted, field: 'x' }, conflict], origin },
    { name: 'b', conflicts: [] },
  ]
  expect(explainConversions(storages)).toEqual([
    'Converted to the types that a has: "total" of "build" from integer to float (3 points), "x" of "build" from integer to float (1 point).',
  ])
  expect(explainConflicts(storages)).toHaveLength(1)
})

test('a tag of that name is not where a field comes from', () => {
  expect(explain({ measurement: 'tests', field: 'suite' })[0]).toContain('data that steps yield')
})

test('a field that conflicts in many requests is told once, with all points; another type and another storage are others', () => {
  const conflicts = [conflict, { ...conflict, points: 4 }, { ...conflict, given: 'boolean' }]
  const texts = explainConflicts([
    { name: 'a', conflicts },
    { name: 'b', conflicts: [conflict] },
  ])
  expect(
    texts.map((text) => /of (\d) points? of "build" in (\w): this build sends it as (\w+)/.exec(text)?.slice(1)),
  ).toEqual([
    ['5', 'a', 'string'],
    ['1', 'a', 'boolean'],
    ['1', 'b', 'string'],
  ])
})
