import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/build/json.ts'
import type { Point } from '../../src/point/point.ts'
import type { ExpectedPoint } from './case.ts'
import { findDifferences } from './difference.ts'

const tags = { builder_name: 'CI/build', build_number: '7' }
const expected = (fields: JsonObject, measurement = 'CI/build-tests'): ExpectedPoint => ({ measurement, tags, fields })
const actual = (fields: Point['fields'], measurement = 'CI/build-tests'): Point => ({
  measurement,
  tags: Object.entries(tags),
  fields,
  timeNs: 1n,
})
const compare = (a: ExpectedPoint[], b: Point[], errors: string[] = [], reported: string[] = []) =>
  findDifferences({ storages: [a], errors }, { storages: [b], errors: reported })

describe('values', () => {
  const times = 'CI/build-build-times'
  test.each([
    ['a float by value', { n: 80 }, [['n', 80]], undefined],
    ['an integer by value', { n: 3 }, [['n', 3n]], undefined],
    ['the last bits of a calculation', { n: 0.3 }, [['n', 0.1 + 0.2]], undefined],
    ['text that says a number', { n: '1.20' }, [['n', 1.2]], undefined],
    ['text that says a boolean', { n: 'true' }, [['n', true]], undefined],
    ['None', { n: null, m: 1 }, [['m', 1]], undefined],
    ['a time', { 'start-time': '2026-01-01T10:00:00+00:00' }, [['start-time', '2026-01-01T10:00:00.000Z']], times],
    ['another zone', { 'end-time': '2026-01-01T12:00:00.5+02:00' }, [['end-time', '2026-01-01T10:00:00.500Z']], times],
    ['a duration of microseconds', { duration: 1.000123 }, [['duration', 1.000123046875]], times],
  ] as [string, JsonObject, Point['fields'], string?][])('%s is the same', (_, a, b, measurement) => {
    expect(compare([expected(a, measurement)], [actual(b, measurement)])).toEqual([])
  })

  test.each([
    ['another number', { n: 3 }, [['n', 4]], undefined],
    ['large numbers that differ by one', { n: 1767261600000 }, [['n', 1767261600001]], undefined],
    ['text for a number', { n: 3 }, [['n', '3']], undefined],
    ['a number for text', { n: '3 s' }, [['n', 3]], undefined],
    ['a boolean for a number', { n: 1 }, [['n', true]], undefined],
    ['another text', { n: 'a' }, [['n', 'b']], undefined],
    ['a field too few', { n: 1, m: 2 }, [['n', 1]], undefined],
    [
      'a field too many',
      { n: 1 },
      [
        ['n', 1],
        ['m', 2],
      ],
      undefined,
    ],
    ['another key', { n: 1 }, [['m', 1]], undefined],
    [
      'a time that is text elsewhere',
      { t: '2026-01-01T10:00:00+00:00' },
      [['t', '2026-01-01T10:00:00.000Z']],
      undefined,
    ],
    [
      'another time',
      { 'start-time': '2026-01-01T10:00:00+00:00' },
      [['start-time', '2026-01-01T10:00:00.001Z']],
      times,
    ],
    ['a millisecond in hours', { duration: 1 }, [['duration', 1 + 1 / 3_600_000]], times],
  ] as [string, JsonObject, Point['fields'], string?][])('%s is a difference', (_, a, b, measurement) => {
    expect(compare([expected(a, measurement)], [actual(b, measurement)])).toHaveLength(2)
  })
})

describe('points', () => {
  const [one, two] = [expected({ n: 1 }), expected({ n: 2 })]
  const [first, second] = [actual([['n', 1]]), actual([['n', 2]])]
  test('in any order', () => expect(compare([one, two], [second, first])).toEqual([]))
  test('one that stands twice', () => {
    expect(compare([one, one], [first, first])).toEqual([])
    expect(compare([one, one], [first])).toEqual([expect.stringContaining('storage 1: misses')])
    expect(compare([one], [first, first])).toEqual([expect.stringContaining('storage 1: has unexpected')])
  })
  test('another measurement or tag', () => {
    expect(compare([one], [{ ...first, measurement: 'CI/build-test' }])).toHaveLength(2)
    expect(compare([one], [{ ...first, tags: [['builder_name', 'CI/build']] }])).toHaveLength(2)
  })
})

test('an error that is not reported, and one too many', () => {
  expect(compare([], [], ['not found'], ['there is none'])).toEqual([])
  expect(compare([], [], ['not found'], [])).toEqual(['reports 0 errors [], expected 1 ["not found"]'])
  expect(compare([], [], [], ['empty'])).toEqual(['reports 1 errors ["empty"], expected 0 []'])
})

test('problems with the rules', () => {
  const wrong = { configuration_error: 'unknown unit' }
  expect(findDifferences(wrong, { problems: ['is days'] })).toEqual([])
  expect(findDifferences(wrong, { storages: [], errors: [] })).toHaveLength(1)
  expect(findDifferences({ storages: [], errors: [] }, { problems: ['is days'] })).toHaveLength(1)
})
