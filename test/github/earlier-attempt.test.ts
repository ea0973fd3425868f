import { expect, test } from 'vitest'
import { readEarlierConclusion } from '../../src/github/earlier-attempt.ts'
import { type FakeAnswer, fakeClient } from '../http/fake-client.ts'
import { exampleRun } from '../support/example-run.ts'
import { apiJob, json, query } from './api-job.ts'

const second = { ...query, attempt: 2n }
const list = (...jobs: object[]) =>
  json({ total_count: jobs.length, jobs: jobs.map((changes) => ({ ...apiJob, status: 'completed', ...changes })) })
const ask = (answer: FakeAnswer, given = second) => {
  const client = fakeClient(() => answer)
  return { client, conclusion: readEarlierConclusion(given, 'test', client, AbortSignal.timeout(5000)) }
}

test('asks once for the attempt before', async () => {
  const { client, conclusion } = ask(list({ conclusion: 'failure' }, { id: 5, name: 'lint', conclusion: 'success' }))
  expect(await conclusion).toBe('failure')
  expect(client.requests.map(({ url }) => url.pathname + url.search)).toEqual([
    expect.stringMatching(new RegExp(`/actions/runs/${exampleRun.runId}/attempts/1/jobs\\?per_page=100$`)),
  ])
})

test.each<[string, FakeAnswer]>([
  ['no such job', list({ name: 'lint', conclusion: 'failure' })],
  ['two of them', list({ conclusion: 'failure' }, { id: 5, conclusion: 'failure' })],
  ['a job of another run', list({ run_id: 5, conclusion: 'failure' })],
  ['no list', json({ jobs: null })],
  ['an error', json({ message: 'Not Found' }, { status: 404 })],
])('knows nothing of %s', async (_, answer) => {
  expect(await ask(answer).conclusion).toBeUndefined()
})

test('asks nothing in the first attempt', async () => {
  const { client, conclusion } = ask(list(), { ...query, attempt: 1n })
  expect([await conclusion, client.requests]).toEqual([undefined, []])
})
