import { describe, expect, test } from 'vitest'
import { readJob } from '../../src/github/job.ts'
import { type FakeAnswer, fakeClient } from '../http/fake-client.ts'
import { exampleRun } from '../support/example-run.ts'
import { type ApiJob, api, apiJob, json, query } from './api-job.ts'

/** Answers one after the other; the last one again and again. */
async function readWith(answers: readonly FakeAnswer[], changes: Partial<typeof query> = {}) {
  const client = fakeClient(() => answers[Math.min(client.requests.length, answers.length) - 1] ?? {})
  const answer = await readJob({ ...query, ...changes }, client)
  return { ...answer, requests: client.requests }
}

const to = (location: string | undefined, status = 301): FakeAnswer => ({
  status,
  headers: location === undefined ? {} : { location },
})
const { origin } = new URL(api)
const fine = json(apiJob)
const failed = json({ message: 'Server Error' }, { status: 502 })

describe('redirects', () => {
  test.each([301, 302, 303, 307, 308])('%d within the API is followed, with the token', async (status) => {
    const { job, requests } = await readWith([to('/repositories/1/actions/jobs/2?a=b', status), fine])
    expect(job?.id).toBe(BigInt(exampleRun.jobId))
    expect(requests.map(({ url }) => url.href)).toEqual([
      `${api}/jobs/${exampleRun.jobId}`,
      `${origin}/repositories/1/actions/jobs/2?a=b`,
    ])
    expect(requests[1]).toMatchObject({ method: 'GET', headers: { authorization: 'token ghs_token' } })
  })

  test.each<[string, FakeAnswer[], number, RegExp]>([
    ['to elsewhere', [to('https://login.example.com/a?b'), fine], 1, /to https:\/\/login\.example\.com, which is not/],
    ['to another port', [to(`${origin}:81/`), fine], 1, /which is not GitHub's API/],
    ['to another kind of place', [to('file:///etc/passwd'), fine], 1, /redirected to file:, which is not/],
    ['to nowhere', [to(undefined), fine], 1, /^GitHub answered with a redirect without an address \(301\)$/],
    ['to what is not a URL', [to('http://['), fine], 1, /^GitHub answered with a redirect without an address/],
    ['to itself', [to(`${api}/jobs/${exampleRun.jobId}`), fine], 1, /form a loop/],
    ['in a circle', [to('/a'), to('/b'), to('/a'), fine], 3, /form a loop/],
    ['without end', [to('/a'), to('/b'), to('/c'), fine], 3, /again and again/],
  ])('%s are said', async (_name, answers, count, reason) => {
    const { job, requests, reason: said } = await readWith(answers)
    expect([job, requests.length]).toEqual([undefined, count])
    expect(said).toMatch(reason)
  })

  test('credentials in them are not taken', async () => {
    const { requests } = await readWith([to(`${origin.replace('//', '//a:b@')}/c`), fine])
    expect(requests[1]?.url.href).toBe(`${origin}/c`)
  })

  test('of a list are followed once for all pages', async () => {
    const jobs: Partial<ApiJob>[] = Array.from({ length: 100 }, (_, index) => ({ ...apiJob, id: index + 1, name: 'x' }))
    const page = (list: Partial<ApiJob>[]) => json({ total_count: 101, jobs: list })
    const moved = to('/repositories/1/actions/runs/2/attempts/2/jobs?per_page=100&page=1')
    const { job, requests } = await readWith([moved, page(jobs), page([apiJob])], { jobId: undefined })
    expect(job?.id).toBe(BigInt(exampleRun.jobId))
    expect(requests[2]?.url.href).toBe(`${origin}/repositories/1/actions/runs/2/attempts/2/jobs?per_page=100&page=2`)
  })
})

describe('a second try', () => {
  test.each<[string, FakeAnswer]>([
    ['a failure', failed],
    ['a failure that asks for a second', json({}, { status: 503, headers: { 'retry-after': '1' } })],
    ['a limit that is over soon', json({}, { status: 403, headers: { 'retry-after': '1' } })],
    ['a limit that is over', json({}, { status: 429, headers: { 'retry-after': '0' } })],
    [
      'a limit that is reset now',
      json({}, { status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' } }),
    ],
  ])('after %s', async (_name, first) => {
    const { job, requests } = await readWith([first, fine])
    expect([job?.id, requests.length]).toEqual([BigInt(exampleRun.jobId), 2])
  })

  test('is the only one', async () => {
    const { requests, reason } = await readWith([failed])
    expect(requests.length).toBe(2)
    expect(reason).toBe(
      "GitHub's answer could not be used: 502 Server Error; if this lasts, see https://www.githubstatus.com",
    )
  })

  test('waits as long as it is asked to', async () => {
    const startedMs = performance.now()
    await readWith([json({}, { status: 429, headers: { 'retry-after': '1' } }), fine])
    expect(performance.now() - startedMs).toBeGreaterThan(990)
  })
})

describe('limits', () => {
  const soon = String(Math.floor(Date.now() / 1000) + 3000)
  test.each<[string, number, NonNullable<FakeAnswer['headers']>, string, RegExp]>([
    ['secondary', 403, { 'retry-after': '60' }, '', /\(403\), for another 60 s;/],
    ['secondary', 429, { 'retry-after': '60' }, '', /\(429\), for another 60 s;/],
    ['in words', 403, {}, 'You have exceeded a secondary rate limit.', /\(403\);/],
    ['without a word', 429, {}, '', /\(429\);/],
    ['primary', 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': soon }, '', /for another 2\d\d\d s;/],
    ['primary', 429, { 'x-ratelimit-remaining': '0' }, '', /\(429\);/],
    ['until a date', 403, { 'retry-after': new Date(Date.now() + 3e6).toUTCString() }, '', /for another 2\d\d\d s;/],
    ['of no length', 403, { 'retry-after': 'soon' }, '', /\(403\);/],
  ])('%s, %d, are no question of permissions', async (_name, status, headers, message, reason) => {
    const { requests, reason: said } = await readWith([json({ message }, { status, headers })])
    expect(requests.length).toBe(1)
    expect(said).toMatch(
      /^GitHub's rate limit is used up .*; run fewer jobs at the same time, or give github-token a token/,
    )
    expect(said).toMatch(reason)
  })

  test('that are far from reached are none', async () => {
    const headers = { 'x-ratelimit-remaining': '4999', 'x-ratelimit-reset': '1' }
    const { reason } = await readWith([json({ message: 'Resource not accessible' }, { status: 403, headers })])
    expect(reason).toMatch(/permissions: actions: read/)
  })
})

describe('what is no answer of the API', () => {
  test.each<[string, object | null]>([
    ['another job', { ...apiJob, id: 5 }],
    ['a list', [apiJob]],
    ['a name that is none', { ...apiJob, name: { first: 'test' } }],
    ['an id that is text', { ...apiJob, id: `${exampleRun.jobId}` }],
    ['an id with a fraction', { ...apiJob, id: exampleRun.jobId + 0.5 }],
    ['a start that is a number', { ...apiJob, started_at: 5 }],
    ['a start in year 1', { ...apiJob, started_at: '0001-01-01T00:00:00Z' }],
    ['a start when nanoseconds have ended', { ...apiJob, started_at: '9999-01-01T00:00:00Z' }],
  ])('%s is no job', async (_name, body) => {
    const { job, reason, requests } = await readWith([json(body)])
    expect([job, requests.length]).toEqual([undefined, 1])
    expect(reason).toMatch(/^GitHub (?:answered|did not answer) with/)
  })

  test.each(['Thu, 01 Jan 9999 00:00:00 GMT', 'Thu, 01 Jan 1970 00:00:00 GMT', 'now'])(
    'the date %s sets no clock',
    async (date) => {
      expect((await readWith([json(apiJob, { headers: { date } })])).clockAheadMs).toBeUndefined()
    },
  )

  test.each<[string, unknown]>([
    ['null', { total_count: 1, jobs: [null] }],
    ['a job of another run', { total_count: 1, jobs: [{ ...apiJob, run_id: 5 }] }],
    ['one job again and again', { total_count: 1_000_000, jobs: [apiJob] }],
    ['nothing', { total_count: 5, jobs: [] }],
    ['no name', { total_count: 1, jobs: [{ ...apiJob, name: null }] }],
  ])('a list that holds %s is none', async (_name, body) => {
    const { job, requests } = await readWith([json(body)], { jobId: undefined })
    expect(job).toBeUndefined()
    expect(requests.length).toBeLessThanOrEqual(3)
  })

  test.each([undefined, 0, -1, 'many', null])('a list whose length is %j counts what it holds', async (total_count) => {
    const { job, requests } = await readWith([json({ total_count, jobs: [apiJob] })], { jobId: undefined })
    expect([job?.id, requests.length]).toEqual([BigInt(exampleRun.jobId), 1])
  })
})
