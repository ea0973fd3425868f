import { describe, expect, test } from 'vitest'
import { explainConflicts } from '../../src/action/explain-conflict.ts'
import type { TimeRule } from '../../src/capture/rules.ts'
import type { Placed } from '../../src/point/native.ts'
import type { Conflict } from '../../src/storage/storage.ts'
import { property, rule } from './example-outcome.ts'

const placed: Placed[] = [
  { captured: { rule: { ...rule, line: 3 }, name: 'coverage', property, value: 81.5 }, key: 'cov', kind: 'field' },
  { captured: { rule, name: 'coverage', property, value: 'x' }, key: 'suite', kind: 'tag' },
]
const conflict: Conflict = { measurement: 'build', field: 'cov', given: 'string', existing: 'float', points: 1 }
const explain = (changes: Partial<Conflict>, from = placed) =>
  explainConflicts([{ name: 'influx', conflicts: [{ ...conflict, ...changes }] }], from)

test('no conflicts, no sentences', () => {
  expect(explainConflicts([{ name: 'influx' }, { name: 'other', conflicts: [] }], placed)).toEqual([])
})

describe('a field is told with both types, its rule and the remedy', () => {
  test.each([
    ['float', '"type: float"'],
    ['integer', '"type: int"'],
    ['string', '"type: string"'],
    ['boolean', '"type: boolean"'],
  ])('that is %s in the database: %s', (existing, remedy) => {
    expect(explain({ existing })).toEqual([
      `The field "cov" was left out of 1 point of "build" in influx: it is string here, and influx has it as ${existing}. ` +
        `It comes from the rule property coverage (captures, line 3); give the rule ${remedy}, or another "field".`,
    ])
  })

  test.each([
    ['unsigned', 'influx has it as unsigned. ', 'give the rule another "field".'],
    [undefined, 'influx has it as another type. ', 'give the rule another "field".'],
  ])('that is %s in the database, which no rule can make', (existing, is, remedy) => {
    const [text = ''] = explain({ existing })
    expect(text).toContain(is)
    expect(text).toContain(`; ${remedy}`)
  })

  test('of a rule that has no type', () => {
    const { match: _, ...times } = rule
    const startTime: TimeRule = { ...times, kind: 'start-time', field: undefined }
    const captured = { rule: startTime, timeMs: 0, value: '1970-01-01T00:00:00.000Z' }
    const [text] = explain({ field: 'start_time' }, [{ captured, key: 'start_time', kind: 'field' }])
    expect(text).toMatch(/It comes from the rule start-time; give the rule another "field"\.$/)
  })

  test('of data, which has no rule', () => {
    expect(explain({ measurement: 'tests', field: 'passed', points: 2 })).toEqual([
      'The field "passed" was left out of 2 points of "tests" in influx: it is string here, and influx has it as float. ' +
        'It comes from data that steps yield; yield it as float, or under another name.',
    ])
    expect(explain({ measurement: 'tests', field: 'passed', existing: undefined })[0]).toMatch(
      /; yield it under another name\.$/,
    )
  })

  test('of the Buildbot layout, where the rule has a measurement', () => {
    const from: Placed[] = [
      { captured: { rule, name: 'coverage', property, value: 1 }, key: 'CI/test-coverage', kind: 'field' },
    ]
    expect(explain({ measurement: 'CI/test-coverage', field: 'value' }, from)[0]).toContain(
      'the rule property coverage',
    )
  })
})

test('a tag of that name is not where a field comes from', () => {
  expect(explain({ measurement: 'tests', field: 'suite' })[0]).toContain('data that steps yield')
})

test('a field that conflicts in many requests is told once, with all points; another type and another storage are others', () => {
  const conflicts = [conflict, { ...conflict, points: 4 }, { ...conflict, given: 'boolean' }]
  const texts = explainConflicts(
    [
      { name: 'a', conflicts },
      { name: 'b', conflicts: [conflict] },
    ],
    placed,
  )
  expect(texts.map((text) => /of (\d) points? of "build" in (\w): it is (\w+)/.exec(text)?.slice(1))).toEqual([
    ['5', 'a', 'string'],
    ['1', 'a', 'boolean'],
    ['1', 'b', 'string'],
  ])
})
