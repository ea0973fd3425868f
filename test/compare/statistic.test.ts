import { describe, expect, test } from 'vitest'
import { captureBuild } from '../../src/capture/capture.ts'
import { toHistoryQuery } from '../../src/compare/history-query.ts'
import { parseComparisons } from '../../src/compare/parse-comparison.ts'
import { findStatistic, listNumericFields, nameBranch } from '../../src/compare/statistic.ts'
import { toBuildPoint } from '../../src/point/native.ts'
import { exampleBuild, exampleProperties } from '../build/example-build.ts'
import { parseRules } from '../capture/example-rules.ts'

const options = { measurement: 'build', tags: [] as [string, string][], matrixTags: true }
const outputs = { coverage: '87.5', 'bundle-size': '48213', passed: '12', note: 'text' }
const build = exampleBuild({
  properties: exampleProperties({ steps: { test: { outputs } } }),
  matrix: { os: 'linux', node: 20 },
})

function layOut(rules: unknown[], of = build, given = options) {
  return toBuildPoint(of, captureBuild(of, parseRules(rules, () => 1).rules), given)
}

function comparisonOf(value: unknown) {
  const [comparison] = parseComparisons(value).comparisons ?? []
  if (comparison === undefined) throw new Error('no comparison')
  return comparison
}

function find(rules: unknown[], statistic: string) {
  return findStatistic(comparisonOf({ statistic }).statistic, layOut(rules))
}

const duration = { name: 'duration', unit: 'seconds', value: 90.5 }
test.each<[unknown[], string, object]>([
  [['duration'], 'duration', { ...duration, field: 'duration', factor: 1 }],
  [[{ duration: { 'report-in': 'minutes' } }], 'duration', { ...duration, field: 'duration_minutes', factor: 60 }],
  [[{ duration: { 'report-in': 'hours', field: 'h' } }], 'duration', { ...duration, field: 'h', factor: 3600 }],
  [[{ duration: { 'report-in': 'minutes' } }, 'duration'], 'duration', { ...duration, field: 'duration', factor: 1 }],
  [
    [{ duration: { 'report-in': 'minutes' } }],
    'duration_minutes',
    { name: 'duration_minutes', field: 'duration_minutes', factor: 1, unit: undefined, value: 90.5 / 60 },
  ],
  [[], 'queue_time', { name: 'queue_time', field: 'queue_time', factor: 1, unit: 'seconds', value: 3 }],
  [
    [{ property: 'coverage' }],
    'coverage',
    { name: 'coverage', field: 'coverage', factor: 1, unit: undefined, value: 87.5 },
  ],
  [[{ property: 'bundle-size' }], 'bundle-size', { field: 'bundle_size', value: 48213 }],
  [[{ property: { name: 'bundle-size', field: 'kb' } }], 'bundle-size', { field: 'kb', value: 48213 }],
  [[{ property: { name: 'passed', type: 'int' } }], 'passed', { field: 'passed', value: 12 }],
])('%j has the statistic %s', (rules, statistic, expected) => {
  const found = find(rules, statistic)
  expect('reason' in found ? found.reason : found).toMatchObject({ ...expected, value: expect.any(Number) })
  if ('value' in found && 'value' in expected) expect(found.value).toBeCloseTo(expected.value as number)
})

test.each<[unknown[], string, RegExp]>([
  [['end-time'], 'duration', /^the duration is not captured: add the rule duration to captures$/],
  [[{ duration: { callback: 'seconds > 600' } }], 'duration', /^the duration is not captured/],
  [[], 'coverage', /^this build has no statistic "coverage": capture it/],
  [[{ property: 'note' }], 'note', /^the statistic "note" is not a number in this build$/],
  [[{ property: { name: 'coverage', tag: 'cov' } }], 'cov', /^this build has no statistic "cov"/],
])('%j has no statistic %s', (rules, statistic, reason) => {
  expect(find(rules, statistic)).toEqual({ reason: expect.stringMatching(reason) })
})

test('numbers that are captured as fields are listed', () => {
  const rules = [
    'start-time',
    'duration',
    { property: 'coverage' },
    { property: 'note' },
    { property: { name: 'passed', tag: 'p' } },
  ]
  expect(listNumericFields(layOut(rules).columns)).toEqual(['duration', 'coverage'])
})

describe('the question', () => {
  const ask = (compare: unknown, of = build, given = options) => {
    const { point } = layOut(['duration'], of, given)
    return toHistoryQuery(of, point, ['duration'], true, comparisonOf(compare), given)
  }

  test('is for successes of the same builder', () => {
    expect(ask(true)).toEqual({
      ...{ measurement: 'build', stepMeasurement: 'build_step', fields: ['duration'], branch: undefined },
      tags: [
        ['repository', build.repository],
        ['workflow', 'CI'],
        ['job', 'test'],
        ['caller', ''],
        ['matrix_os', 'linux'],
        ['matrix_node', '20'],
        ['result', 'success'],
        ['default_branch', 'true'],
      ],
      builderTags: ['repository', 'workflow', 'job', 'caller', 'matrix_os', 'matrix_node'],
      ...{ sinceMs: build.endMs - 90 * 86_400_000, maxBuilds: 111, maxSteps: 111, data: [], legTags: [] },
    })
  })

  test.each([
    ['same', 'feature/x'],
    ['release', 'release'],
  ])('of the branch %s, it names the branch', (branch, name) => {
    const query = ask({ branch }, { ...build, branch: 'feature/x' })
    expect([query.branch, query.maxSteps]).toEqual([name, 400])
    expect(Object.fromEntries(query.tags)).not.toHaveProperty('default_branch')
  })

  test('asks for values as they are stored, also where they are tags of the user', () => {
    const tags: [string, string][] = [
      ['job', 'mine'],
      ['result', 'x'],
    ]
    const query = ask(true, { ...build, workflow: 'a\nb' }, { ...options, tags, measurement: 'jobs' })
    expect(Object.fromEntries(query.tags)).toMatchObject({ job: 'mine', workflow: 'a b' })
    expect(Object.fromEntries(query.tags)).not.toHaveProperty('result')
    expect([query.measurement, query.stepMeasurement]).toEqual(['jobs', 'jobs_step'])
  })
})

test.each([
  [{ branch: 'same' }, {}, 'feature'],
  [{ branch: 'release' }, {}, 'release'],
  [true, { defaultBranch: 'true' as const, branch: 'trunk' }, 'trunk'],
  [true, {}, 'the default branch'],
  [true, { properties: exampleProperties({ event: { repository: { default_branch: 'dev' } } }) }, 'dev'],
])('%j of %j is called %s', (compare, changes, name) => {
  const given = exampleBuild({ branch: 'feature', defaultBranch: 'false', ...changes })
  expect(nameBranch(comparisonOf(compare), given)).toBe(name)
})
