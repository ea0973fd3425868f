// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows are written so
import { describe, expect, test } from 'vitest'
import { exampleRun } from '../support/example-run.ts'
import { type ApiJob, exampleJob } from '../support/github-api.ts'
import type { Job } from '../support/job-runner.ts'
import { openScenario, runScenario, secondsAgo } from './scenario.ts'

describe.concurrent('a job that ends', () => {
  test('with success is one point when it starts and one when it ends', async () => {
    const startedAt = secondsAgo(90)
    const createdAt = new Date(Date.parse(startedAt) - 8000).toISOString()
    const { job, main, post, log, warnings, points, point } = await runScenario({
      api: { job: exampleJob({ created_at: createdAt, started_at: startedAt }) },
    })
    const untilNow = (Date.now() - Date.parse(startedAt)) / 1000
    expect([main.exitCode, post.exitCode, warnings]).toEqual([0, 0, []])
    expect(points.map(({ measurement }) => measurement)).toEqual(['build_start', 'build'])
    const { tags, fields, timeNs } = point()
    expect(tags).toEqual({
      repository: 'octo-org/octo-repo',
      workflow: 'CI',
      job: 'test',
      event: 'push',
      result: 'success',
      runner_os: 'Linux',
      runner_arch: 'X64',
      default_branch: 'true',
    })
    expect(fields).toEqual({
      number: 42n,
      attempt: 1n,
      run_id: BigInt(exampleRun.runId),
      job_id: BigInt(exampleRun.jobId),
      branch: 'main',
      sha: exampleRun.sha,
      actor: 'octocat',
      url: `https://github.com/octo-org/octo-repo/actions/runs/${exampleRun.runId}/job/${exampleRun.jobId}`,
      job_name: 'test',
      runner_name: 'GitHub Actions 7',
      ...{ runner_image: 'ubuntu24', runner_labels: 'ubuntu-latest', runner_group: 'GitHub Actions' },
      workflow_ref: `octo-org/octo-repo/${exampleRun.workflowPath}@refs/heads/main`,
      queue_time: 8,
      start_time: startedAt.replace('Z', '.000Z'),
      end_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      duration: expect.any(Number),
    })
    expect(fields.duration).toBe((Date.parse(String(fields.end_time)) - Date.parse(startedAt)) / 1000)
    expect(fields.duration).toBeGreaterThanOrEqual(90)
    expect(fields.duration).toBeLessThanOrEqual(untilNow)
    expect(Number(timeNs / 1_000_000n)).toBe(Date.parse(String(fields.end_time)))
    expect(log).toMatch(/^Build Stats: CI\/test took \d+m \d\ds \(success\)\. 1 point written to file .*$/m)
    expect(job.summary).toMatch(/^<h3>CI\/test: \d+m \d\ds<\/h3>\n/)
    expect(job.summary).toMatch(/^<p>Success\..* 1 point written to file .*points\.lp\.<\/p>$/m)
  })

  test('with failure is measured all the same', async () => {
    const { job, post, point } = await runScenario({}, (running) => running.step('tests', 'exit 1'))
    expect([job.status, post.exitCode, point().tags.result]).toEqual(['failure', 0, 'failure'])
  })

  test('cancelled is measured within the seconds that are left', async () => {
    const { post, point } = await runScenario({}, async (running) => {
      const step = running.step('tests', 'sleep 30')
      setTimeout(() => running.cancel(), 200)
      await step
    })
    expect([post.exitCode, point().tags.result]).toEqual([0, 'cancelled'])
    // What the runner leaves an interrupted process, all in all.
    expect(post.durationMs).toBeLessThan(10_000)
  })
})

describe.concurrent('main', () => {
  test('tells the steps that follow who the build is, and where data goes', async () => {
    const { job, main } = await runScenario({ id: 'stats', contexts: { matrix: { os: 'ubuntu-latest', node: 20 } } })
    expect(main.exitCode).toBe(0)
    expect(job.outputs).toEqual({
      builder: 'CI/test (ubuntu-latest, 20)',
      'start-time': expect.stringMatching(/^\d{4}-.*Z$/),
      'data-file': job.exportedEnv.BUILD_STATS,
    })
    expect(job.exportedEnv.BUILD_STATS).toMatch(new RegExp(`^${job.temp}/`))
  })

  test('asks GitHub nothing, and post asks once, with the token', async () => {
    const { job, api, run } = await openScenario({ token: 'ghs_ofThisJob', api: { token: 'ghs_ofThisJob' } })
    const { warnings } = await run(() => {
      expect(api.requests).toEqual([])
      expect(job.exportedEnv.BUILD_STATS).toBeDefined()
    })
    expect(api.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET /repos/octo-org/octo-repo/actions/jobs/${exampleRun.jobId}`,
    ])
    expect(warnings).toEqual([])
  })
})

describe.concurrent("the API's times", () => {
  test('give the exact start, and how long the job waited for a runner', async () => {
    const startedAt = secondsAgo(60)
    const created_at = new Date(Date.parse(startedAt) - 40_000).toISOString()
    const { point } = await runScenario({
      api: { job: exampleJob({ created_at, started_at: startedAt, name: 'Unit tests' }) },
    })
    const { fields } = point()
    expect(fields).toMatchObject({ queue_time: 40, job_name: 'Unit tests' })
    expect(fields.duration).toBe((Date.parse(String(fields.end_time)) - Date.parse(startedAt)) / 1000)
  })

  test('leave queue_time out where it would be negative', async () => {
    const { point, warnings } = await runScenario({
      api: { job: exampleJob({ created_at: secondsAgo(10), started_at: secondsAgo(60) }) },
    })
    expect(point().fields).not.toHaveProperty('queue_time')
    expect(warnings).toEqual([])
  })

  test.each([
    [-60_000, -60_000],
    [90_000, 90_000],
    [900, 0],
  ])('with a clock %i ms off move the end by %i ms', async (dateSkewMs, movedMs) => {
    let beforeMs = 0
    const { point } = await runScenario({ api: { dateSkewMs } }, () => {
      beforeMs = Date.now()
    })
    const afterMs = Date.now()
    // `Date` has whole seconds, and was made at any time of the request.
    const toleranceMs = movedMs === 0 ? 0 : 1000 + (afterMs - beforeMs) / 2
    const endMs = Date.parse(String(point().fields.end_time))
    expect(endMs).toBeGreaterThanOrEqual(beforeMs + movedMs - toleranceMs)
    expect(endMs).toBeLessThanOrEqual(afterMs + movedMs + toleranceMs)
  })

  test('of a re-run are those of its own attempt', async () => {
    const options = { env: { GITHUB_RUN_ATTEMPT: '3' }, contexts: { job: { check_run_id: undefined } } }
    const job = exampleJob({ run_attempt: 3, started_at: secondsAgo(30) })
    const { api, point, warnings } = await runScenario({ ...options, api: { jobs: [exampleJob({ id: 1 }), job] } })
    const toList = (attempt: number) =>
      `/repos/octo-org/octo-repo/actions/runs/${exampleRun.runId}/attempts/${attempt}/jobs`
    expect(api.requests.map(({ path }) => path)).toEqual([toList(3), toList(2)])
    expect(point().fields).toMatchObject({ attempt: 3n, job_id: BigInt(exampleRun.jobId) })
    expect(warnings).toEqual([])
  })

  test.each<[string, ApiJob['conclusion'], string, boolean]>([
    ['that succeeds after it had failed is flaky', 'failure', 'success', true],
    ['that succeeds after it had run out of time is flaky', 'timed_out', 'success', true],
    ['that succeeds after it was cancelled is not', 'cancelled', 'success', false],
    ['that fails again is not, and nobody is asked', 'failure', 'failure', false],
  ])('a second attempt %s', async (_, conclusion, status, isFlaky) => {
    const before = exampleJob({ id: 1, run_attempt: 1, status: 'completed', conclusion })
    const options = {
      env: { GITHUB_RUN_ATTEMPT: '2' },
      api: { jobs: [before, exampleJob({ run_attempt: 2 })] },
    }
    const end = status === 'failure' ? (job: Job) => job.step('own', 'exit 1') : undefined
    const { api, point, warnings } = await runScenario(options, end)
    expect([point().fields.flaky, warnings]).toEqual([isFlaky || undefined, []])
    expect(api.requests).toHaveLength(status === 'success' ? 2 : 1)
  })

  test('come from a GitHub Enterprise Server too, whose API has a path', async () => {
    const { api, point, warnings } = await runScenario({
      api: { prefix: '/api/v3' },
      env: { GITHUB_SERVER_URL: 'https://github.example.com' },
    })
    expect(api.requests.map(({ path }) => path)).toEqual([
      `/api/v3/repos/octo-org/octo-repo/actions/jobs/${exampleRun.jobId}`,
    ])
    expect(point().fields).toMatchObject({
      url: expect.stringMatching(/^https:\/\/github\.example\.com\/octo-org\//),
      start_time: '2026-01-02T03:04:13.000Z',
    })
    expect(warnings).toEqual([])
  })
})
