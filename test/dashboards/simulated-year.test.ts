import { describe, expect, test } from 'vitest'
import { parseLine, splitLines } from '../support/line-protocol.ts'
import { createRandom } from './random.ts'
import { dayMs, drawTimes, yearEndMs, yearStartMs } from './simulated-times.ts'
import { simulateYear } from './simulated-year.ts'

/** The first 5,000 lines. */
const take = (seed: number) => splitLines(simulateYear(seed).next().value ?? '')

describe('the simulated year', () => {
  test('is the same for the same seed, and another for another', () => {
    expect(take(5)).toEqual(take(5))
    expect(take(6)).not.toEqual(take(5))
  })

  test('is laid out as the native layout has it', () => {
    const points = take(5).map(parseLine)
    const build = points.find(({ measurement }) => measurement === 'build')
    expect(Object.keys(build?.tags ?? {})).toEqual(expect.arrayContaining(['repository', 'default_branch', 'result']))
    expect(Object.keys(build?.fields ?? {})).toEqual(expect.arrayContaining(['branch', 'queue_time', 'duration']))
    const names = new Set(points.map(({ measurement }) => measurement))
    const reports = ['tests', 'test_case', 'coverage', 'benchmark']
    expect(names).toEqual(new Set(['build', 'build_start', 'build_step', 'tests', 'bundle', ...reports]))
  })
})

describe('the times', () => {
  const times = drawTimes(10_000, createRandom(1))

  test('are as many as asked for, in order, within the year', () => {
    expect(times).toHaveLength(10_000)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(times[0]).toBeGreaterThanOrEqual(yearStartMs)
    expect(times.at(-1)).toBeLessThan(yearEndMs)
  })

  test('are few at weekends', () => {
    const byDay = Map.groupBy(times, (ms) => new Date(ms).getUTCDay())
    const [saturdays = [], tuesdays = []] = [byDay.get(6), byDay.get(2)]
    expect(saturdays.length * 3).toBeLessThan(tuesdays.length)
    expect(yearEndMs - yearStartMs).toBe(365 * dayMs)
  })
})
