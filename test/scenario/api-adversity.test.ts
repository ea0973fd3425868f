import { describe, expect, test } from 'vitest'
import { exampleRun } from '../support/example-run.ts'
import { type ApiJob, exampleJob, type GitHubApiOptions } from '../support/github-api.ts'
import { type Answer, json, startLoopback } from '../support/loopback.ts'
import { closing } from './closing.ts'
import { runScenario, type ScenarioOptions } from './scenario.ts'

const path = `/repos/${exampleRun.repository}/actions/jobs/${exampleRun.jobId}`
const withoutId = { contexts: { job: { check_run_id: undefined } } } satisfies ScenarioOptions
const asJson = { 'content-type': 'application/json; charset=utf-8' }

const limit = (
  status: number,
  headers: Record<string, string>,
  message = 'You have exceeded a secondary rate limit.',
) => json({ message, documentation_url: 'https://docs.github.com/rest' }, { status, headers })

/** The first answer, or each in its turn; the last one for all that follow. */
function inTurn(...answers: Answer[]): GitHubApiOptions {
  let next = 0
  return { respond: () => answers[Math.min(next++, answers.length - 1)] }
}

interface Trouble {
  readonly api: GitHubApiOptions
  readonly options?: ScenarioOptions
  readonly requests: number
  /** What the warning says between "not known:" and what follows from it. */
  readonly reason: RegExp
}

const limited =
  /GitHub's rate limit is used up \((403|429)\).*; run fewer jobs at the same time, or give github-token a token/
const foreign = /GitHub did not answer with a job; check whether a proxy answers instead/
const foreignList = /GitHub did not answer with a list of jobs; check whether a proxy/

const troubles: Record<string, Trouble> = {
  'a secondary limit, 403': { api: inTurn(limit(403, { 'retry-after': '60' })), requests: 1, reason: limited },
  'a secondary limit, 429': { api: inTurn(limit(429, { 'retry-after': '60' })), requests: 1, reason: limited },
  'a secondary limit that lasts beyond its own word': {
    api: inTurn(limit(403, { 'retry-after': '1' })),
    requests: 2,
    reason: limited,
  },
  'a primary limit': {
    api: inTurn(limit(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '4000000000' }, 'API rate limit')),
    requests: 1,
    reason: limited,
  },
  'a token that has expired': {
    api: { status: 401 },
    requests: 1,
    reason: /does not accept the token \(401\); leave the input github-token out, .* expires after 24 hours/,
  },
  'a redirect to itself': {
    api: inTurn({ status: 301, headers: { location: path } }),
    requests: 1,
    reason: /GitHub's redirects form a loop/,
  },
  'redirects without end': {
    api: { respond: ({ path }) => ({ status: 302, headers: { location: `${path}/on` } }) },
    requests: 3,
    reason: /GitHub redirected the request again and again/,
  },
  'a redirect to nowhere': {
    api: inTurn({ status: 307 }),
    requests: 1,
    reason: /GitHub answered with a redirect without an address \(307\)/,
  },
  'JSON that ends too early': {
    api: inTurn({ headers: asJson, body: JSON.stringify(exampleJob()).slice(0, 200) }),
    requests: 1,
    reason: foreign,
  },
  'an answer that breaks off': {
    api: { truncateAt: 100 },
    requests: 1,
    reason: /the connection was closed during GitHub's answer/,
  },
  'a page of HTML': {
    api: inTurn({ headers: { 'content-type': 'text/html' }, body: '<html>Log in</html>' }),
    requests: 1,
    reason: foreign,
  },
  'bytes of no kind': {
    api: inTurn({ headers: { 'content-type': 'application/octet-stream' }, body: Buffer.alloc(100, 255) }),
    requests: 1,
    reason: foreign,
  },
  'a type that is none': {
    api: inTurn({ headers: { 'content-type': '///' }, body: '{}' }),
    requests: 1,
    reason: /GitHub did not answer with|GitHub's answer/,
  },
  'an empty body': { api: inTurn({ headers: asJson }), requests: 1, reason: foreign },
  'no content': { api: inTurn({ status: 204 }), requests: 1, reason: foreign },
  null: { api: inTurn(json(null)), requests: 1, reason: foreign },
  'another job': {
    api: inTurn(json(exampleJob({ id: 5 }))),
    requests: 1,
    reason: /GitHub answered with job 5 instead of job/,
  },
  'a job of another run': {
    api: inTurn(json(exampleJob({ run_id: 5 }))),
    requests: 1,
    reason: /GitHub answered with a job of run 5/,
  },
  'a job that has not started': {
    api: inTurn(json(exampleJob({ started_at: '0001-01-01T00:00:00Z' }))),
    requests: 1,
    reason: /GitHub answered without a start time/,
  },
  'more than memory should hold': {
    api: inTurn({ headers: asJson, body: Buffer.alloc(32 * 2 ** 20, ' ') }),
    requests: 1,
    reason: /the answer is longer than \d+ bytes/,
  },
  'failures that last': {
    api: { status: 503 },
    requests: 2,
    reason: /could not be used: 503 Service Unavailable; if this lasts, see https:\/\/www\.githubstatus\.com/,
  },
  'a failure that asks for a long wait': {
    api: inTurn(json({ message: 'down' }, { status: 503, headers: { 'retry-after': '120' } })),
    requests: 1,
    reason: /could not be used: 503 down/,
  },
  'a gateway in HTML': {
    api: inTurn({ status: 502, headers: { 'content-type': 'text/html' }, body: `<html>${'x'.repeat(100_000)}</html>` }),
    requests: 2,
    reason: /could not be used: 502 Bad Gateway; if/,
  },
  'a reset': { api: inTurn({ reset: true }), requests: 1, reason: /ECONNRESET.*; check that this runner can reach/ },
  'a teapot': { api: inTurn({ status: 418, body: 'x' }), requests: 1, reason: /could not be used: 418 I'm a Teapot; / },
  'a list that never ends': {
    api: { respond: ({ query }) => json({ total_count: 1e9, jobs: fill(Number(query.get('page'))) }) },
    options: withoutId,
    requests: 3,
    reason: /GitHub listed only 300 of the 1000000000 jobs of this run in 3 requests, too few to identify/,
  },
  'a list that repeats itself': {
    api: { respond: () => json({ total_count: 1e9, jobs: [exampleJob()] }) },
    options: withoutId,
    requests: 2,
    reason: /GitHub listed only 1 of the 1000000000 jobs of this run/,
  },
  'a list of nothing': {
    api: inTurn(json({ total_count: 5, jobs: [] })),
    options: withoutId,
    requests: 1,
    reason: /GitHub listed only 0 of the 5 jobs of this run/,
  },
  'a list of nulls': {
    api: inTurn(json({ total_count: 1, jobs: [null] })),
    options: withoutId,
    requests: 1,
    reason: foreignList,
  },
  'a list of another run': {
    api: inTurn(json({ total_count: 1, jobs: [exampleJob({ run_id: 5 })] })),
    options: withoutId,
    requests: 1,
    reason: /GitHub answered with a job of run 5/,
  },
  'a list behind redirects and failures': {
    api: inTurn(
      { status: 301, headers: { location: '/elsewhere' } },
      json({ message: 'down' }, { status: 500 }),
      json({ total_count: 101, jobs: fill(1) }),
    ),
    options: withoutId,
    requests: 3,
    reason: /GitHub listed only 100 of the 101 jobs of this run/,
  },
}

function fill(page: number): ApiJob[] {
  return Array.from({ length: 100 }, (_, index) => exampleJob({ id: page * 100 + index, name: `lint (${index})` }))
}

describe("whatever GitHub answers, the job is green and its points are written, by the runner's clock", () => {
  test.concurrent.for(Object.entries(troubles))('%s', async ([_name, { api, options, requests, reason }]) => {
    const finished = await runScenario({ ...options, api })
    const { job, main, post, warnings, points, point } = finished
    expect([main.exitCode, post.exitCode, finished.api.requests.length]).toEqual([0, 0, requests])
    expect(points.map(({ measurement }) => measurement)).toEqual(['build_start', 'build'])
    expect(point().fields.start_time).toBe(job.outputs['start-time'])
    expect(warnings).toEqual([
      expect.stringMatching(/^The job's exact start is not known: .*\. The start of the Build Stats step is used/),
    ])
    expect(warnings[0]).toMatch(reason)
    expect(warnings[0]?.length).toBeLessThan(500)
  })
})

describe('trouble that passes is none', () => {
  const passing: Record<string, Answer> = {
    'a failure': json({ message: 'Server Error' }, { status: 500 }),
    'a secondary limit of a second': limit(403, { 'retry-after': '1' }),
    'a repository that was renamed, 301': { status: 301, headers: { location: '/repositories/1/actions/jobs/2' } },
    'a repository that was renamed, 302': { status: 302, headers: { location: '/repositories/1/actions/jobs/2' } },
    'a repository that was renamed, 307': { status: 307, headers: { location: '/repositories/1/actions/jobs/2' } },
    'a repository that was renamed, 308': { status: 308, headers: { location: '/repositories/1/actions/jobs/2' } },
  }
  test.concurrent.for(Object.entries(passing))('%s', async ([_name, answer]) => {
    const { api, point, warnings } = await runScenario({ api: inTurn(answer, json(exampleJob())) })
    expect([warnings, point().fields.start_time]).toEqual([[], '2026-01-02T03:04:13.000Z'])
    expect(api.requests.map(({ headers }) => headers.authorization)).toEqual(Array(2).fill(`token ${exampleRun.token}`))
  })

  test('without any there is one request', async () => {
    const { api, warnings } = await runScenario()
    expect([api.requests.length, warnings]).toEqual([1, []])
  })

  test('what GitHub says of its plans is not told', async () => {
    const headers = { deprecation: 'true', sunset: '::error::obeyed', link: '<x>; rel="deprecation"' }
    const { log, point, warnings } = await runScenario({ api: inTurn(json(exampleJob(), { headers })) })
    expect([warnings, point().fields.job_name]).toEqual([[], 'test'])
    expect(log).not.toMatch(/obeyed|deprecat/)
  })
})

test('a redirect to elsewhere is said and not followed, whoever is there', async () => {
  const other = closing(await startLoopback({ answer: () => json(exampleJob()) }))
  const { api, post, points, warnings } = await runScenario({
    api: inTurn({ status: 302, headers: { location: `${other.url}${path}?secret=obeyed` } }),
  })
  expect([post.exitCode, points.length, api.requests.length, other.requests.length]).toEqual([0, 2, 1, 0])
  expect(warnings).toEqual([
    expect.stringContaining(`redirected to ${other.url}, which is not GitHub's API; check GITHUB_API_URL`),
  ])
})

test('an API that fails, and then hangs, is left after five seconds in all', async () => {
  const { api, post, warnings } = await runScenario({
    api: inTurn(json({ message: 'down' }, { status: 500 }), { hang: true }),
  })
  expect([post.exitCode, api.requests.length]).toEqual([0, 2])
  expect(post.durationMs).toBeLessThan(8000)
  expect(warnings).toEqual([expect.stringContaining('GitHub did not answer within 5 s')])
})
