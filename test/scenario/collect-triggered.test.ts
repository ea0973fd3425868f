import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { json, type LoopbackRequest } from '../support/loopback.ts'
import { createRecord, type TrueRun } from '../support/run-record.ts'
import { toJob } from '../support/runs-api.ts'
import { openCollecting } from './collecting.ts'

interface Payload {
  readonly action: string
  readonly workflow_run: {
    readonly id: number
    readonly run_attempt: number
    readonly run_number: number
    readonly run_started_at: string
    readonly conclusion: string | null
    readonly name: string
    readonly head_branch: string
    readonly html_url: string
    readonly display_title?: string
    readonly repository: { readonly full_name: string }
  }
  readonly workflow: { readonly name: string }
  readonly repository: { readonly full_name: string; readonly default_branch: string }
}

/** GitHub's documented payloads of this event. */
const payloads: readonly Payload[] = createRequire(import.meta.url)('@octokit/webhooks-examples').find(
  ({ name }: { name: string }) => name === 'workflow_run',
).examples

const [record] = createRecord({ repositories: 1, runs: 1, from: 0, to: 1 })
const env = { GITHUB_EVENT_NAME: 'workflow_run' }

/** Collects the run of an event; its jobs are these, moved to when it began. */
async function collectEvent(event: Payload, names: readonly string[] = ['lint', 'test (20)'], given = {}) {
  const { run_started_at, id, run_attempt } = event.workflow_run
  const start = Date.parse(run_started_at) / 1000
  const jobs = names.map((name, index) => ({
    ...{ id: 7_000_000_000 + index, name, conclusion: 'success', created: start + 1, start: start + 3 + index },
    ...{ end: start + 63 + index, runner: 'GitHub Actions 3', labels: ['ubuntu-latest'] },
    steps: [{ name, number: 1, conclusion: 'success', start: start + 3, end: start + 9 }],
  }))
  const run = {
    ...(record as TrueRun),
    id,
    attempts: Array(run_attempt).fill({ start, jobs, conclusion: '', carried: [] }),
  }
  const respond = ({ path }: LoopbackRequest) =>
    path === `/repos/${event.workflow_run.repository.full_name}/actions/runs/${id}/attempts/${run_attempt}/jobs`
      ? json({ total_count: jobs.length, jobs: jobs.map((job) => toJob(run, run_attempt - 1, job)) })
      : undefined
  const { collect, server } = await openCollecting({ runs: [], respond })
  return { ...(await collect({ env, event, ...given })), server, start }
}

const completed = payloads.filter(({ action }) => action === 'completed')

test.each(completed.map((payload) => [payload.workflow_run.id, payload] as const))(
  'the run %d of a documented event is collected with one request',
  async (_, event) => {
    const { server, requests, main, warnings, errors, start, outputs } = await collectEvent(event)
    expect([main.exitCode, warnings, errors, server.violations, requests.length]).toEqual([0, [], [], [], 1])
    const { workflow_run: run, repository } = event
    const [row, ...jobs] = server.points
    expect(row).toMatchObject({
      measurement: 'build_run',
      tags: {
        ...{ repository: run.repository.full_name, workflow: run.name || event.workflow.name },
        ...(run.conclusion === null ? {} : { result: run.conclusion }),
      },
      fields: {
        ...{ run_id: BigInt(run.id), attempt: BigInt(run.run_attempt), number: BigInt(run.run_number), duration: 64 },
        ...{ branch: run.head_branch, queue_time: 3, jobs: 2n, longest_job: 'lint' },
      },
    })
    expect((row?.timeNs ?? 0n) / 1_000_000_000n).toBe(BigInt(start + 64))
    expect(row?.tags.default_branch).toBe(String(run.head_branch === repository.default_branch))
    expect(jobs.map(({ measurement, tags }) => [measurement, tags.job])).toEqual([
      ['build_job', 'lint'],
      ['build_job', 'test'],
    ])
    expect(outputs).toMatchObject({ runs: '1', jobs: '2', points: '3', until: '' })
    expect(main.log).toContain(`1 run with 2 jobs of ${run.repository.full_name} collected; 3 points written to`)
  },
)

test('there are such documented events', () => expect(completed.length).toBeGreaterThan(1))

test.each(payloads.filter(({ action }) => action !== 'completed').map((payload) => [payload.action, payload] as const))(
  'a run that is %s is not collected yet',
  async (_, event) => {
    const pending = { ...event, workflow_run: { ...event.workflow_run, status: 'queued' } }
    const { server, requests, main } = await collectEvent(pending)
    expect([main.exitCode, server.requests.length, requests.length]).toEqual([0, 0, 0])
    expect(main.log).toContain(
      'has not ended yet: trigger this workflow on workflow_run with "types: [completed]" only',
    )
  },
)

const [, event = completed[0]] = completed

test('a run that is gone is reported', async () => {
  const { collect } = await openCollecting({ runs: [] })
  const { main, warnings } = await collect({ env, event: event as Payload })
  expect([main.exitCode, warnings]).toEqual([0, [expect.stringMatching(/was not found: .*permissions: actions: read/)]])
})

test('an event without a run is reported', async () => {
  const { collect } = await openCollecting({ runs: [] })
  const { warnings } = await collect({ env, event: {} })
  expect(warnings).toEqual(['The event workflow_run does not contain a workflow run: nothing is collected.'])
})

describe('a workflow passes over', () => {
  test('its own runs', async () => {
    const workflowRef = `${event?.repository.full_name}/.github/workflows/test.yml@refs/heads/main`
    const given = { env: { ...env, GITHUB_WORKFLOW_REF: workflowRef } }
    const { requests, main } = await collectEvent(event as Payload, [], given)
    expect(requests).toEqual([])
    expect(main.log).toContain('is skipped: the input "workflows" does not select its workflow')
  })

  test.each([
    ['test', 1],
    ['test.yml', 1],
    ['- te*\n- other', 1],
    ['CI', 0],
  ])('what is not among its workflows %j', async (workflows, count) => {
    const { requests } = await collectEvent(event as Payload, ['lint'], { with: { workflows } })
    expect(requests).toHaveLength(count)
  })
})

const hostile = [
  '"quoted" \'twice\' \\',
  'first\nsecond\r\n::error::third',
  '::set-output name=x::y',
  '##[error]z',
  '${{ github.token }} `code` **bold** | a | <img src=x> [a](javascript:x)',
  '\u202eright to left\u2066',
  'v=1 1 1\nbuild_job,job=x duration=1',
]

test.each(hostile)('names and titles stay text: %j', async (text) => {
  const { repository, workflow_run } = event as Payload
  const named = { ...workflow_run, name: text, display_title: text, head_branch: text, event: text }
  const hostileEvent = { ...(event as Payload), workflow_run: named, repository }
  const { server, main, errors, warnings, summary } = await collectEvent(hostileEvent, [text], {
    with: { steps: true },
  })
  expect([main.exitCode, errors, warnings, server.violations]).toEqual([0, [], [], []])
  expect(server.points.map(({ measurement }) => measurement)).toEqual(['build_run', 'build_job', 'build_job_step'])
  expect(server.points[0]?.fields).toMatchObject({ title: text, branch: text, longest_job: text })
  expect(server.points[1]?.fields).toMatchObject({ job_name: text })
  for (const shown of [main.log, summary]) expect(shown).not.toMatch(/ghs_token|<img|^::error|^##\[/m)
})

test('a job that was told to fail on errors fails where the jobs cannot be read', async () => {
  const { collect } = await openCollecting({ runs: [], respond: () => ({ status: 403, body: '{}' }) })
  const { main, errors } = await collect({ env, event: event as Payload, with: { 'fail-on-error': true } })
  expect([main.exitCode, errors]).toEqual([
    1,
    [expect.stringMatching(/was not collected: the token may not read it \(403\)/)],
  ])
})
