import { expect, test } from 'vitest'
import type { Step } from '../../src/build/build.ts'
import { toStepPoints } from '../../src/point/native-steps.ts'
import { exampleBuild } from '../build/example-build.ts'

const endMs = Date.UTC(2026, 7, 1, 12, 0, 30)
const options = { measurement: 'build', tags: [] as [string, string][], matrixTags: true }
const step = (changes: Partial<Step> = {}): Step => ({
  name: 'Test',
  number: 3,
  conclusion: 'success',
  startMs: endMs - 20_000,
  endMs,
  ...changes,
})
const toPoint = (of: Step, given = options, build = exampleBuild()) => {
  const [point] = toStepPoints(build, [of], given)
  if (point === undefined) throw new Error('no point')
  return { ...point, tags: Object.fromEntries(point.tags), fields: Object.fromEntries(point.fields) }
}

test('a step is a point with the tags of its build, and its own number', () => {
  const build = exampleBuild({ matrix: { os: 'linux' }, result: 'failure' })
  const { measurement, tags, fields, timeNs } = toPoint(step({ conclusion: 'failure' }), options, build)
  expect(measurement).toBe('build_step')
  expect(tags).toMatchObject({
    ...{ repository: build.repository, workflow: 'CI', job: 'test', matrix_os: 'linux', result: 'failure' },
    ...{ step: 'Test', conclusion: 'failure', default_branch: 'true' },
  })
  expect(fields).toEqual({
    ...{ duration: 20, number: 3n },
    ...{ build_number: build.number, attempt: build.attempt, run_id: build.runId },
  })
  expect(timeNs / 1_000_000n).toBe(BigInt(endMs))
})

test('steps that end in one second are apart, and those of two builds', () => {
  const steps = Array.from({ length: 50 }, (_, index) => step({ number: index + 1 }))
  const builds = [exampleBuild(), exampleBuild({ attempt: 2n })]
  const times = builds.flatMap((build) => toStepPoints(build, steps, options).map(({ timeNs }) => timeNs))
  expect(new Set(times).size).toBe(100)
  expect(toStepPoints(exampleBuild(), steps, options)).toEqual(toStepPoints(exampleBuild(), steps, options))
})

test('the measurement follows that of builds', () => {
  expect(toPoint(step(), { ...options, measurement: 'jobs' }).measurement).toBe('jobs_step')
})

test('a step that ends before it starts takes no time', () => {
  expect(toPoint(step({ endMs: endMs - 30_000 })).fields.duration).toBe(0)
})

test('what is the step its own wins over tags of the user, and no name is both tag and field', () => {
  const tags: [string, string][] = ['step', 'conclusion', 'duration', 'number', 'run_id', 'team'].map((key) => [
    key,
    'x',
  ])
  const point = toPoint(step(), { ...options, tags })
  expect(point.tags).toMatchObject({ step: 'Test', conclusion: 'success', run_id: 'x', team: 'x' })
  expect(point.fields).toMatchObject({ duration: 20, number: 3n })
  expect(Object.keys(point.tags).filter((key) => key in point.fields)).toEqual([])
})

test('a name that no tag can be leaves the tag out; a long one is cut', () => {
  expect(toPoint(step({ name: '\\' })).tags).not.toHaveProperty('step')
  expect(toPoint(step({ name: 'x'.repeat(5000) })).tags.step).toHaveLength(1024)
  expect(toPoint(step({ name: 'a\nb' })).tags.step).toBe('a b')
})

test('a build of which nothing is known but its steps', () => {
  const build = exampleBuild({ number: undefined, attempt: undefined, runId: undefined })
  expect(toPoint(step(), options, build).fields).toEqual({ duration: 20, number: 3n })
})
