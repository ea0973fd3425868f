import { expect, test } from 'vitest'
import { askForBuild } from '../../src/action/ask-build.ts'
import { createHttpClient } from '../../src/http/client.ts'
import { startLoopback } from '../support/loopback.ts'
import { fakeRunner } from './fake-runner.ts'

const cancel = new AbortController().signal

function ask(apiUrl: string, inputs: Record<string, string>) {
  const env = { GITHUB_API_URL: apiUrl, GITHUB_RUN_ID: '1', GITHUB_REPOSITORY: 'a/b', GITHUB_JOB: 'test' }
  const { runner } = fakeRunner({ job: '{"check_run_id": 5}', ...inputs }, env, Date.now)
  return askForBuild({ runner, http: createHttpClient({}), upload: undefined, cancel })
}

test('the request is known to be on its way before there is an answer', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const server = await startLoopback({
    answer: async () => {
      await promise
      return { status: 404 }
    },
  })
  try {
    const { sent, answer } = ask(server.url, { 'github-token': 'ghs_x' })
    await sent
    resolve()
    expect((await answer).reason).toMatch(/404/)
  } finally {
    await server.close()
  }
})

test.each([
  ['without a token', 'http://127.0.0.1:9', {}],
  ['where nobody listens', 'http://127.0.0.1:9', { 'github-token': 'ghs_x' }],
])('%s nothing waits for it', async (_, apiUrl, inputs) => {
  const { sent, answer } = ask(apiUrl, inputs)
  await sent
  expect((await answer).job).toBeUndefined()
})
