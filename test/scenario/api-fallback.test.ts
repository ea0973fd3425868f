import { describe, expect, test } from 'vitest'
import { exampleRun } from '../support/example-run.ts'
import { type ApiJob, exampleJob } from '../support/github-api.ts'
import { json } from '../support/loopback.ts'
import { runScenario, type ScenarioOptions } from './scenario.ts'

/** As on an older GitHub Enterprise Server. */
const withoutId = { contexts: { job: { check_run_id: undefined } } } satisfies ScenarioOptions

const others: ApiJob[] = [
  exampleJob({ id: 11, name: 'lint', runner_name: 'GitHub Actions 9' }),
  exampleJob({ id: 12, name: 'test', status: 'completed' }),
  exampleJob({ id: 13, name: 'test', runner_name: 'GitHub Actions 8' }),
]

/** Every way in which the API does not tell the job's start, and what the owner of the job reads then. */
const failures: Record<string, readonly [options: ScenarioOptions, reason: RegExp]> = {
  'no token': [{ with: { 'github-token': '' } }, /the input github-token is empty: leave it out, or give a token/],
  '401': [{ api: { status: 401 } }, /GitHub does not accept the token \(401\); leave the input github-token out/],
  '403': [{ api: { status: 403 } }, /the token may not read it \(403\); give the job `permissions: actions: read`/],
  '404': [{ api: { status: 404 } }, /the token may not read it \(404\); give the job `permissions: actions: read`/],
  '429': [{ api: { status: 429 } }, /GitHub's rate limit is used up \(429\); run fewer jobs at the same time/],
  '500': [{ api: { status: 500 } }, /could not be used: .*Server Error/],
  '503': [{ api: { status: 503 } }, /could not be used: 503 Service Unavailable/],
  'nobody there': [{ api: 'none' }, /could not be used: .*ECONNREFUSED/],
  'an answer that breaks off': [{ api: { truncateAt: 100 } }, /: the connection was closed during GitHub's answer\./],
  'an answer that is no JSON': [
    { api: { respond: () => ({ body: '<html>Log in</html>', headers: { 'content-type': 'application/json' } }) } },
    /: GitHub did not answer with a job; check/,
  ],
  'an answer that is another object': [
    { api: { respond: () => ({ body: '{}', headers: { 'content-type': 'application/json' } }) } },
    /: GitHub did not answer with a job; check/,
  ],
  'a list that is none': [
    { ...withoutId, api: { respond: () => json({ total_count: 1, jobs: {} }) } },
    /: GitHub did not answer with a list of jobs; check/,
  ],
  'an answer of another run': [{ api: { job: exampleJob({ run_id: 4711 }) } }, /answered with a job of run 4711/],
  'no job that can be this one': [
    { ...withoutId, api: { jobs: others } },
    /none of the 3 jobs of this run match its name/,
  ],
  'several jobs that can be this one': [
    { ...withoutId, api: { jobs: [...others, exampleJob(), exampleJob({ id: 14, name: 'test (20)' })] } },
    /2 of the 5 jobs of this run match its name/,
  ],
}

describe.concurrent("without the API's answer the job is measured by the runner's clock", () => {
  test.each(Object.entries(failures))('%s', async (_name, [options, reason]) => {
    const { job, main, post, warnings, points, point } = await runScenario(options)
    expect([main.exitCode, post.exitCode]).toEqual([0, 0])
    expect(points.length).toBe(2)
    expect(point().fields.start_time).toBe(job.outputs['start-time'])
    expect(point().fields).not.toHaveProperty('queue_time')
    expect(warnings).toEqual([expect.stringMatching(reason)])
    expect(warnings[0]).toMatch(/^The job's exact start is not known: .*The start of the Build Stats step is used/)
    expect(job.summary).toContain('exact start is not known')
  })

  test('an API that hangs is left after five seconds', async () => {
    const { job, post, warnings, point } = await runScenario({ api: { hang: true } })
    expect(post.exitCode).toBe(0)
    expect(post.durationMs).toBeGreaterThan(4500)
    // It would hang for ever; a busy machine makes more than seven seconds of the five.
    expect(post.durationMs).toBeLessThan(20_000)
    expect(warnings).toEqual([expect.stringContaining('GitHub did not answer within 5 s')])
    expect(point().fields.start_time).toBe(job.outputs['start-time'])
  })

  test('an answer that breaks off is no wrong answer: a job id that is known stays', async () => {
    const { point } = await runScenario({ api: { truncateAt: 10 } })
    expect(point().fields.job_id).toBe(BigInt(exampleRun.jobId))
  })
})

describe.concurrent('without check_run_id', () => {
  const matches: Record<string, ApiJob> = {
    'its name': exampleJob({ name: 'test' }),
    'a matrix leg of it': exampleJob({ name: 'test (ubuntu-latest, 20)' }),
    'it in a called workflow': exampleJob({ name: 'nightly / test' }),
    'the only one on this runner': exampleJob({ name: '🧪 Unit tests' }),
  }
  test.each(Object.entries(matches))('the one job that is %s is found', async (_name, match) => {
    const { point, warnings } = await runScenario({ ...withoutId, api: { jobs: [...others, match] } })
    expect(warnings).toEqual([])
    expect(point().fields).toMatchObject({
      job_id: BigInt(match.id),
      job_name: match.name,
      start_time: '2026-01-02T03:04:13.000Z',
    })
  })

  test('it is found on the second page', async () => {
    const fill = Array.from({ length: 100 }, (_, index) => exampleJob({ id: index + 1, name: `lint (${index})` }))
    const { api, point, warnings } = await runScenario({ ...withoutId, api: { jobs: [...fill, exampleJob()] } })
    expect([api.requests.length, warnings, point().fields.job_name]).toEqual([2, [], 'test'])
  })
})
