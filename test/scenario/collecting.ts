import { join } from 'node:path'
import { type InfluxServer, startInfluxServer } from '../support/influxdb-server.ts'
import { createJob, type JobOptions } from '../support/job-runner.ts'
import type { ParsedLine } from '../support/line-protocol.ts'
import type { TrueJob, TrueRun } from '../support/run-record.ts'
import { type RunsApiOptions, startRunsApi } from '../support/runs-api.ts'
import { closing } from './closing.ts'
import { action, textsOf } from './scenario.ts'

type Collecting = Pick<JobOptions, 'with' | 'env' | 'event' | 'memory'>

/** A GitHub and an InfluxDB that stay for several collections. */
export async function openCollecting(
  options: RunsApiOptions,
  respond?: Parameters<typeof startInfluxServer>[0]['respond'],
) {
  const api = closing(await startRunsApi(options))
  const server: InfluxServer = closing(
    await startInfluxServer({
      ...{ api: 'v1', database: 'ci', query: () => toSeries(server.points) },
      ...(respond === undefined ? {} : { respond }),
    }),
  )

  /** Where the action runs, with what it told. */
  async function open(given: Collecting = {}) {
    const job = await createJob({
      action: join(action, 'collect'),
      with: { url: server.url, database: 'ci', ...given.with },
      env: { GITHUB_API_URL: api.url, GITHUB_EVENT_NAME: 'schedule', ...given.env },
      ...(given.event === undefined ? {} : { event: given.event }),
      ...(given.memory === undefined ? {} : { memory: given.memory }),
      token: 'ghs_token',
    })
    closing({ close: () => job.remove() })
    return job
  }

  return {
    api,
    server,
    open,
    async collect(given: Collecting = {}) {
      const job = await open(given)
      const before = api.requests.length
      const main = await job.main()
      const { annotations, outputs, summary } = job
      return {
        ...{ main, outputs, summary, folder: job.folder },
        requests: api.requests.slice(before).map(({ path }) => path),
        errors: textsOf(annotations, 'error'),
        warnings: textsOf(annotations, 'warning'),
        notices: textsOf(annotations, 'notice'),
      }
    },
  }
}

/** What the server answers to the question where the last collection stopped. */
function toSeries(points: readonly ParsedLine[]): object {
  const last = new Map<string, ParsedLine>()
  for (const point of points) {
    const { repository = '' } = point.tags
    const before = last.get(repository)
    if (point.measurement === 'build_collect' && (before?.timeNs ?? 0n) <= point.timeNs) last.set(repository, point)
  }
  const series = [...last].map(([repository, { fields }]) => ({
    ...{ name: 'build_collect', tags: { repository }, columns: ['time', 'until', 'since'] },
    values: [[0, fields.until, fields.since]],
  }))
  return series.length === 0 ? {} : { series }
}

/** Rows as a database holds them: one for each measurement, tag set and time. */
export function toRows(points: readonly ParsedLine[]): ParsedLine[] {
  const rows = new Map<string, ParsedLine>()
  for (const point of points) {
    const { measurement, tags, timeNs } = point
    const key = JSON.stringify([measurement, Object.entries(tags).sort(), `${timeNs}`])
    const before = rows.get(key)
    rows.set(key, before === undefined ? point : { ...before, fields: { ...before.fields, ...point.fields } })
  }
  return [...rows.values()]
}

const iso = (second: number) => new Date(second * 1000).toISOString()
const bigintsAsText = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}i` : value)

/** What can be compared of rows, in an order of its own. */
export function toComparable(rows: readonly ParsedLine[], measurement: string): string[] {
  return rows
    .filter((row) => row.measurement === measurement)
    .map(({ tags, fields, timeNs }) =>
      JSON.stringify(
        [
          `${timeNs / 1_000_000_000n}`,
          Object.entries(tags).toSorted(([a], [b]) => (a < b ? -1 : 1)),
          Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1)),
        ],
        bigintsAsText,
      ),
    )
    .toSorted()
}

const ran = ({ conclusion, runner }: TrueJob) =>
  conclusion !== 'skipped' && !(conclusion === 'cancelled' && runner === undefined)

/** The rows that the record stands for, worked out from what really happened instead of from what the API tells of it. */
export function toTrueRows(runs: readonly TrueRun[]): ParsedLine[] {
  return runs.flatMap((run) =>
    run.attempts.flatMap(({ start, conclusion, jobs }, at) => {
      const { repository, workflow, event, branch } = run
      const isDefault = event === 'schedule' || (event !== 'pull_request' && branch === 'main')
      const tags = { repository, workflow, event, default_branch: String(isDefault) }
      const identity = {
        ...{ number: BigInt(run.number), attempt: BigInt(at + 1), run_id: BigInt(run.id) },
        ...{ branch, sha: `${run.id}`.padStart(40, '0') },
      }
      const page = `https://github.com/${repository}/actions/runs/${run.id}`
      const end = Math.max(...jobs.map((job) => job.end))
      const started = jobs.filter(ran)
      const took = (job: TrueJob) => job.end - job.start
      const longest = started.toSorted((a, b) => took(b) - took(a))[0]
      const row: ParsedLine = {
        measurement: 'build_run',
        tags: { ...tags, result: conclusion },
        fields: {
          ...{ ...identity, url: `${page}/attempts/${at + 1}`, actor: 'octocat', title: run.title },
          ...(run.pullRequest === undefined ? {} : { pull_request: BigInt(run.pullRequest) }),
          ...{ start_time: iso(start), end_time: iso(end), duration: end - start },
          ...(started.length === 0 ? {} : { queue_time: Math.min(...started.map((job) => job.start)) - start }),
          ...{
            jobs: BigInt(jobs.length),
            jobs_skipped: BigInt(jobs.filter((job) => job.conclusion === 'skipped').length),
          },
          jobs_failed: BigInt(jobs.filter((job) => ['failure', 'timed_out'].includes(job.conclusion)).length),
          runner_time: started.reduce((sum, job) => sum + took(job), 0),
          ...(longest === undefined ? {} : { longest_job: longest.name }),
        },
        timeNs: BigInt(end) * 1_000_000_000n,
      }
      const rows = jobs
        .filter((job) => job.conclusion !== 'skipped')
        .map((job): ParsedLine => {
          const system = { 'ubuntu-latest': 'Linux', 'windows-2025': 'Windows', 'macos-15': 'macOS', linux: 'Linux' }
          const [os] = Object.entries(system).flatMap(([label, name]) => (job.labels.includes(label) ? [name] : []))
          return {
            measurement: 'build_job',
            tags: {
              ...{ ...tags, result: job.conclusion, job: job.name.split(' (')[0] ?? '' },
              ...(os === undefined ? {} : { runner_os: os }),
            },
            fields: {
              ...{ ...identity, job_id: BigInt(job.id), url: `${page}/job/${job.id}`, job_name: job.name },
              ...(job.runner === undefined ? {} : { runner_name: job.runner, runner_group: 'Default' }),
              ...{ runner_labels: [...job.labels].sort().join(','), end_time: iso(job.end) },
              ...(ran(job) && { start_time: iso(job.start), duration: took(job), queue_time: job.start - job.created }),
            },
            timeNs: BigInt(job.end) * 1_000_000_000n,
          }
        })
      return [row, ...rows]
    }),
  )
}
