import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { closing } from '../scenario/closing.ts'
import { toComparable, toTrueRows } from '../scenario/collecting.ts'
import { action, openScenario, secondsAgo, textsOf } from '../scenario/scenario.ts'
import { describeServers } from '../support/describe-servers.ts'
import { exampleRun } from '../support/example-run.ts'
import { exampleJob } from '../support/github-api.ts'
import type { Influxd } from '../support/influxd.ts'
import { createJob } from '../support/job-runner.ts'
import type { ParsedLine } from '../support/line-protocol.ts'
import { createRecord, type TrueRun } from '../support/run-record.ts'
import { startRunsApi } from '../support/runs-api.ts'
import { influxdbs } from '../support/servers.ts'

const now = Math.floor(Date.now() / 1000)

describeServers(influxdbs, (server) => {
  let influxd: Influxd
  beforeAll(async () => {
    influxd = await server.start()
  })
  afterAll(() => influxd?.stop())
  beforeEach(async () => {
    await influxd.dropDatabase('ci')
    await influxd.createDatabase('ci')
  })

  async function openCollect(runs: readonly TrueRun[]) {
    const api = closing(await startRunsApi({ runs }))
    return async (inputs: Readonly<Record<string, string | number | boolean>>) => {
      const job = await createJob({
        action: join(action, 'collect'),
        with: { ...influxd.inputs('ci'), ...inputs },
        env: {
          ...{ GITHUB_API_URL: api.url, GITHUB_EVENT_NAME: 'schedule' },
          GITHUB_WORKFLOW_REF: `${exampleRun.repository}/.github/workflows/collect.yml@refs/heads/main`,
        },
        token: exampleRun.token,
      })
      closing({ close: () => job.remove() })
      const { log, exitCode } = await job.main()
      return { log, exitCode, warnings: textsOf(job.annotations, 'warning'), outputs: job.outputs }
    }
  }

  /** Rows of a measurement as the action wrote them: what is no tag is a field. */
  async function readLines(measurement: string, tags: readonly string[]): Promise<ParsedLine[]> {
    const rows = await influxd.readRows('ci', measurement)
    return rows.map(({ time, ...values }) => {
      const entries = Object.entries(values)
      return {
        measurement,
        tags: Object.fromEntries(entries.filter(([key]) => tags.includes(key))) as Record<string, string>,
        fields: Object.fromEntries(entries.filter(([key]) => !tags.includes(key))) as ParsedLine['fields'],
        timeNs: time as bigint,
      }
    })
  }

  /** JSON has no integers of their own. */
  const toNumbers = (lines: readonly ParsedLine[]): ParsedLine[] =>
    lines.map((line) => ({
      ...line,
      fields: Object.fromEntries(
        Object.entries(line.fields).map(([key, value]) => [key, typeof value === 'bigint' ? Number(value) : value]),
      ),
    }))

  test('what is collected in three parts is there as it was, and no part is collected twice', async () => {
    const runs = createRecord({ repositories: 3, runs: 150, from: now - 300_000, to: now - 90_000 })
    const collect = await openCollect(runs)
    const repositories = 'acme/*'
    const limited = { repositories, since: '4d', 'max-requests': 80 }
    const counts: number[] = []
    // With a time that was collected already it goes on, as it does without one.
    for (const inputs of [limited, limited, { repositories }]) {
      const { warnings, outputs, exitCode } = await collect(inputs)
      expect([warnings, exitCode]).toEqual([[], 0])
      counts.push(Number(outputs.runs))
    }
    expect(counts[0]).toBeGreaterThan(50)
    expect(counts[1]).toBeGreaterThan(40)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThan(165)
    const tags = ['repository', 'workflow', 'event', 'default_branch', 'result', 'job', 'runner_os']
    const expected = toNumbers(toTrueRows(runs))
    for (const measurement of ['build_run', 'build_job']) {
      const lines = toNumbers(await readLines(measurement, tags))
      expect(toComparable(lines, measurement)).toEqual(toComparable(expected, measurement))
    }
    const { outputs, log } = await collect({ repositories })
    expect([outputs.runs, log]).toEqual(['0', expect.stringContaining('no new runs of 3 repositories')])
  })

  test('the row of a job and its collected one agree, and job_id joins them', async () => {
    const started = secondsAgo(40)
    const job = exampleJob({ started_at: started, created_at: secondsAgo(45) })
    const { run } = await openScenario({ with: { ...influxd.inputs('ci'), file: '' }, api: { job } })
    expect((await run()).warnings).toEqual([])
    const start = Date.parse(started) / 1000
    // What the runner does after our step takes a second or two.
    const end = Math.ceil(Date.now() / 1000) + 2
    const own = { id: exampleRun.jobId, name: exampleRun.job, conclusion: 'success', labels: ['ubuntu-latest'] }
    const listed = { ...own, created: start - 5, start, end, runner: exampleRun.runnerName, steps: [] }
    const lost = { ...listed, id: 1, name: 'lost', conclusion: 'failure' }
    const collected: TrueRun = {
      ...{ repository: exampleRun.repository, id: exampleRun.runId, number: exampleRun.runNumber, workflow: 'CI' },
      ...{ path: exampleRun.workflowPath, event: 'push', branch: 'main', title: 'A change' },
      attempts: [{ start: start - 6, conclusion: 'failure', jobs: [listed, lost], carried: [] }],
    }
    await (await openCollect([collected]))({})
    const [build] = await influxd.readRows('ci', 'build')
    const jobs = await influxd.readRows('ci', 'build_job')
    const same = jobs.find(({ job_id }) => job_id === build?.job_id)
    const keys = ['repository', 'workflow', 'job', 'event', 'result', 'runner_os', 'default_branch']
    const fields = [
      'run_id',
      'attempt',
      'number',
      'branch',
      'url',
      'job_name',
      'runner_name',
      'queue_time',
      'start_time',
    ]
    for (const key of [...keys, ...fields]) expect([key, same?.[key]]).toEqual([key, build?.[key]])
    const late = Number(same?.duration) - Number(build?.duration)
    expect(late).toBeGreaterThan(0)
    expect(late).toBeLessThan(30)
    // A job whose runner was lost has no row of its own.
    expect(jobs.map(({ job_name, result }) => [job_name, result]).toSorted()).toEqual([
      ['lost', 'failure'],
      ['test', 'success'],
    ])
  })

  test('a job with too few rows of its own is compared with what was collected of it', async () => {
    const runs = Array.from({ length: 8 }, (_, index): TrueRun => {
      const start = now - 80_000 + index * 1000
      const own = { id: 5000 + index, name: exampleRun.job, conclusion: 'success', labels: ['ubuntu-latest'] }
      const job = { ...own, created: start, start, end: start + 298 + index, runner: 'one', steps: [] }
      return {
        ...{ repository: exampleRun.repository, id: 900 + index, number: index + 1, workflow: 'CI', event: 'push' },
        ...{ path: exampleRun.workflowPath, branch: 'main', title: 'A change' },
        attempts: [{ start, conclusion: 'success', jobs: [job, { ...job, id: 1, name: 'other' }], carried: [] }],
      }
    })
    expect((await (await openCollect(runs))({})).outputs.jobs).toBe('16')
    const job = exampleJob({ started_at: secondsAgo(432), created_at: secondsAgo(440) })
    const given = { ...influxd.inputs('ci'), file: '', compare: '{last: 20, min-builds: 5}' }
    const { log } = await (await openScenario({ with: given, api: { job } })).run()
    const median = 'the median of the last 8 builds on main (8 collected from GitHub) (5m 02s)'
    expect(log).toContain(`% above ${median}`)
  })
})
