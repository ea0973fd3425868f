import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/build/json.ts'
import { toIdentity } from '../../src/github/context.ts'
import { exampleRun } from '../support/example-run.ts'
import { pushEvent, toFolders, toRunnerEnvironment } from '../support/runner-environment.ts'
import { eventPayload } from '../support/webhooks.ts'

const env = toRunnerEnvironment(toFolders('/home'), {})
const contexts = { matrix: {}, job: { check_run_id: exampleRun.jobId } }
const identify = (changes: Record<string, string | undefined> = {}, event: unknown = pushEvent, more = contexts) =>
  toIdentity({ ...env, ...changes }, event as JsonObject, more)

test('a push to the default branch', () => {
  expect(identify()).toEqual({
    builder: 'CI/test',
    repository: 'octo-org/octo-repo',
    workflow: 'CI',
    job: 'test',
    event: 'push',
    branch: 'main',
    defaultBranch: 'true',
    sha: exampleRun.sha,
    actor: 'octocat',
    url: 'https://github.com/octo-org/octo-repo/actions/runs/16512345678/job/46698812345',
    runId: 16512345678n,
    number: 42n,
    attempt: 1n,
    jobId: 46698812345n,
    runnerName: 'GitHub Actions 7',
    runnerOs: 'Linux',
    runnerArch: 'X64',
    matrix: {},
  })
})

test('a matrix leg', () => {
  const { builder, matrix } = identify({}, pushEvent, {
    ...contexts,
    matrix: { os: 'linux', node: 20 },
  } as typeof contexts)
  expect([builder, matrix]).toEqual(['CI/test (linux, 20)', { os: 'linux', node: 20 }])
})

test('nothing is known', () => {
  expect(toIdentity({}, {}, { matrix: {}, job: {} })).toMatchObject({
    builder: '/',
    branch: '',
    defaultBranch: 'unknown',
    runId: undefined,
    number: undefined,
    jobId: undefined,
  })
})

describe('branch and default branch', () => {
  const pull = eventPayload('pull_request')
  test.each<[string, Record<string, string>, unknown, branch: string, defaultBranch: string]>([
    ['a push elsewhere', { GITHUB_REF: 'refs/heads/dev', GITHUB_REF_NAME: 'dev' }, pushEvent, 'dev', 'false'],
    [
      'a tag named as the branch',
      { GITHUB_REF: 'refs/tags/main', GITHUB_REF_NAME: 'main' },
      pushEvent,
      'main',
      'false',
    ],
    [
      'a pull request',
      {
        GITHUB_EVENT_NAME: 'pull_request',
        GITHUB_HEAD_REF: 'feature',
        GITHUB_REF: 'refs/pull/1/merge',
        GITHUB_REF_NAME: '1/merge',
      },
      pull,
      'feature',
      'false',
    ],
    [
      'a review, which has no GITHUB_HEAD_REF',
      { GITHUB_EVENT_NAME: 'pull_request_review', GITHUB_REF: 'refs/pull/1/merge', GITHUB_REF_NAME: '1/merge' },
      { ...pull, pull_request: { head: { ref: 'feature' } } },
      'feature',
      'false',
    ],
    [
      'a pull request that runs on its base',
      { GITHUB_EVENT_NAME: 'pull_request_target', GITHUB_HEAD_REF: 'fork' },
      pull,
      'fork',
      'false',
    ],
    ['a schedule', { GITHUB_EVENT_NAME: 'schedule' }, { schedule: '0 0 * * *' }, 'main', 'true'],
    ['a dispatch', { GITHUB_EVENT_NAME: 'workflow_dispatch' }, pushEvent, 'main', 'true'],
    ['no payload', {}, {}, 'main', 'unknown'],
    ['a payload that says nothing', {}, { repository: { default_branch: '' } }, 'main', 'unknown'],
    ['a payload of another shape', {}, { repository: 'text', pull_request: [] }, 'main', 'unknown'],
  ])('%s', (_, changes, event, branch, defaultBranch) => {
    expect(identify(changes, event)).toMatchObject({ branch, defaultBranch })
  })
})

describe('the page', () => {
  test.each([
    [
      { GITHUB_RUN_ATTEMPT: '3' },
      { check_run_id: 5 },
      'https://github.com/octo-org/octo-repo/actions/runs/16512345678/job/5',
    ],
    [{ GITHUB_RUN_ATTEMPT: '3' }, {}, 'https://github.com/octo-org/octo-repo/actions/runs/16512345678/attempts/3'],
    [
      { GITHUB_SERVER_URL: 'https://ghe.example' },
      {},
      'https://ghe.example/octo-org/octo-repo/actions/runs/16512345678/attempts/1',
    ],
  ])('with %j and job %j is %s', (changes, job, url) => {
    expect(identify(changes, pushEvent, { matrix: {}, job } as typeof contexts).url).toBe(url)
  })
})

test.each([
  ['16512345678', 16512345678n],
  ['0', 0n],
  ['', undefined],
  ['-1', undefined],
  ['1.5', undefined],
  ['1e3', undefined],
  ['9'.repeat(19), undefined],
  [undefined, undefined],
])('a run id of %j is %s', (text, runId) => {
  expect(identify({ GITHUB_RUN_ID: text }).runId).toBe(runId)
})

test.each<[unknown, bigint | undefined]>([
  [46698812345, 46698812345n],
  ['46698812345', 46698812345n],
  [null, undefined],
  [1.5, undefined],
  [{}, undefined],
])('a job id of %j is %s', (check_run_id, jobId) => {
  expect(identify({}, pushEvent, { matrix: {}, job: { check_run_id } } as typeof contexts).jobId).toBe(jobId)
})
