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

/** Twenty values around a hundred, from 98 to 102 where the scale is 0.1. */
const around = (scale: number) =>
  Array.from({ length: 20 }, (_, index) => 100 + scale * (index % 2 === 0 ? index : -index))
const narrow = around(0.1)

test.each([
  ['beyond all', narrow, 110, 0, false],
  ['beyond all, and within the spread', narrow, 104, 0, true],
  ['beyond the spread, and within what there was', [...narrow.slice(2), 150, 160], 140, 0, true],
  ['beyond all but the largest of twenty', [...narrow.slice(1), 900], 500, 0, false],
  ['beyond all but the largest of nineteen', [...narrow.slice(2), 900], 500, 0, true],
  ['below all but the smallest', [...narrow.slice(1), 1], 30, 0, false],
  ['beyond all, where nothing ever changed', Array(20).fill(100), 100.5, 0, false],
  ['closer than the floor', Array(20).fill(100), 100.5, 1, true],
  ['the same', Array(5).fill(100), 100, 0, true],
  ['in the upper cluster', [...Array(8).fill(240), ...Array(12).fill(100)], 240, 0, true],
  ['above the upper cluster', [...Array(8).fill(240), ...Array(12).fill(100)], 641, 0, false],
])('%s', (_, earlier, value, floor, usual) => {
  const baseline = toBaseline(earlier, floor)
  if (baseline === undefined) throw new Error('no values')
  expect(isUsual(value, baseline, floor)).toBe(usual)
})

test.each<[string, number[], [number, number]]>([
  ['all values', [...narrow.slice(2), 90, 150], [90, 150]],
  ['not one that hung', [...narrow.slice(1), 900], [98.1, 101.8]],
  ['not one that did nothing', [...narrow.slice(1), 1], [98.1, 101.8]],
  ['two that hung', [...narrow.slice(2), 800, 900], [98.1, 900]],
  ['one that hung, of nineteen', [...narrow.slice(2), 900], [98.1, 900]],
  ['zeros', [...Array(19).fill(0), 900], [0, 900]],
])('limits that fail count %s', (_, earlier, [least, most]) => {
  const baseline = toBaseline(earlier)
  expect([baseline?.least, baseline?.most]).toEqual([expect.closeTo(least), expect.closeTo(most)])
})

test('the spread of few values is wide', () => {
  const of = (count: number) => toBaseline(around(1).slice(0, count))
  const [few, many] = [of(5), of(20)]
  if (few === undefined || many === undefined) throw new Error('no values')
  const even = { scatter: 10, median: 100, lowest: 100, highest: 100, least: 100, most: 100 }
  expect([few, many].map((one) => isUsual(140, { ...one, ...even }, 0, 'spread'))).toEqual([true, false])
})

test('clusters are two, far apart, and neither is one build', () => {
  const clustersOf = (values: number[], floor = 0) => toBaseline(values, floor)?.clusters
  expect(clustersOf([...Array(8).fill(420), ...Array(12).fill(240)])).toEqual([240, 420])
  expect(clustersOf([420, ...Array(19).fill(240)])).toBeUndefined()
  expect(clustersOf([...Array(4).fill(420), ...Array(5).fill(240)])).toBeUndefined()
  expect(clustersOf([...Array(10).fill(9), ...Array(10).fill(10)])).toBeUndefined()
  expect(clustersOf([...Array(10).fill(2), ...Array(10).fill(3)], 1)).toBeUndefined()
  expect(clustersOf(around(1))).toBeUndefined()
})
