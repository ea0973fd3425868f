import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isUsual, toBaseline, toMedian } from '../../src/compare/median.ts'

const values = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 40 })

test.each([
  [[], undefined],
  [[3], 3],
  [[1, 4], 2.5],
  [[9, 1, 5], 5],
  [[4, 1, 3, 2], 2.5],
])('the median of %j is %s', (of, median) => {
  expect(toMedian(of)).toBe(median)
})

test('no more than half lie on either side of a median', () => {
  fc.assert(
    fc.property(values, (of) => {
      const median = toMedian(of) ?? Number.NaN
      expect(of.filter((value) => value < median).length).toBeLessThanOrEqual(of.length / 2)
      expect(of.filter((value) => value > median).length).toBeLessThanOrEqual(of.length / 2)
    }),
  )
})

test('one build that got stuck moves nothing', () => {
  const usual = Array.from({ length: 21 }, (_, index) => 300 + (index % 7))
  const stuck = [...usual.slice(1), 21_600]
  const [before, after] = [toBaseline(usual), toBaseline(stuck)]
  expect(Math.abs((after?.median ?? 0) - (before?.median ?? 0))).toBeLessThanOrEqual(1)
  expect(Math.abs((after?.scatter ?? 0) - (before?.scatter ?? 0))).toBeLessThanOrEqual(1.5)
})

test('the scatter is a standard deviation of what is normal', () => {
  // The quantiles of a normal distribution around 100, with 10 for its deviation.
  const quantiles = [-1.645, -1.036, -0.674, -0.385, -0.126, 0.126, 0.385, 0.674, 1.036, 1.645]
  expect(toBaseline(quantiles.map((z) => 100 + 10 * z))?.scatter).toBeCloseTo(10, -1)
  expect(toBaseline([])).toBeUndefined()
})

test.each([
  [100, 0, 100, true],
  [101, 0, 100, true],
  [101.1, 0, 100, false],
  [98.9, 0, 100, false],
  [129, 10, 100, true],
  [131, 10, 100, false],
  [69, 10, 100, false],
  [0, 0, 0, true],
  [1, 0, 0, false],
  [-101, 0, -100, true],
])('%d is usual where the scatter is %d around %d: %s', (value, scatter, median, usual) => {
  expect(isUsual(value, { median, scatter, count: 20 })).toBe(usual)
})
