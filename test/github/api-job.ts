import type { components } from '@octokit/openapi-types'
import type { JobQuery } from '../../src/github/job.ts'
import type { FakeAnswer } from '../http/fake-client.ts'
import { exampleRun } from '../support/example-run.ts'

export type ApiJob = components['schemas']['job']

export const query: JobQuery = {
  token: 'ghs_token',
  apiUrl: 'http://api.test/api/v3',
  repository: exampleRun.repository,
  runId: BigInt(exampleRun.runId),
  attempt: 2n,
  jobId: BigInt(exampleRun.jobId),
  job: 'test',
  matrix: {},
  runnerName: exampleRun.runnerName,
}
export const api = `http://api.test/api/v3/repos/${exampleRun.repository}/actions`

export const apiJob: Partial<ApiJob> = {
  id: exampleRun.jobId,
  run_id: exampleRun.runId,
  name: 'test',
  status: 'in_progress',
  created_at: '2026-08-01T11:59:57Z',
  started_at: '2026-08-01T12:00:00Z',
  runner_name: exampleRun.runnerName,
}
export const startMs = Date.UTC(2026, 7, 1, 12)

export function json(body: unknown, more: FakeAnswer = {}): FakeAnswer {
  return {
    ...more,
    headers: { 'content-type': 'application/json; charset=utf-8', ...more.headers },
    body: JSON.stringify(body),
  }
}
