import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { type JobQuery, readJob, toApiUrl } from '../../src/github/job.ts'
import { type FakeAnswer, fakeClient } from '../http/fake-client.ts'
import { exampleRun } from '../support/example-run.ts'
import { type ApiJob, api, apiJob, json, query, startMs } from './api-job.ts'

describe('with the id of the job', () => {
  const answerWith = (changes: Partial<ApiJob>) =>
    readJob(
      query,
      fakeClient(() => json({ ...apiJob, ...changes })),
    )

  test('one request, with the token', async () => {
    const client = fakeClient(() => json(apiJob))
    expect(await readJob(query, client)).toEqual({
      job: {
        id: BigInt(exampleRun.jobId),
        name: 'test',
        startMs,
        queueTime: 3,
        steps: [],
        otherSteps: [],
        lateSteps: [],
        labels: [],
        group: '',
      },
      clockAheadMs: undefined,
      reason: undefined,
    })
    expect(client.requests).toHaveLength(1)
    const [request] = client.requests
    expect(request).toMatchObject({ method: 'GET', headers: { authorization: 'token ghs_token' } })
    expect(`${request?.url}`).toBe(`${api}/jobs/${exampleRun.jobId}`)
  })

  test.each<[Partial<ApiJob>, number | undefined]>([
    [{ created_at: '2026-08-01T12:00:00Z' }, 0],
    [{ created_at: '2026-08-01T12:00:01Z' }, undefined],
    [{ created_at: 'soon' }, undefined],
    [{ created_at: '' }, undefined],
  ])('queue time with %j is %s', async (changes, queueTime) => {
    expect((await answerWith(changes)).job?.queueTime).toBe(queueTime)
  })

  test.each<[Partial<ApiJob>, RegExp]>([
    [{ run_id: 5 }, /^GitHub answered with a job of run 5 instead of run \d+$/],
    [{ started_at: '' }, /^GitHub answered without a start time$/],
    [{ started_at: 'soon' }, /^GitHub answered without a start time$/],
  ])('an answer with %j is none', async (changes, reason) => {
    expect(await answerWith(changes)).toMatchObject({ job: undefined, reason: expect.stringMatching(reason) })
  })
})

/** As secondary rate limits are told. */
function limited(seconds: string): FakeAnswer {
  return json(
    { message: 'You have exceeded a secondary rate limit' },
    { status: 403, headers: { 'retry-after': seconds } },
  )
}

describe('no answer', () => {
  test.each<[string, FakeAnswer | Error, RegExp]>([
    ['401', json({ message: 'Bad credentials' }, { status: 401 }), /^GitHub does not accept the token \(401\)/],
    [
      '403',
      json({ message: 'Resource not accessible' }, { status: 403 }),
      /\(403\); give the job `permissions: actions: read`$/,
    ],
    ['404', json({ message: 'Not Found' }, { status: 404 }), /\(404\); give the job `permissions: actions: read`$/],
    ['422', json({ message: 'Odd\nid' }, { status: 422 }), /^GitHub's answer could not be used: 422 Odd id; check/],
    ['a short limit that lasts', limited('60'), /^GitHub's rate limit is used up \(403\), for another 60 s; run/],
    [
      'an answer that is no JSON',
      { headers: { 'content-type': 'text/html' }, body: '<html>' },
      /^GitHub did not answer with a job; check whether a proxy answers instead$/,
    ],
    [
      'JSON that breaks off',
      { headers: { 'content-type': 'application/json' }, body: '{"id": 1' },
      /^GitHub did not answer with a job; check whether a proxy answers instead$/,
    ],
    ['an empty object', json({}), /^GitHub did not answer with a job; check whether a proxy answers instead$/],
    ['null', json(null), /^GitHub did not answer with a job; check whether a proxy answers instead$/],
    [
      'a job without a run',
      json({ ...apiJob, run_id: null }),
      /^GitHub did not answer with a job; check whether a proxy answers instead$/,
    ],
    ['an answer that breaks off', new Error('aborted'), /^the connection was closed during GitHub's answer$/],
    ['a network that fails', new Error('connect ECONNREFUSED'), /^GitHub's answer could not be used: .*ECONNREFUSED/],
  ])('%s has a reason, and rejects nothing', async (_, answer, reason) => {
    const client = fakeClient(() => {
      if (answer instanceof Error) throw answer
      return answer
    })
    expect(await readJob(query, client)).toMatchObject({ job: undefined, reason: expect.stringMatching(reason) })
    expect(client.requests).toHaveLength(1)
  })

  test.each<[Partial<JobQuery>, RegExp]>([
    [{ token: undefined }, /^the input github-token is empty/],
    [{ runId: undefined }, /^the environment variable GITHUB_RUN_ID is not set$/],
  ])('nothing is asked with %j', async (changes, reason) => {
    const client = fakeClient(() => json(apiJob))
    expect((await readJob({ ...query, ...changes }, client)).reason).toMatch(reason)
    expect(client.requests).toEqual([])
  })

  test('a server that hangs is left after 5 seconds', async () => {
    // The seconds themselves are scenario/api-fallback.test.ts's: here they pass at once.
    const seconds = vi.spyOn(AbortSignal, 'timeout').mockImplementation(toTimedOut)
    onTestFinished(() => seconds.mockRestore())
    // Before a request the client throws the reason of the signal; once it is under way, node does an AbortError.
    const toErrors = [(reason: unknown) => reason, () => new DOMException('The operation was aborted', 'AbortError')]
    const answers = toErrors.map((toError) => {
      const hang = (signal: AbortSignal) =>
        new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(toError(signal.reason))))
      return readJob(
        query,
        fakeClient(({ signal }) => hang(signal)),
      )
    })
    const reasons = (await Promise.all(answers)).map(({ reason }) => reason)
    expect(seconds.mock.calls).toEqual(toErrors.map(() => [5000]))
    expect(reasons).toEqual(toErrors.map(() => 'GitHub did not answer within 5 s'))
  })
})

/** What `AbortSignal.timeout` gives, but for the wait. */
function toTimedOut(): AbortSignal {
  const controller = new AbortController()
  setTimeout(() => controller.abort(new DOMException('The operation timed out', 'TimeoutError')), 50)
  return controller.signal
}

test.each([0, 60_000, -60_000])('a clock that is %d ms ahead', async (ahead) => {
  const date = new Date(Date.now() + ahead).toUTCString()
  const { clockAheadMs } = await readJob(
    query,
    fakeClient(() => json(apiJob, { headers: { date } })),
  )
  expect(Math.abs((clockAheadMs ?? Number.NaN) - ahead)).toBeLessThanOrEqual(1000)
})

test('the clock is known from an answer that refuses', async () => {
  const date = new Date(Date.now() + 60_000).toUTCString()
  const { clockAheadMs } = await readJob(
    query,
    fakeClient(() => json({}, { status: 403, headers: { date } })),
  )
  expect(clockAheadMs).toBeGreaterThan(50_000)
})

test.each([
  [undefined, 'https://api.github.com'],
  ['', 'https://api.github.com'],
  ['https://ghe.example/api/v3', 'https://ghe.example/api/v3'],
  ['https://ghe.example/api/v3//', 'https://ghe.example/api/v3'],
])('the API of %j is at %s', (url, expected) => {
  expect(toApiUrl({ GITHUB_API_URL: url })).toBe(expected)
})

describe('steps', () => {
  const times = { started_at: '2026-08-01T12:00:05Z', completed_at: '2026-08-01T12:00:15Z' }
  const done = { status: 'completed', conclusion: 'success', ...times } as const
  const stepsOf = async (steps: unknown) => {
    const { job } = await readJob(
      query,
      fakeClient(() => json({ ...apiJob, steps })),
    )
    return { ran: job?.steps, others: job?.otherSteps, late: job?.lateSteps }
  }

  test('that ran to their end come in the order of their numbers, and the others by name', async () => {
    const steps = [
      { name: 'Test', number: 3, ...done, conclusion: 'failure' },
      { name: 'Set up job', number: 1, ...done },
      { name: 'Build stats', number: 2, ...done },
      { name: 'Deploy', number: 4, ...done, conclusion: 'skipped' },
      { name: 'Lint', number: 5, status: 'in_progress', conclusion: null, started_at: times.started_at },
      { name: 'Post to chat', number: 6, status: 'queued', conclusion: null, started_at: null, completed_at: null },
      { name: 'Pack', number: 7, ...done, completed_at: null },
      { name: 'Never', number: 8, ...done, conclusion: 'cancelled', started_at: null, completed_at: null },
      {
        name: 'Post Build stats',
        number: 9,
        status: 'in_progress',
        conclusion: null,
        started_at: times.started_at,
        completed_at: null,
      },
      { name: 'Stop containers', number: 11, status: 'queued' },
      { name: 'Complete job', number: 12, status: 'pending', conclusion: null, started_at: null, completed_at: null },
    ]
    const [startMs, endMs] = [Date.parse(times.started_at), Date.parse(times.completed_at)]
    expect(await stepsOf(steps)).toEqual({
      ran: [
        { name: 'Set up job', number: 1, conclusion: 'success', startMs, endMs },
        { name: 'Build stats', number: 2, conclusion: 'success', startMs, endMs },
        { name: 'Test', number: 3, conclusion: 'failure', startMs, endMs },
      ],
      others: [
        'Deploy',
        'Lint',
        'Post to chat',
        'Pack',
        'Never',
        'Post Build stats',
        'Stop containers',
        'Complete job',
      ],
      late: ['Lint', 'Post to chat', 'Pack'],
    })
  })

  test.each([undefined, null, 'text', {}, [null, 1, 'x', [], {}, { number: 1, ...done }]])(
    'that are none are left out: %j',
    async (steps) => {
      expect(await stepsOf(steps)).toEqual({ ran: [], others: [], late: [] })
    },
  )

  test.each([{ completed_at: '0001-01-01T00:00:00Z' }, { started_at: 'soon' }, { number: 'x' }, { number: 1.5 }])(
    'with %j ran to no end that is known',
    async (changes) => {
      expect(await stepsOf([{ name: 'Test', number: 1, ...done, ...changes }])).toEqual({
        ran: [],
        others: ['Test'],
        late: ['Test'],
      })
    },
  )
})
