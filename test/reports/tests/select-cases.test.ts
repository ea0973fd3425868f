import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TestCase } from '../../../src/reports/report.ts'
import { type CaseChoice, CaseSelection } from '../../../src/reports/tests/select-cases.ts'

function select(choice: CaseChoice, limit: number, items: readonly TestCase[]) {
  const selection = new CaseSelection(choice, limit)
  for (const item of items) selection.add(item)
  return selection
}

const names = (selection: CaseSelection) => selection.list().map(({ name }) => name)

describe('CaseSelection', () => {
  const cases: TestCase[] = [
    { name: 'a', outcome: 'passed', duration: 1 },
    { name: 'b', outcome: 'failed', duration: 3, message: 'no' },
    { name: 'c', outcome: 'skipped' },
    { name: 'd', outcome: 'error', duration: 2 },
  ]

  it.each<[CaseChoice, number, string[], number]>([
    ['failed', 10, ['b', 'd'], 0],
    ['failed', 1, ['b'], 1],
    ['slowest', 10, ['b', 'd', 'a'], 0],
    ['slowest', 2, ['b', 'd'], 1],
    ['all', 10, ['a', 'b', 'c', 'd'], 0],
    ['all', 3, ['a', 'b', 'c'], 1],
  ])('selects %s, %i at most', (choice, limit, expected, omitted) => {
    const selection = select(choice, limit, cases)
    expect(names(selection)).toEqual(expected)
    expect(selection.omitted).toBe(omitted)
  })

  it('keeps a case as it is', () => {
    expect(select('failed', 1, cases).list()).toEqual([cases[1]])
  })

  it('selects of any number of cases, in any parts', () => {
    const durations = fc.array(fc.option(fc.nat(50), { nil: undefined }), { maxLength: 200 })
    fc.assert(
      fc.property(durations, fc.integer({ min: 1, max: 20 }), fc.nat(200), (all, limit, at) => {
        const items = all.map(
          (duration, n): TestCase => ({
            name: `${n}`,
            outcome: 'passed',
            ...(duration !== undefined && { duration }),
          }),
        )
        const timed = items.filter(({ duration }) => duration !== undefined)
        const slowest = timed.toSorted((a, b) => (b.duration ?? 0) - (a.duration ?? 0)).slice(0, limit)
        const merged = select('slowest', limit, items.slice(0, at))
        merged.merge(select('slowest', limit, items.slice(at)))
        for (const selection of [select('slowest', limit, items), merged]) {
          expect(names(selection)).toEqual(slowest.map(({ name }) => name))
          expect(selection.omitted).toBe(timed.length - slowest.length)
        }
      }),
    )
  })

  it('holds no more than it was asked for', () => {
    const before = process.memoryUsage().heapUsed
    const selection = new CaseSelection('slowest', 10)
    for (let n = 0; n < 20_000; n++) {
      // A part of a text that is much longer.
      const name = `${n} ${'x'.repeat(20_000)}`.slice(0, 100)
      selection.add({ name, outcome: 'passed', duration: n })
    }
    expect(selection.list()).toHaveLength(10)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(200e6)
  })
})
