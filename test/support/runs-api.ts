import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import { type Answer, json, type Loopback, type LoopbackRequest, startLoopback } from './loopback.ts'
import type { TrueJob, TrueRun } from './run-record.ts'
import { eventPayload } from './webhooks.ts'

export interface RunsApiOptions {
  /** Read at each request: it may change meanwhile. */
  readonly runs: readonly TrueRun[]
  /** Requests an hour, and how many of them are left. */
  readonly rate?: { readonly limit: number; remaining: number }
  /** Answers instead, unless it returns undefined. */
  readonly respond?: (request: LoopbackRequest) => Answer | undefined
  /** Runs of one query at most, and those that a page has by itself. */
  readonly maxListed?: number
}

type Name = 'runs' | 'attempt' | 'jobs' | 'repositories' | 'repository'

/** GitHub's OpenAPI description of these answers (script/openapi.ts). */
const description = JSON.parse(readFileSync(join(import.meta.dirname, 'github-openapi.json'), 'utf8'))
const validators = new Map<Name, ValidateFunction>()

function validate(name: Name, value: unknown): void {
  let check = validators.get(name)
  if (check === undefined) {
    const formats = {
      'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
      int64: true,
      uri: /^https?:/,
      email: true,
    } as const
    check = new Ajv({ strict: false, formats }).compile({
      ...description.answers[name],
      components: description.components,
    })
    validators.set(name, check)
  }
  if (!check(value)) throw new Error(`no answer of GitHub's for ${name}: ${JSON.stringify(check.errors?.slice(0, 3))}`)
}

/** The part of GitHub's REST API that tells of workflow runs, over a record of what really happened. */
export async function startRunsApi(options: RunsApiOptions): Promise<Loopback> {
  const { rate, respond } = options
  return await startLoopback({
    answer(request) {
      const headers: Record<string, string> = { date: new Date().toUTCString() }
      if (rate !== undefined) {
        if (rate.remaining === 0) return fail(403, 'API rate limit exceeded for installation.')
        rate.remaining--
        headers['x-ratelimit-limit'] = String(rate.limit)
        headers['x-ratelimit-remaining'] = String(rate.remaining)
        headers['x-ratelimit-reset'] = String(Math.floor(Date.now() / 1000) + 3600)
      }
      const answer = respond?.(request) ?? find(request, options)
      return { ...answer, headers: { ...headers, ...answer.headers } }
    },
  })
}

export function fail(status: number, message: string, headers: Record<string, string> = {}): Answer {
  return json(
    { message, documentation_url: 'https://docs.github.com/rest', status: String(status) },
    { status, headers },
  )
}

function answer(name: Name, value: unknown): Answer {
  validate(name, value)
  return json(value)
}

function find({ path, query }: LoopbackRequest, options: RunsApiOptions): Answer {
  const page = <T>(all: readonly T[]) => {
    const size = Math.min(Number(query.get('per_page') ?? 30), 100)
    const from = (Number(query.get('page') ?? 1) - 1) * size
    return all.slice(from, from + size)
  }
  const [, owner] = /^\/orgs\/([^/]+)\/repos$/.exec(path) ?? []
  const repositories = [...new Set(options.runs.map(({ repository }) => repository))]
  if (owner !== undefined) {
    const own = repositories.filter((one) => one.startsWith(`${owner}/`))
    return own.length === 0 ? fail(404, 'Not Found') : answer('repositories', page(own.map(toRepository)))
  }
  const [, repository = '', rest = ''] = /^\/repos\/([^/]+\/[^/]+)(.*)$/.exec(path) ?? []
  if (!repositories.includes(repository)) return fail(404, 'Not Found')
  if (rest === '') return answer('repository', toFullRepository(repository))
  const runs = options.runs.filter((run) => run.repository === repository)
  if (rest === '/actions/runs') return listRuns(runs, query, page, options.maxListed ?? 1000)
  const [, id, number, jobs] = /^\/actions\/runs\/(\d+)\/attempts\/(\d+)(\/jobs)?$/.exec(rest) ?? []
  const run = runs.find((one) => String(one.id) === id)
  const at = Number(number) - 1
  const attempt = run?.attempts[at]
  if (run === undefined || attempt === undefined) return fail(404, 'Not Found')
  if (jobs === undefined) return answer('attempt', toRun(run, at))
  const all = [...attempt.jobs, ...attempt.carried]
  return answer('jobs', { total_count: all.length, jobs: page(all.map((job) => toJob(run, at, job))) })
}

function listRuns(
  runs: readonly TrueRun[],
  query: URLSearchParams,
  page: <T>(all: readonly T[]) => T[],
  maxListed: number,
): Answer {
  const [, from, to] = /^(.+Z)\.\.(.+Z)$/.exec(query.get('created') ?? '') ?? []
  if (from === undefined || to === undefined) throw new Error(`no window: ${query.get('created')}`)
  const toSecond = (text: string) => Date.parse(text) / 1000
  const found = runs
    .filter(
      ({ attempts: [first] }) => first !== undefined && first.start >= toSecond(from) && first.start <= toSecond(to),
    )
    .toSorted((a, b) => (b.attempts[0]?.start ?? 0) - (a.attempts[0]?.start ?? 0))
  const listed = page(found.slice(0, maxListed)).map((run) => toRun(run, run.attempts.length - 1))
  return answer('runs', { total_count: found.length, workflow_runs: listed })
}

const iso = (second: number) => `${new Date(second * 1000).toISOString().slice(0, 19)}Z`

const example = eventPayload('workflow_run', 'completed')
const { login, ...user } = example.sender

function toRepository(name: string) {
  const [, short] = name.split('/')
  const { repository } = example.workflow_run
  return {
    ...repository,
    name: short,
    full_name: name,
    owner: { login, ...user },
    default_branch: 'main',
    archived: false,
  }
}

function toFullRepository(name: string) {
  return {
    ...example.repository,
    ...toRepository(name),
    network_count: 0,
    subscribers_count: 0,
    has_discussions: false,
  }
}

/** A run as its `at`-th attempt tells it. `updated_at` is of the run as a whole, and later. */
function toRun(run: TrueRun, at: number) {
  const { repository: _, head_repository: __, ...payload } = example.workflow_run
  const attempt = run.attempts[at]
  const [first] = run.attempts
  if (attempt === undefined || first === undefined) throw new Error('no attempt')
  const url = `https://github.com/${run.repository}/actions/runs/${run.id}`
  const ends = run.attempts.flatMap(({ start, jobs }) => [start, ...jobs.map(({ end }) => end)])
  // The repository of a run is told in short: its default branch is not.
  const { default_branch: ___, ...repository } = toRepository(run.repository)
  return {
    ...payload,
    ...{ id: run.id, name: run.workflow, run_number: run.number, run_attempt: at + 1, path: run.path },
    ...{ event: run.event, head_branch: run.branch, head_sha: `${run.id}`.padStart(40, '0'), display_title: run.title },
    ...{ status: run.isRunning ? 'in_progress' : 'completed', conclusion: run.isRunning ? null : attempt.conclusion },
    ...{ html_url: url, created_at: iso(first.start), run_started_at: iso(attempt.start) },
    updated_at: iso(run.isRunning ? first.start : Math.max(...ends) + 7),
    pull_requests: run.pullRequest === undefined ? [] : [toPullRequest(run.pullRequest)],
    ...{ repository, head_repository: repository, actor: { ...user, login: 'octocat' }, head_commit: null },
  }
}

function toPullRequest(number: number) {
  const side = {
    ref: 'feature',
    sha: '0'.repeat(40),
    repo: { id: 1, url: 'https://api.github.com/repos/a/b', name: 'b' },
  }
  return { id: number, number, url: `https://api.github.com/repos/a/b/pulls/${number}`, head: side, base: side }
}

export function toJob(run: TrueRun, at: number, job: TrueJob) {
  const api = `https://api.github.com/repos/${run.repository}/actions`
  const attempt = run.attempts[at]
  const isCarried = attempt?.carried.includes(job) ?? false
  return {
    ...{ id: job.id, node_id: 'x', run_id: run.id, run_attempt: at + 1, run_url: `${api}/runs/${run.id}` },
    ...{ head_sha: `${run.id}`.padStart(40, '0'), head_branch: run.branch, workflow_name: run.workflow },
    ...{ url: `${api}/jobs/${job.id}`, check_run_url: `${api}/check-runs/${job.id}` },
    html_url: `https://github.com/${run.repository}/actions/runs/${run.id}/job/${job.id}`,
    ...{ status: 'completed', conclusion: job.conclusion, name: job.name, labels: job.labels },
    // GitHub makes such a job anew, and gives it the times of the old one.
    created_at: iso(isCarried ? (attempt?.start ?? 0) + 1 : job.created),
    ...{ started_at: iso(job.start), completed_at: iso(job.end) },
    ...(job.runner === undefined
      ? { runner_id: null, runner_name: null, runner_group_id: null, runner_group_name: null }
      : { runner_id: 1, runner_name: job.runner, runner_group_id: 1, runner_group_name: 'Default' }),
    steps: job.steps.map(({ name, number, conclusion, start, end }) => ({
      ...{ name, number, status: 'completed', conclusion, started_at: iso(start), completed_at: iso(end) },
    })),
  }
}
