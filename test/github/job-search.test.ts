import { describe, expect, test } from 'vitest'
import { type JobQuery, readJob } from '../../src/github/job.ts'
import { fakeClient } from '../http/fake-client.ts'
import { exampleRun } from '../support/example-run.ts'
import { type ApiJob, api, apiJob, json, query } from './api-job.ts'

describe('without the id of the job', () => {
  const search = (jobs: Partial<ApiJob>[], changes: Partial<JobQuery> = {}) => {
    const client = fakeClient(({ url }) => {
      const page = Number(url.searchParams.get('page'))
      return json({ total_count: jobs.length, jobs: jobs.slice((page - 1) * 100, page * 100) })
    })
    return { client, answer: readJob({ ...query, jobId: undefined, ...changes }, client) }
  }
  const others = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      ...apiJob,
      id: index + 1,
      name: `other (${index})`,
      runner_name: 'Other',
    }))

  test('the jobs of this attempt are asked for', async () => {
    const { client, answer } = search([{ ...apiJob, id: 1, name: 'lint' }, apiJob])
    expect((await answer).job?.id).toBe(BigInt(exampleRun.jobId))
    expect(client.requests.map(({ url }) => `${url}`)).toEqual([
      `${api}/runs/${exampleRun.runId}/attempts/2/jobs?per_page=100&page=1`,
    ])
  })

  test.each<[Partial<ApiJob>, matches: boolean]>([
    [{}, true],
    [{ name: 'test (linux, 20)' }, true],
    [{ name: 'call / test' }, true],
    // A runner runs one job at a time, whatever its name.
    [{ name: '🧪 Unit tests' }, true],
    [{ name: 'call / my test' }, true],
    [{ status: 'completed' }, false],
    [{ status: 'queued' }, false],
    [{ runner_name: 'GitHub Actions' }, false],
    [{ runner_name: null }, false],
  ])('a job with %j: %s', async (changes, matches) => {
    const { job, reason } = await search([{ ...apiJob, ...changes } as Partial<ApiJob>]).answer
    expect(job !== undefined).toBe(matches)
    if (!matches)
      expect(reason).toBe('the job was not identified: none of the 1 jobs of this run match its name and its runner')
  })

  test.each([
    [['lint', 'test'], 'test'],
    [['lint', 'call / test'], 'call / test'],
    [['call / test (20)', 'lint (test)'], 'call / test (20)'],
    [['test (linux, 18)', 'test (linux, 20)', 'test (linux, 200)'], 'test (linux, 20)'],
    [['call / test (linux, 20)', 'test (linux, 18)'], 'call / test (linux, 20)'],
    [['Unit tests', 'More tests'], undefined],
    [['a / test', 'b / test'], undefined],
  ])('of %j on runners of one name it is %s', async (names, name) => {
    const jobs = names.map((one, index) => ({ ...apiJob, id: index + 1, name: one }))
    const { job } = await search(jobs, { matrix: { os: { name: 'linux' }, node: 20 } }).answer
    expect(job?.name).toBe(name)
  })

  test('two that can be it are none', async () => {
    const legs = [1, 2].map((id) => ({ ...apiJob, id, name: `test (${id})` }))
    expect(await search(legs).answer).toMatchObject({
      job: undefined,
      reason: 'the job was not identified: 2 of the 2 jobs of this run match its name and its runner',
    })
  })

  test('further pages are read, and no more than there are', async () => {
    const { client, answer } = search([...others(250), apiJob])
    expect((await answer).job?.id).toBe(BigInt(exampleRun.jobId))
    expect(client.requests).toHaveLength(3)
  })

  test('a match is unique among all jobs, or it is none', async () => {
    const { answer } = search([apiJob, ...others(320), { ...apiJob, id: 9, name: 'test (2)' }])
    expect((await answer).job).toBeUndefined()
  })

  test.each([
    ['an empty object', json({})],
    ['a job', json(apiJob)],
    ['a list of its own', json([apiJob])],
    ['null', json(null)],
    ['a page of a proxy', { headers: { 'content-type': 'text/html' }, body: '<html>Log in</html>' }],
  ])('%s is no list of jobs', async (_, answer) => {
    const client = fakeClient(() => answer)
    expect(await readJob({ ...query, jobId: undefined }, client)).toMatchObject({
      job: undefined,
      reason: 'GitHub did not answer with a list of jobs; check whether a proxy answers instead',
    })
    expect(client.requests).toHaveLength(1)
  })

  test('pages that stay empty end the search', async () => {
    const client = fakeClient(() => json({ total_count: 500, jobs: [] }))
    expect((await readJob({ ...query, jobId: undefined }, client)).job).toBeUndefined()
    expect(client.requests).toHaveLength(1)
  })
})
