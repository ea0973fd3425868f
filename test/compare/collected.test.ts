import { describe, expect, test } from 'vitest'
import { addCollected, isShort, toCollectedQuery } from '../../src/compare/collected.ts'
import type { HistoryQuery, PastBuild, PastBuilds } from '../../src/compare/history-query.ts'
import { parseComparisons } from '../../src/compare/parse-comparison.ts'
import type { Asked } from '../../src/compare/questions.ts'
import type { Statistic } from '../../src/compare/statistic.ts'
import { exampleBuild } from '../build/example-build.ts'

const build = exampleBuild({ jobName: 'web / test (20)' })
const [comparison] = parseComparisons({ 'min-builds': 3, last: 20 }).comparisons ?? []
const statistic: Statistic = { name: 'duration', field: 'duration', factor: 1, unit: 'seconds', value: 1 }
const query: HistoryQuery = {
  ...{ measurement: 'build', stepMeasurement: 'build_step', fields: ['duration', 'coverage'], branch: 'main' },
  tags: [
    ...([
      ['repository', 'o/r'],
      ['workflow', 'CI'],
      ['job', 'test'],
      ['matrix_node', '20'],
    ] as const),
    ...([
      ['caller', 'web'],
      ['team', 'a'],
      ['result', 'success'],
      ['default_branch', 'true'],
    ] as const),
  ],
  ...{ builderTags: ['repository'], sinceMs: 5, maxBuilds: 40, maxSteps: 40, data: [], legTags: [] },
}

const past = (runId: number, changes: Partial<PastBuild> = {}): PastBuild => {
  return { ...{ endMs: runId, runId, attempt: 1, number: runId, values: new Map([['duration', 5]]) }, ...changes }
}
const pastOf = (...builds: PastBuild[]): PastBuilds => ({ builds, steps: [] })

function askedFor(changes: Partial<Statistic> = {}): Asked[] {
  if (comparison === undefined) throw new Error('no comparison')
  const sinceFields = { number: 'since_number', shift: 'shift' }
  return [{ comparison, statistic: { ...statistic, ...changes }, sinceFields }]
}

const ask = (changes: Partial<Statistic> = {}, of = build) =>
  toCollectedQuery(of, askedFor(changes), query, { measurement: 'ci' })

test('the records of the job of the same name are asked for', () => {
  expect(ask()).toEqual({
    ...query,
    ...{ measurement: 'ci_job', jobName: 'web / test (20)', stepMeasurement: undefined },
    fields: ['duration', 'queue_time'],
    tags: [
      ['repository', 'o/r'],
      ['workflow', 'CI'],
      ['result', 'success'],
      ['default_branch', 'true'],
    ],
  })
})

describe('they are not asked for', () => {
  test('for what GitHub does not know', () => expect(ask({ field: 'coverage' })).toBeUndefined())
  test('where the name of the job is not known', () => {
    expect(ask({}, exampleBuild({ jobName: undefined }))).toBeUndefined()
  })
})

const bare = { values: new Map() }

test.each([
  ['two rows of its own', pastOf(past(1), past(2)), true],
  ['three', pastOf(past(1), past(2), past(3)), false],
  ['rows that lack the statistic', pastOf(past(1, bare), past(2, bare), past(3, bare)), true],
])('%s: are they too few?', (_, of, expected) => {
  expect(isShort(askedFor(), of)).toBe(expected)
})

test('an attempt counts once, and the last one comes first', () => {
  const found = addCollected(pastOf(past(3), past(1)), pastOf(past(4), past(3), past(2), past(1, { attempt: 2 })))
  expect(found.builds.map(({ runId, attempt, isCollected = false }) => [runId, attempt, isCollected])).toEqual([
    [4, 1, true],
    [3, 1, false],
    [2, 1, true],
    [1, 1, false],
    [1, 2, true],
  ])
})
