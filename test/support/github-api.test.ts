import { afterEach, describe, expect, test } from 'vitest'
import { exampleRun } from './example-run.ts'
import { exampleJob, type GitHubApiOptions, startGitHubApi } from './github-api.ts'
import type { Loopback } from './loopback.ts'

const servers: Loopback[] = []
async function startApi(options: GitHubApiOptions = {}): Promise<Loopback> {
  const server = await startGitHubApi(options)
  servers.push(server)
  return server
}
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

const REPOSITORY = `/repos/${exampleRun.repository}/actions`
const JOB = `${REPOSITORY}/jobs/${exampleRun.jobId}`
const JOBS = `${REPOSITORY}/runs/${exampleRun.runId}/attempts/1/jobs`
const authorized = { headers: { authorization: `Bearer ${exampleRun.token}` } }

test('a job is found by its id', async () => {
  const server = await startApi({ token: exampleRun.token, job: exampleJob({ name: 'test (20)' }) })
  const response = await fetch(server.url + JOB, authorized)
  expect(await response.json()).toEqual(exampleJob({ name: 'test (20)' }))
  expect(server.requests[0]).toMatchObject({ method: 'GET', path: JOB, headers: authorized.headers })
})

test('the jobs of a run come in pages that lead to each other', async () => {
  const jobs = Array.from({ length: 230 }, (_, index) => exampleJob({ id: index, name: `test (${index})` }))
  const server = await startApi({ jobs: [...jobs, exampleJob({ run_id: 1 })] })
  const sizes: number[] = []
  let next: string | undefined = `${server.url}${JOBS}?per_page=100`
  while (next !== undefined) {
    const response: Response = await fetch(next)
    const { jobs: page, total_count } = (await response.json()) as { jobs: unknown[]; total_count: number }
    sizes.push(page.length, total_count)
    next = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1]
  }
  expect(sizes).toEqual([100, 230, 100, 230, 30, 230])
  expect(server.requests.map(({ query }) => query.get('page'))).toEqual([null, '2', '3'])
})

test('pages can be cut by hand, and have 30 jobs by themselves', async () => {
  const job = exampleJob()
  const byHand = await startApi({ pages: [[job], [job, job]] })
  expect(await (await fetch(`${byHand.url}${JOBS}?page=2`)).json()).toMatchObject({ total_count: 3, jobs: [job, job] })
  const byDefault = await startApi({ jobs: Array(31).fill(job) })
  expect((await fetch(byDefault.url + JOBS)).headers.get('link')).toContain('page=2>; rel="next"')
})

describe('an error', () => {
  test.each([
    [401, { token: 'another' }, JOB],
    [404, {}, `${REPOSITORY}/jobs/1`],
    [404, {}, `/${JOB}`],
    [404, { prefix: '/api/v3' }, JOB],
    [404, { repository: 'octo-org/other' }, JOB],
    [404, {}, JOBS.replace('attempts/1', 'attempts/2')],
    [403, { status: 403 }, JOB],
    [500, { status: 500 }, JOBS],
  ] as const)('%i for %j at %s', async (status, options, path) => {
    const server = await startApi(options)
    const response = await fetch(server.url + path, authorized)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ message: expect.any(String), status: String(status) })
  })

  test('has the words of GitHub', async () => {
    const server = await startApi({ status: 403 })
    expect(await (await fetch(server.url + JOB)).json()).toMatchObject({
      message: 'Resource not accessible by integration',
      documentation_url: expect.stringContaining('https://docs.github.com/rest/actions/'),
    })
  })
})

test('the clock of GitHub may be another', async () => {
  const server = await startApi({ dateSkewMs: -3_600_000 })
  const { headers } = await fetch(server.url + JOB)
  expect(Date.now() - Date.parse(headers.get('date') ?? '')).toBeGreaterThan(3_590_000)
})

test('an answer may break off, and may never come', async () => {
  const broken = await startApi({ truncateAt: 40 })
  await expect((await fetch(broken.url + JOB)).json()).rejects.toThrow()
  const silent = await startApi({ hang: true })
  await expect(fetch(silent.url + JOB, { signal: AbortSignal.timeout(100) })).rejects.toThrow(/timeout/)
})

test('the test may answer for itself', async () => {
  const server = await startApi({ respond: ({ path }) => (path === JOB ? { status: 502, body: 'oops' } : undefined) })
  expect([(await fetch(server.url + JOB)).status, (await fetch(server.url + JOBS)).status]).toEqual([502, 200])
})
