import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TestCase } from '../../../src/reports/report.ts'
import { TestCounter } from '../../../src/reports/tests/count-tests.ts'

const cases: TestCase[] = [
  { name: 'a', suite: 's', outcome: 'passed', duration: 1 },
  { name: 'b', suite: 's', outcome: 'passed', flaky: true, duration: 0.5 },
  { name: 'c', suite: 't', outcome: 'failed', duration: 2 },
  { name: 'd', suite: 't', outcome: 'error' },
  { name: 'e', outcome: 'skipped' },
]

function count(items: readonly TestCase[], bySuite = false) {
  const counter = new TestCounter({ bySuite })
  for (const item of items) counter.add(item)
  return counter
}

describe('TestCounter', () => {
  it('counts outcomes, errors among what failed', () => {
    expect(count(cases).list()).toEqual([
      { counts: { tests: 5, passed: 2, failed: 2, errors: 1, skipped: 1, flaky: 1, duration: 3.5 } },
    ])
  })

  it('counts by suite', () => {
    expect(count(cases, true).list()).toEqual([
      { suite: 's', counts: { tests: 2, passed: 2, failed: 0, errors: 0, skipped: 0, flaky: 1, duration: 1.5 } },
      { suite: 't', counts: { tests: 2, passed: 0, failed: 2, errors: 1, skipped: 0, flaky: 0, duration: 2 } },
      { counts: { tests: 1, passed: 0, failed: 0, errors: 0, skipped: 1, flaky: 0 } },
    ])
  })

  it('has no count where there was no case', () => {
    expect(count([]).list()).toEqual([])
  })

  it('adds up files, in any parts', () => {
    const outcome = fc.constantFrom('passed', 'failed', 'error', 'skipped')
    const testCase = fc.record({
      name: fc.string(),
      suite: fc.constantFrom('s', 't'),
      outcome,
      flaky: fc.boolean(),
      duration: fc.nat(),
    })
    fc.assert(
      fc.property(fc.array(testCase), fc.nat(), fc.boolean(), (items, at, bySuite) => {
        const merged = count(items.slice(0, at), bySuite)
        merged.merge(count(items.slice(at), bySuite))
        expect(merged.list()).toEqual(count(items, bySuite).list())
        for (const { counts } of merged.list()) {
          expect(counts.passed + counts.failed + counts.skipped).toBe(counts.tests)
          expect(counts.errors).toBeLessThanOrEqual(counts.failed)
          expect(counts.flaky).toBeLessThanOrEqual(counts.passed)
        }
      }),
    )
  })

  it('counts without a suite what is beyond the limit', () => {
    const items = Array.from(
      { length: 5000 },
      (_, n): TestCase => ({ name: '', suite: `s${n % 2500}`, outcome: 'passed' }),
    )
    const counter = count(items, true)
    expect(counter.hasMoreSuites).toBe(true)
    const listed = counter.list()
    expect(listed).toHaveLength(1001)
    expect(listed.reduce((sum, { counts }) => sum + counts.tests, 0)).toBe(5000)
    expect(listed.find(({ suite }) => suite === undefined)?.counts.tests).toBe(3000)
  })
})
