import { describe, expect, test } from 'vitest'
import { eventPayload } from '../support/webhooks.ts'
import { runScenario, type ScenarioOptions } from './scenario.ts'

const pullRequest = eventPayload('pull_request', 'synchronize')
const head = pullRequest.pull_request.head.ref
const base = pullRequest.pull_request.base.ref
const push = { ...eventPayload('push'), ref: 'refs/heads/feature/login' }
const dispatch = eventPayload('workflow_dispatch')
const release = eventPayload('release', 'published')
const { repository } = release
const schedule = { schedule: '0 3 * * *', repository, workflow: '.github/workflows/ci.yml' }

function onBranch(event: string, name: string): NonNullable<ScenarioOptions['env']> {
  return { GITHUB_EVENT_NAME: event, GITHUB_REF: `refs/heads/${name}`, GITHUB_REF_NAME: name }
}

interface Row {
  readonly event: object
  readonly env: NonNullable<ScenarioOptions['env']>
  readonly branch: string
  readonly defaultBranch: string
}

const rows: Record<string, Row> = {
  'a pull request': {
    event: pullRequest,
    env: {
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_REF: 'refs/pull/2/merge',
      GITHUB_REF_NAME: '2/merge',
      GITHUB_HEAD_REF: head,
      GITHUB_BASE_REF: base,
    },
    branch: head,
    defaultBranch: 'false',
  },
  'a pull request that runs in the context of its base': {
    event: pullRequest,
    env: { ...onBranch('pull_request_target', base), GITHUB_HEAD_REF: head, GITHUB_BASE_REF: base },
    branch: head,
    defaultBranch: 'false',
  },
  'a push to another branch': {
    event: push,
    env: onBranch('push', 'feature/login'),
    branch: 'feature/login',
    defaultBranch: 'false',
  },
  'a push to the default branch': {
    event: push,
    env: onBranch('push', push.repository.default_branch),
    branch: push.repository.default_branch,
    defaultBranch: 'true',
  },
  'a schedule': {
    event: schedule,
    env: onBranch('schedule', repository.default_branch),
    branch: repository.default_branch,
    defaultBranch: 'true',
  },
  'a dispatch on another branch': {
    event: dispatch,
    env: onBranch('workflow_dispatch', 'release/1.0'),
    branch: 'release/1.0',
    defaultBranch: 'false',
  },
  'a release, which is a tag': {
    event: release,
    env: { GITHUB_EVENT_NAME: 'release', GITHUB_REF: 'refs/tags/v1.0', GITHUB_REF_NAME: 'v1.0' },
    branch: 'v1.0',
    defaultBranch: 'false',
  },
  'a payload that says nothing': {
    event: {},
    env: onBranch('repository_dispatch', 'main'),
    branch: 'main',
    defaultBranch: 'unknown',
  },
}

describe.concurrent('the identity of a build', () => {
  test.each(Object.entries(rows))('of %s', async (_name, { event, env, branch, defaultBranch }) => {
    const { points, warnings } = await runScenario({ event, env })
    for (const { tags, fields } of points) {
      expect([tags.event, tags.default_branch, fields.branch]).toEqual([env.GITHUB_EVENT_NAME, defaultBranch, branch])
    }
    expect(points.length).toBe(2)
    expect(warnings).toEqual([])
  })
})
