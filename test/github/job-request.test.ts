import { expect, test, vi } from 'vitest'
import { toJobRequest } from '../../src/github/job-request.ts'
import { openOctokit } from '../../src/github/octokit.ts'
import { toFetch } from '../../src/http/fetch.ts'
import { fakeClient } from '../http/fake-client.ts'
import { json } from './api-job.ts'

const usual = { apiUrl: 'https://api.github.com', token: 'ghs_token', owner: 'acme', repo: 'widgets', jobId: 123 }
const signal = new AbortController().signal

test.each<[string, Partial<typeof usual>, orchestration?: string]>([
  ['of a usual job', {}],
  ['with a token of an app', { token: 'head.payload.signature' }],
  ['with all that a name may hold', { owner: 'Acme-1', repo: '.wid_gets-2.0' }],
  ['to an Enterprise Server', { apiUrl: 'https://github.acme.example/api/v3' }],
  ['with an id beyond 32 bits', { jobId: 98765432109876 }],
  ['on a runner that knows its orchestration', {}, ' 5d7c.build (ubuntu)/x.__default '],
])('the request %s is the one that octokit makes', async (_, changes, orchestration) => {
  vi.stubEnv('ACTIONS_ORCHESTRATION_ID', orchestration)
  const { apiUrl, token, owner, repo, jobId } = { ...usual, ...changes }
  const client = fakeClient(() => json({}))
  await openOctokit(token, apiUrl, toFetch(client, signal)).actions.getJobForWorkflowRun({
    owner,
    repo,
    job_id: jobId,
  })
  const [request] = client.requests
  const own = toJobRequest({ apiUrl, token, owner, repo, jobId }, signal)
  expect({ ...own, body: undefined }).toEqual(request)
  expect(own.url.href).toBe(request?.url.href)
  expect(Object.entries(own.headers)).toEqual(Object.entries(request?.headers ?? {}))
})
