import { describe, expect, test } from 'vitest'
import { findShift, mostLooks, type Shift } from '../../src/compare/shift.ts'
import { createRandom } from '../dashboards/random.ts'

/** Builds of about so many seconds, 2 % up and down. */
const about = (seconds: number, count: number, seed = 1) => {
  const random = createRandom(seed)
  return Array.from({ length: count }, () => random.lognormal(seconds, 0.02))
}

describe.each([
  ['slower', 360],
  ['faster', 240],
])('%s from the 41st build on', (_, seconds) => {
  const values = [...about(300, 40), ...about(seconds, 60, 2)]

  test.each([46, 55, 61, 70, 90])('it is found at build %d, and where it was', (end) => {
    const shift = findShift(values.slice(0, end))
    expect(shift?.at).toBe(40)
    expect(Math.abs((shift?.before ?? 0) - 300)).toBeLessThan(10)
    expect(Math.abs((shift?.after ?? 0) - seconds)).toBeLessThan(10)
  })

  test('it is not found by three builds, nor by those that are long used to it', () => {
    expect(findShift(values.slice(0, 43))).toBeUndefined()
    expect(findShift(values.slice(40))).toBeUndefined()
    expect(findShift(values.slice(30).concat(about(seconds, mostLooks, 3)))).toBeUndefined()
  })

  test('what a build has said is kept', () => {
    expect(findShift(values.slice(0, 70), 0, { at: 38, by: 60 })?.at).toBe(38)
  })

  test('it ends with the next one', () => {
    const shift = findShift([...values.slice(0, 60), ...about(300, 12, 4)]) as Shift
    expect(shift.at).toBe(60)
    expect(Math.sign(shift.after - shift.before)).toBe(Math.sign(300 - seconds))
  })

  test('it does not outlast itself', () => {
    expect(findShift([...values.slice(0, 60), ...about(300, 40, 4)], 0, { at: 40, by: 99 })).toBeUndefined()
  })
})

test('less than five parts in a hundred, or than the floor, is nothing', () => {
  expect(findShift([...about(300, 40), ...about(309, 15, 2)])).toBeUndefined()
  expect(findShift([...Array(40).fill(2), ...Array(15).fill(2.5)], 1)).toBeUndefined()
  expect(findShift([...Array(40).fill(2), ...Array(15).fill(2.5)])?.at).toBe(40)
})

test('of two changes the last one counts, however much larger the first was', () => {
  expect(findShift([...about(100, 30), ...about(300, 40, 2), ...about(360, 8, 3)])?.at).toBe(70)
})

test.each([[[]], [[1]], [Array(9).fill(1)], [Array(200).fill(0)]])('%j has none', (values) => {
  expect(findShift(values)).toBeUndefined()
})

test('it is quick enough for the end of a job', () => {
  const random = createRandom(5)
  const values = Array.from({ length: 110 }, () => random.lognormal(300, 0.15))
  const startMs = performance.now()
  for (let round = 0; round < 10; round++) findShift(values, 1)
  expect((performance.now() - startMs) / 10).toBeLessThan(200)
})
