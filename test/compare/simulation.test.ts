import { describe, expect, test } from 'vitest'
import { shapes } from '../../script/verdict/shapes.ts'
import { simulateAlarms, simulateScan } from '../../script/verdict/simulate.ts'

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
    expect(alarms.ratioInRange).toBeLessThanOrEqual(alarms.ratio)
    expect(alarms.confirmed).toBeLessThan(0.005)
  })
})

test('a lasting change is found in at least six shapes of eight, and hardly one where there is none', () => {
  const scans = shapes.filter((shape) => !shape.isDependent).map((shape) => simulateScan(shape, effort))
  expect(scans).toHaveLength(8)
  expect(scans.filter(({ found }) => found >= 0.7).length).toBeGreaterThanOrEqual(6)
  const alarms = scans.reduce((sum, { falsePerThousand }) => sum + (falsePerThousand * effort.scanned) / 1000, 0)
  expect(alarms).toBeLessThanOrEqual(6)
}, 60_000)
