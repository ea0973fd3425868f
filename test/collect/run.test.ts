import { describe, expect, test } from 'vitest'
import {
  findOwnJobs,
  findRanSteps,
  findRunnerOs,
  type Run,
  type RunJob,
  toDefaultBranch,
  toJobTag,
  toJobTimes,
  toTotals,
} from '../../src/collect/run.ts'
import { at, exampleJob, exampleRun, exampleStep } from './example-run.ts'

describe('of the jobs that a second attempt lists', () => {
  const run = exampleRun({ attempt: 2, createdMs: at(0), startMs: at(30) })
  test.each<[string, Partial<RunJob>, boolean]>([
    ['one that ran again', { attempt: 2, createdMs: at(31), startMs: at(35), endMs: at(55) }, true],
    ['one that starts with it', { attempt: 2, startMs: at(30), endMs: at(31) }, true],
    [
      'one that was carried over, under a new id',
      { attempt: 2, createdMs: at(31), startMs: at(5), endMs: at(25) },
      false,
    ],
    ['one that says it is of the first', { attempt: 1, startMs: at(35), endMs: at(55) }, false],
    ['one of a server that tells no attempt', { attempt: undefined, startMs: at(35), endMs: at(55) }, true],
    ['the same, carried over', { attempt: undefined }, false],
    ['one that was skipped in the first', { attempt: 2, result: 'skipped', startMs: at(4), endMs: at(4) }, false],
    ['one that has no start', { attempt: 2, startMs: undefined, endMs: undefined }, true],
  ])('%s', (_, changes, isOwn) => {
    expect(findOwnJobs(run, [exampleJob(changes)])).toHaveLength(isOwn ? 1 : 0)
  })

  test('a first attempt has carried over none, whatever the times', () => {
    const early = exampleJob({ startMs: at(5) })
    expect(findOwnJobs(exampleRun({ startMs: at(10) }), [early])).toEqual([early])
  })
})

describe('the times of a job', () => {
  test.each<[string, Partial<RunJob>, object]>([
    ['that ran', {}, { startMs: at(5), duration: 20, queueTime: 5 }],
    ['that ran for less than a second', { endMs: at(5) }, { startMs: at(5), duration: 0, queueTime: 5 }],
    ['that ran into its limit', { result: 'timed_out' }, { startMs: at(5), duration: 20, queueTime: 5 }],
    ['that was cancelled while it ran', { result: 'cancelled' }, { startMs: at(5), duration: 20, queueTime: 5 }],
    ['that started before it was created', { createdMs: at(9) }, { startMs: at(5), duration: 20 }],
    ['that has no creation', { createdMs: undefined }, { startMs: at(5), duration: 20 }],
    ['that ended before it started', { result: 'cancelled', startMs: at(30) }, {}],
    ['that was cancelled in the queue', { result: 'cancelled', runnerName: '' }, {}],
    ['that was skipped', { result: 'skipped', runnerName: '' }, {}],
    ['that has no end', { endMs: undefined }, {}],
  ])('%s', (_, changes, expected) => {
    expect(toJobTimes(exampleJob(changes))).toEqual(expected)
  })
})

describe('an attempt', () => {
  test('lasts from its start to the end of its last job', () => {
    const jobs = [
      exampleJob({ name: 'lint', startMs: at(3), endMs: at(8) }),
      exampleJob({ name: 'test', startMs: at(9), endMs: at(40), result: 'timed_out' }),
      exampleJob({ name: 'e2e', startMs: at(10), endMs: at(20), result: 'failure' }),
      exampleJob({ name: 'deploy', result: 'skipped', runnerName: '', startMs: at(41), endMs: at(41) }),
      exampleJob({ name: 'wait', result: 'cancelled', runnerName: '', startMs: at(2), endMs: at(39) }),
    ]
    expect(toTotals(exampleRun(), jobs)).toEqual({
      ...{ endMs: at(41), duration: 41, queueTime: 3 },
      ...{ jobs: 5, failed: 2, skipped: 1, runnerTime: 46, longestJob: 'test' },
    })
  })

  test.each<[string, Partial<Run>, RunJob[], object]>([
    ['without jobs has no end', {}, [], { jobs: 0, failed: 0, skipped: 0, runnerTime: 0 }],
    [
      'whose first job started before it did has no time in the queue',
      { startMs: at(10) },
      [exampleJob()],
      { endMs: at(25), duration: 15, jobs: 1, failed: 0, skipped: 0, runnerTime: 20, longestJob: 'test' },
    ],
    [
      'whose jobs ended before it started has no duration',
      { startMs: at(50) },
      [exampleJob()],
      { endMs: at(25), jobs: 1, failed: 0, skipped: 0, runnerTime: 20, longestJob: 'test' },
    ],
  ])('%s', (_, changes, jobs, expected) => {
    expect(toTotals(exampleRun(changes), jobs)).toEqual(expected)
  })
})

test('the group that spans parallel steps is none of them', () => {
  const steps = [
    exampleStep({ name: 'Set up job', number: 1, startMs: at(5), endMs: at(6) }),
    exampleStep({ name: 'Parallel group', number: 2, startMs: at(6), endMs: at(20) }),
    exampleStep({ name: 'Lint', number: 3, startMs: at(6), endMs: at(12) }),
    exampleStep({ name: 'Test', number: 4, startMs: at(7), endMs: at(20) }),
    exampleStep({ name: 'Odd', number: 5, startMs: at(21), endMs: at(20) }),
  ]
  expect(findRanSteps(exampleJob({ steps })).map(({ name }) => name)).toEqual(['Set up job', 'Lint', 'Test'])
})

test('a step of that name which spans none is one', () => {
  const steps = [exampleStep({ name: 'Parallel group', startMs: at(6), endMs: at(7) }), exampleStep({ startMs: at(8) })]
  expect(findRanSteps(exampleJob({ steps }))).toHaveLength(2)
})

test.each([
  ['test', 'test'],
  ['test (ubuntu-latest, 20)', 'test'],
  ['test (ubuntu-latest, ...', 'test'],
  ['test (a / b)', 'test'],
  ['Unit tests (fast) on Linux', 'Unit tests'],
  ['web / build', 'web / build'],
  ['web / build (1)', 'web / build'],
  ['web (prod) / build (1)', 'web / build'],
  ['web (prod) / region (eu) / build', 'web / region / build'],
  [' (1)', ' (1)'],
])('the tag of a job that is called %j is %j', (name, tag) => {
  expect(toJobTag(name)).toBe(tag)
})

test.each([
  [['ubuntu-latest'], 'Linux'],
  [['windows-2025'], 'Windows'],
  [['macos-15-xlarge'], 'macOS'],
  [['self-hosted', 'Linux', 'X64'], 'Linux'],
  [['big-ubuntu-24.04'], 'Linux'],
  [['gpu'], ''],
  [['linux', 'windows'], ''],
  [['mylinuxbox'], ''],
  [[], ''],
])('labels %j say the system %j', (labels, system) => {
  expect(findRunnerOs(labels)).toBe(system)
})

test.each<[Partial<Run>, string | undefined, string]>([
  [{}, 'main', 'true'],
  [{ branch: 'fix' }, 'main', 'false'],
  [{ event: 'pull_request' }, 'main', 'false'],
  [{ event: 'pull_request_target' }, 'main', 'false'],
  [{ isOfFork: true }, 'main', 'false'],
  [{ event: 'schedule', branch: 'trunk' }, undefined, 'true'],
  [{}, undefined, 'unknown'],
])('%j is of the default branch %j: %s', (changes, defaultBranch, expected) => {
  expect(toDefaultBranch(exampleRun(changes), defaultBranch)).toBe(expected)
})
