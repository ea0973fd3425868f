import { describe, expect, test } from 'vitest'
import { type Compared, type Context, compareWithPast, withoutPast } from '../../src/compare/history.ts'
import type { PastBuild, PastStep } from '../../src/compare/history-query.ts'
import { parseComparisons } from '../../src/compare/parse-comparison.ts'
import type { Statistic } from '../../src/compare/statistic.ts'
import { exampleBuild } from '../build/example-build.ts'

const build = exampleBuild({ endMs: 1_000_000, startMs: 568_000, runId: 99n, attempt: 1n, number: 42n })
const statistic: Statistic = { name: 'duration', field: 'duration', factor: 1, unit: 'seconds', value: 432 }

const context: Context = {
  ...{ branch: 'main', isOfBranch: true, tags: [], facts: new Map() },
  sinceFields: { number: 'since_number', shift: 'shift' },
}

function comparisonOf(options: unknown) {
  const [comparison] = parseComparisons(options).comparisons ?? []
  if (comparison === undefined) throw new Error('no comparison')
  return comparison
}

const past = (runId: number, values: Record<string, number>, attempt = 1): PastBuild => {
  return { endMs: runId * 1000, runId, attempt, number: runId, values: new Map(Object.entries(values)) }
}
/** The last one first, as the database answers. */
const builds = (...durations: number[]) => durations.map((duration, index) => past(50 - index, { duration }))

function compare(
  of: readonly PastBuild[],
  steps: readonly PastStep[] = [],
  options: unknown = true,
  changes = {},
): Compared {
  const comparison = comparisonOf(options)
  return compareWithPast(build, { ...statistic, ...changes }, { builds: of, steps }, comparison, context)
}

test('the history has the earlier builds, the oldest first, and this one', () => {
  const { history, verdict } = compare(builds(305, 304, 303, 302, 301))
  expect(history).toEqual({
    ...{ statistic: 'duration', unit: 'seconds', median: 303 },
    own: { endMs: 1_000_000, value: 432, number: 42, result: 'success' },
    builds: [301, 302, 303, 304, 305].map((value, index) => {
      return { endMs: (46 + index) * 1000, value, number: 46 + index, result: 'success' }
    }),
  })
  expect(verdict.text).toContain('the median of the last 5 builds on main')
})

test('a build of another time is another one; this one itself is none', () => {
  const own = past(99, { duration: 9000 })
  expect(compare([own, ...builds(1, 1, 1, 1, 1)]).history?.builds).toHaveLength(5)
  expect(compare([past(99, { duration: 1 }, 2), ...builds(1, 1, 1, 1, 1)]).history?.builds).toHaveLength(6)
})

test('of builds without an id, those that end as this one are this one', () => {
  const comparison = comparisonOf(true)
  const nameless = { ...build, runId: undefined }
  const found = [{ ...past(1, { duration: 1 }), endMs: build.endMs, runId: undefined }, ...builds(1, 1)]
  const { history } = compareWithPast(nameless, statistic, { builds: found, steps: [] }, comparison, context)
  expect(history?.builds).toHaveLength(2)
})

test('no more than the last ones count, and none that lacks the statistic', () => {
  const of = [past(60, { coverage: 1 }), ...builds(1, 2, 3, 4, 5, 6, 7)]
  expect(compare(of, [], { last: 5 }).history?.builds.map(({ value }) => value)).toEqual([5, 4, 3, 2, 1])
})

test('what is stored in another unit is seconds here', () => {
  const of = Array.from({ length: 5 }, (_, index) => past(index, { took: 5 }))
  const { history, usual } = compare(of, [], true, { field: 'took', factor: 60 })
  expect([history?.median, history?.builds[0]?.value, usual.get('took')?.median]).toEqual([300, 300, 5])
})

test.each([
  [0, 'there is no successful build with this statistic on main within 90 days'],
  [1, 'there is 1 successful build on main within 90 days, fewer than 5 (min-builds)'],
  [4, 'there are 4 successful builds on main within 90 days, fewer than 5 (min-builds)'],
])('%d builds are too few', (count, reason) => {
  const { history, verdict, usual } = compare(builds(...Array(count).fill(1)))
  expect(verdict).toMatchObject({ level: 'info', text: `7m 12s; not compared with earlier builds: ${reason}` })
  expect(usual.size).toBe(0)
  if (count === 0) expect(history).toBeUndefined()
  else expect(history).toMatchObject({ median: undefined, builds: { length: count } })
})

test('every number has a median where enough builds have it', () => {
  const of = builds(1, 2, 3, 4, 5, 6).map((one, index) => ({
    ...one,
    values: new Map([...one.values, ['coverage', 80 + index], ...(index < 4 ? ([['size', 1]] as const) : [])]),
  }))
  expect([...compare(of).usual].map(([field, { median }]) => [field, median])).toEqual([
    ['duration', 3.5],
    ['coverage', 82.5],
  ])
})

describe('medians of steps', () => {
  const stepsOf = (runIds: readonly number[], name: string, duration: number): PastStep[] =>
    runIds.map((runId) => ({ runId, attempt: 1, name, duration }))
  const ran = [{ name: 'Test', number: 1, conclusion: 'success', startMs: 0, endMs: 300_000 }]

  function stepOf(steps: readonly PastStep[], since?: { readonly stepsSinceMs: number }) {
    const comparison = comparisonOf(true)
    const given = { ...build, steps: { ran, others: [], late: [] } }
    const found = { builds: builds(303, 303, 303, 303, 303), steps, ...since }
    return compareWithPast(given, statistic, found, comparison, context).verdict.step
  }

  test('are of the builds that are compared, and of no others', () => {
    const steps = [...stepsOf([50, 49, 48, 47, 46], 'Test', 200), ...stepsOf(Array(20).fill(7), 'Test', 1)]
    expect(stepOf(steps)).toEqual({ before: 'step ', name: 'Test', after: ' took 1m 40s more' })
  })

  test('add up what a step took in one build', () => {
    const steps = [...stepsOf([50, 49, 48], 'Test', 100), ...stepsOf([50, 49, 48], 'Test', 150)]
    expect(stepOf(steps)).toMatchObject({ after: ' took 50s more' })
  })

  test('count a step that a build skipped as no time', () => {
    const steps = [...stepsOf([50], 'Test', 290), ...stepsOf([50, 49, 48, 47, 46], 'Lint', 10)]
    expect(stepOf(steps)).toEqual({ before: 'step ', name: 'Test', after: ' took 5m 00s more' })
  })

  test('are of the builds whose steps were all read', () => {
    const steps = [...stepsOf([50, 49], 'Test', 200), ...stepsOf([50, 49, 48, 47, 46], 'Lint', 10)]
    expect(stepOf(steps, { stepsSinceMs: 48_500 })).toEqual({
      before: 'step ',
      name: 'Test',
      after: ' took 1m 40s more',
    })
    expect(stepOf(steps, { stepsSinceMs: 51_000 })).toMatchObject({ isLongest: true })
  })

  test('are not known where none of the builds has steps', () => {
    expect(stepOf(stepsOf([1, 2], 'Test', 1))).toMatchObject({ before: 'its longest step is ' })
  })
})

describe('the step of a lasting change', () => {
  /** Twenty seconds less from the 31st of 40 builds on, and this one. */
  const durations = Array.from({ length: 40 }, (_, index) => (index >= 30 ? 100 : 120) + ((index * 7) % 3))
  const of = durations.map((duration, index) => past(index + 1, { duration })).toReversed()
  const stepsOf = (name: string, seconds: (runId: number) => number | undefined): PastStep[] =>
    of.flatMap(({ runId = 0 }) => {
      const duration = seconds(runId)
      return duration === undefined ? [] : [{ runId, attempt: 1, name, duration }]
    })
  const sentenceOf = (steps: readonly PastStep[], since?: { readonly stepsSinceMs: number }) => {
    const ran = [{ name: 'Test', number: 1, conclusion: 'success', startMs: 0, endMs: 70_000 }]
    const given = { ...build, steps: { ran, others: [], late: [] } }
    const found = { builds: of, steps, ...since }
    const { change } = compareWithPast(given, { ...statistic, value: 101 }, found, comparisonOf(true), context)
    return change?.sentence.map((part) => (typeof part === 'string' ? part : `*${part.name}*`)).join('')
  }
  const test70 = stepsOf('Test', (runId) => (runId > 30 ? 70 : 90))

  test('is not one that ran once', () => {
    const cache = stepsOf('Warm cache', (runId) => (runId === 20 ? 300 : undefined))
    expect(sentenceOf([...test70, ...cache])).toMatch(/^Faster since .*; step \*Test\* went from 1m 30s to 1m 10s$/)
  })

  test('is not named where the steps before it were not read', () => {
    expect(sentenceOf(test70, { stepsSinceMs: 31_500 })).toMatch(/^Faster since build #31 [^;]*$/)
  })
})

test('without a past there is a verdict all the same', () => {
  const comparison = comparisonOf({ 'fail-above': '5m' })
  const compared = withoutPast(build, statistic, { reason: 'nobody knows' }, comparison)
  expect(compared).toMatchObject({ history: undefined, verdict: { level: 'fail' } })
  expect(compared.verdict.text).toBe('7m 12s; not compared with earlier builds: nobody knows')
})
