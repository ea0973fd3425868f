import { expect, test } from 'vitest'
import { type Attempt, toAttemptPoints, toCollectPoint } from '../../src/collect/points.ts'
import type { Point } from '../../src/point/point.ts'
import { expectSound } from '../point/sound-point.ts'
import { at, exampleJob, exampleRun, exampleStep } from './example-run.ts'

const options = { measurement: 'build', tags: [] as [string, string][] }
const all = { jobs: true, steps: true }

function toRows(given: Partial<Attempt> = {}, wanted = all, layout = options) {
  const attempt = { run: exampleRun(), jobs: [exampleJob()], defaultBranch: 'main', ...given }
  return toAttemptPoints(attempt, wanted, layout).map(toRow)
}

function toRow(point: Point) {
  expectSound(point)
  return { ...point, tags: Object.fromEntries(point.tags), fields: Object.fromEntries(point.fields) }
}

test('a run, its job and its steps are rows', () => {
  const job = exampleJob({ name: 'test (20)', labels: ['self-hosted', 'linux'], steps: [exampleStep()] })
  const tags = { repository: 'acme/shop', workflow: 'CI', event: 'push', default_branch: 'true', result: 'success' }
  const run = { number: 42n, attempt: 1n, run_id: 16_512_345_678n }
  const second = (ms: number) => BigInt(ms) * 1_000_000n
  expect(toRows({ jobs: [job] })).toEqual([
    {
      measurement: 'build_run',
      tags,
      fields: {
        ...{ ...run, branch: 'main', sha: 'ffac537', actor: 'octocat', title: 'Add a cart' },
        url: 'https://github.com/acme/shop/actions/runs/16512345678/attempts/1',
        ...{ start_time: '2026-09-01T12:00:00.000Z', end_time: '2026-09-01T12:00:25.000Z' },
        ...{ duration: 25, queue_time: 5, runner_time: 20, longest_job: 'test (20)' },
        ...{ jobs: 1n, jobs_failed: 0n, jobs_skipped: 0n },
      },
      timeNs: second(at(25)) + 512_345_678n + 1n,
    },
    {
      measurement: 'build_job',
      tags: { ...tags, job: 'test', runner_os: 'Linux' },
      fields: {
        ...{ ...run, job_id: 46_698_812_345n, job_name: 'test (20)', branch: 'main', sha: 'ffac537' },
        url: 'https://github.com/acme/shop/actions/runs/16512345678/job/46698812345',
        ...{ runner_name: 'GitHub Actions 7', runner_group: 'GitHub Actions', runner_labels: 'linux,self-hosted' },
        ...{ start_time: '2026-09-01T12:00:05.000Z', end_time: '2026-09-01T12:00:25.000Z' },
        ...{ duration: 20, queue_time: 5 },
      },
      timeNs: second(at(25)) + 698_812_345n,
    },
    {
      measurement: 'build_job_step',
      tags: { ...tags, job: 'test', runner_os: 'Linux', step: 'Test', conclusion: 'success' },
      fields: { duration: 14, number: 3n, build_number: 42n, attempt: 1n, run_id: run.run_id, job_id: 46_698_812_345n },
      timeNs: second(at(20)) + 812_345_003n,
    },
  ])
})

test('a job that was skipped is no row, one that was cancelled before its start has no duration', () => {
  const skipped = exampleJob({ id: 1, result: 'skipped', runnerName: '', endMs: at(5) })
  const cancelled = exampleJob({ id: 2, result: 'cancelled', startMs: at(30) })
  const [run, job, ...more] = toRows({ jobs: [skipped, cancelled] })
  expect(more).toEqual([])
  expect(run?.fields).toMatchObject({ jobs: 2n, jobs_skipped: 1n, runner_time: 0 })
  expect(job?.fields).toMatchObject({ job_id: 2n, end_time: '2026-09-01T12:00:25.000Z' })
  expect(Object.keys(job?.fields ?? {})).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^(duration|queue_time|start_time)$/)]),
  )
})

test('what a re-run carries over is neither a row nor counted', () => {
  const run = exampleRun({ attempt: 2, startMs: at(30), result: 'failure', url: 'https://x/runs/7/attempts/2' })
  const jobs = [
    exampleJob({ id: 8, attempt: 2, createdMs: at(31) }),
    exampleJob({ id: 9, attempt: 2, createdMs: at(31), startMs: at(33), endMs: at(50), result: 'failure' }),
  ]
  const rows = toRows({ run, jobs })
  expect(rows.map(({ fields }) => fields.job_id)).toEqual([undefined, 9n])
  expect(rows[0]?.fields).toMatchObject({ duration: 20, queue_time: 3, jobs: 1n, jobs_failed: 1n, runner_time: 17 })
  expect(rows[0]?.fields.url).toBe('https://x/runs/7/attempts/2')
})

test('rows are those that are wanted, in the measurement and with the tags of the storage', () => {
  const jobs = [exampleJob({ steps: [exampleStep()] })]
  const names = (wanted: typeof all, layout = options) =>
    toRows({ jobs }, wanted, layout).map(({ measurement }) => measurement)
  expect(names({ jobs: false, steps: false })).toEqual(['build_run'])
  expect(names({ jobs: true, steps: false })).toEqual(['build_run', 'build_job'])
  expect(names({ jobs: false, steps: true })).toEqual(['build_run', 'build_job_step'])
  const own = {
    measurement: 'ci',
    tags: [
      ['team', 'web'],
      ['branch', 'x'],
      ['event', ''],
    ] as [string, string][],
  }
  const [run] = toRows({ jobs }, all, own)
  expect(names(all, own)).toEqual(['ci_run', 'ci_job', 'ci_job_step'])
  expect(run?.tags).toMatchObject({ team: 'web', branch: 'x' })
  expect(run?.tags.event).toBeUndefined()
  expect(run?.fields.branch).toBeUndefined()
})

test('jobs and steps that end in one second stay apart, and so do runs and their attempts', () => {
  const runs = Array.from({ length: 30 }, (_, run) => ({
    run: exampleRun({ id: 1000 + run * 10, attempt: 1 }),
    jobs: Array.from({ length: 20 }, (_, job) =>
      exampleJob({
        id: 5000 + run * 20 + job,
        steps: Array.from({ length: 20 }, (_, step) => exampleStep({ number: step + 1 })),
      }),
    ),
  }))
  const points = runs.flatMap((attempt) => toAttemptPoints({ ...attempt, defaultBranch: 'main' }, all, options))
  const keys = points.map(({ measurement, tags, timeNs }) => JSON.stringify([measurement, tags, `${timeNs}`]))
  expect(new Set(keys).size).toBe(30 + 600 + 12_000)
})

test('a run that has no job ends nowhere and is a row all the same', () => {
  const [row, ...more] = toRows({ run: exampleRun({ result: 'startup_failure' }), jobs: [] })
  expect(more).toEqual([])
  expect(row?.tags.result).toBe('startup_failure')
  expect(row?.fields.end_time).toBeUndefined()
  expect((row?.timeNs ?? 0n) / 1_000_000_000n).toBe(BigInt(at(0) / 1000))
})

test('names of others stay text', () => {
  const hostile = '"; DROP\n::error::x ${{ github.token }} | <b>\\'
  const run = exampleRun({ workflow: hostile, title: hostile, branch: hostile, actor: hostile })
  const rows = toRows({ run, jobs: [exampleJob({ name: hostile, steps: [exampleStep({ name: hostile })] })] })
  expect(rows).toHaveLength(3)
  expect(rows[0]?.fields).toMatchObject({ title: hostile, branch: hostile })
  expect(rows[1]?.fields).toMatchObject({ job_name: hostile })
})

test('how far a repository was collected is a row of its own', () => {
  expect(toRow(toCollectPoint('acme/shop', { sinceMs: at(0), untilMs: at(20) }, at(30) + 7, options))).toEqual({
    measurement: 'build_collect',
    tags: { repository: 'acme/shop' },
    fields: { since: '2026-09-01T12:00:00.000Z', until: '2026-09-01T12:00:20.000Z' },
    timeNs: BigInt(at(30) + 7) * 1_000_000n,
  })
})
