import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openShape, shapes } from '../../script/verdict/shapes.ts'
import { isFailed, simulateAlarms, simulateScan } from '../../script/verdict/simulate.ts'

/** A small part of what docs/verdict.md shows: the seeds are the same each time, and so is what comes of them. */
const effort = { builds: 2000, scanned: 500, changes: 30 }
/** By so much few builds may miss a bound that many keep. */
const slack = 0.015

describe.each(shapes)('$name', (shape) => {
  test('unchanged builds are unusual no more often than there is chance for it', () => {
    const alarms = simulateAlarms(shape, effort)
    expect(alarms.rangeOf5).toBeLessThan(1 / 6 + slack)
    expect(alarms.rangeOf10).toBeLessThan(1 / 11 + slack)
    expect(alarms.rangeOf20).toBeLessThan(2 / 21 + slack)
    for (const [share, count] of [
      [alarms.failOf5, 5],
      [alarms.failOf10, 10],
      [alarms.failOf20, 20],
      [alarms.failOf50, 50],
    ] as const) {
      expect(share).toBeLessThan(1 / (count + 1) + slack / 3)
    }
    expect(alarms.failOf20).toBeLessThanOrEqual(alarms.ratioInRange)
    expect(alarms.ratioInRange).toBeLessThanOrEqual(alarms.ratio)
    expect(alarms.confirmed).toBeLessThan(0.005)
  })
})

/** The builds that `fail-above: 1.3` fails if all the others came before them: any order of unchanged builds is as likely. */
const findFailed = (builds: readonly number[]) =>
  builds.filter((value, index) => isFailed(value, builds.toSpliced(index, 1)))

describe.each([0.15, 0.5])('with %d cache misses', (share) => {
  test.each([5, 10, 20, 50])('and %d earlier builds, at most 1 in n + 1 unchanged builds fails', (count) => {
    const shape = shapes.find(({ name }) => name.startsWith(`cache misses: ${100 * share} %`))
    if (shape === undefined) throw new Error('there is no such shape')
    const next = openShape(shape, 1)
    const failed = Array.from({ length: 100 }, () => findFailed(Array.from({ length: count + 1 }, next)).length)
    expect(Math.max(...failed)).toBe(1)
  })
})

test('whatever unchanged builds take, in whole seconds or not, at most 1 in n + 1 fails; 2, if one of them hung', () => {
  const seconds = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.double({ min: 0, max: 1e6, noNaN: true }))
  fc.assert(
    fc.property(fc.array(seconds, { minLength: 2, maxLength: 60 }), (builds) => {
      const [highest = 0, next = 0] = builds.toSorted((one, other) => other - one)
      expect(findFailed(builds).length).toBeLessThanOrEqual(builds.length > 20 && highest > 3 * next ? 2 : 1)
    }),
  )
  const hung = [...Array.from({ length: 20 }, (_, index) => 300 + index), 20_000, 600]
  expect(findFailed(hung)).toEqual([20_000, 600])
  expect(findFailed(hung.slice(3))).toEqual([20_000])
})

test('a lasting change is found in at least six shapes of eight, and hardly one where there is none', () => {
  const scans = shapes.filter((shape) => !shape.isDependent).map((shape) => simulateScan(shape, effort))
  expect(scans).toHaveLength(8)
  expect(scans.filter(({ found }) => found >= 0.7).length).toBeGreaterThanOrEqual(6)
  const alarms = scans.reduce((sum, { falsePerThousand }) => sum + (falsePerThousand * effort.scanned) / 1000, 0)
  expect(alarms).toBeLessThanOrEqual(6)
}, 60_000)
