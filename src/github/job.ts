import { getOctokit } from '@actions/github'
import type { Step } from '../build/build.ts'
import type { JsonObject } from '../build/json.ts'
import { toLegSuffix } from '../build/matrix.ts'
import type { HttpClient } from '../http/client.ts'
import { toFetch } from '../http/fetch.ts'
import { gitHubMs, maxGitHubRequests } from '../limits.ts'
import { type ApiClient, openApi } from './api-client.ts'
import { ApiProblem, explainForeign, explainScarce, isScarce, type RateLimit } from './api-problem.ts'

/** What the API says of a job that is about to end. */
export interface Job {
  readonly id: bigint
  readonly name: string
  readonly startMs: number
  /** Seconds from the job's creation to its start; undefined where the API's times contradict each other. */
  readonly queueTime: number | undefined
  /** Those that ran to their end, in the order of their numbers. */
  readonly steps: readonly Step[]
  /** Names of the others. */
  readonly otherSteps: readonly string[]
  /** Those of them that are over, since this is the end of the job, and that GitHub does not report as over with their times. */
  readonly lateSteps: readonly string[]
}

/** How GitHub's clock differs from the runner's, in ms; undefined where no answer came. */
export interface JobAnswer {
  readonly job: Job | undefined
  readonly clockAheadMs: number | undefined
  /** Why there is no job, and the remedy: one sentence. */
  readonly reason: string | undefined
  /** Undefined where GitHub does not tell, as servers without limits. */
  readonly rate: RateLimit | undefined
}

/** Which job to ask for. */
export interface JobQuery {
  readonly token: string | undefined
  readonly apiUrl: string
  readonly repository: string
  readonly runId: bigint | undefined
  readonly attempt: bigint | undefined
  /** `job.check_run_id`; not known on older GitHub Enterprise Servers. */
  readonly jobId: bigint | undefined
  /** The key under `jobs:`. */
  readonly job: string
  readonly matrix: JsonObject
  readonly runnerName: string
}

/** A job of the REST API, as far as it is read here. */
interface ApiJob {
  readonly id: number
  readonly run_id: number
  readonly name: string
  readonly status: string
  readonly started_at: string
  readonly created_at: string | undefined
  readonly runner_name: string | null
  readonly steps: readonly unknown[]
}

/**
 * Reads the job with one request, of at most 5 seconds. Never rejects: a build without the API is still a build.
 * @param signal ends it before
 */
export async function readJob(
  query: JobQuery,
  http: HttpClient,
  signal = AbortSignal.timeout(gitHubMs),
): Promise<JobAnswer> {
  const { token, runId, jobId } = query
  let clockAheadMs: number | undefined
  const no = (reason: string, rate?: RateLimit): JobAnswer => ({ job: undefined, clockAheadMs, reason, rate })
  if (token === undefined) return no('the input github-token is empty; leave it out, or give a token')
  if (runId === undefined) return no('GITHUB_RUN_ID is not set')
  const api = openApi(http, ({ headers }, sentMs, receivedMs) => {
    const dateMs = parseTime(headers.date)
    if (dateMs !== undefined) clockAheadMs ??= toClockAhead(dateMs, sentMs, receivedMs)
  })
  try {
    const actions = openActions(query, token, api, signal)
    const job =
      jobId === undefined
        ? findJob(await listJobs(actions, query, runId, api), query)
        : await askForJob(actions, query, runId, jobId)
    return { job: toJob(job), clockAheadMs, reason: undefined, rate: api.rate }
  } catch (error) {
    // Octokit wraps what its `fetch` throws.
    const cause = (error as Error).cause ?? error
    if (cause instanceof ApiProblem) return no(cause.message, api.rate)
    // Every request has its problem by now: this one is none of the network's.
    return no(`GitHub could not be asked: ${(error as Error).message}`, api.rate)
  }
}

function openActions({ apiUrl }: JobQuery, token: string, api: ApiClient, signal: AbortSignal) {
  const fetch = toFetch(api, signal)
  const log = { debug() {}, info() {}, warn() {}, error() {} }
  // Without a log of its own a request tells the console what the server says of deprecation.
  return getOctokit(token, { baseUrl: apiUrl, request: { fetch, log }, log }).rest.actions
}

type Actions = ReturnType<typeof openActions>

async function askForJob(actions: Actions, query: JobQuery, runId: bigint, jobId: bigint): Promise<ApiJob> {
  const { owner, repo } = toRepository(query)
  const { data } = await actions.getJobForWorkflowRun({ owner, repo, job_id: Number(jobId) })
  const job = parseJob(data)
  if (job === undefined) throw new ApiProblem(explainForeign('no job'))
  if (BigInt(job.run_id) !== runId) throw new ApiProblem(`GitHub answered with a job of run ${job.run_id}`)
  if (BigInt(job.id) !== jobId) throw new ApiProblem(`GitHub answered with another job, ${job.id}`)
  return job
}

/** Every job of this attempt. */
async function listJobs(actions: Actions, query: JobQuery, runId: bigint, api: ApiClient): Promise<ApiJob[]> {
  const { owner, repo } = toRepository(query)
  const jobs = new Map<number, ApiJob>()
  let total = 1
  for (let page = 1; jobs.size < total && api.left > 0; page++) {
    if (page > 1 && isScarce(api.rate)) break
    const { data } = await actions.listJobsForWorkflowRunAttempt({
      owner,
      repo,
      run_id: Number(runId),
      attempt_number: Number(query.attempt ?? 1n),
      per_page: 100,
      page,
    })
    const found = Array.isArray(data?.jobs) ? data.jobs.map(parseJob) : [undefined]
    for (const job of found) {
      if (job === undefined) throw new ApiProblem(explainForeign('no list of jobs'))
      if (BigInt(job.run_id) !== runId) throw new ApiProblem(`GitHub answered with a job of run ${job.run_id}`)
    }
    const before = jobs.size
    for (const job of found) if (job !== undefined) jobs.set(job.id, job)
    total = Number(data.total_count) || jobs.size
    // A page that holds nothing new is followed by others of its kind.
    if (jobs.size === before) break
  }
  if (jobs.size < total && isScarce(api.rate))
    throw new ApiProblem(`${explainScarce(api.rate)}: no further page was asked for`)
  if (jobs.size < total) {
    throw new ApiProblem(
      `GitHub listed ${jobs.size} of the ${total} jobs of this run within ${maxGitHubRequests} requests, too few to be sure of this one`,
    )
  }
  return [...jobs.values()]
}

/**
 * The one job that can be this: a runner runs one at a time. Runners may share a name: between several jobs their names
 * decide, which are the id with the values of the matrix, unless they are the user's own.
 */
function findJob(jobs: readonly ApiJob[], { job: id, matrix, runnerName }: JobQuery): ApiJob {
  const running = jobs.filter(({ status, runner_name }) => status === 'in_progress' && runner_name === runnerName)
  const suffix = toLegSuffix(matrix)
  const leg = `${id}${suffix}`
  const isId = (name: string) => name === id || name.startsWith(`${id} (`)
  const named = running.filter(({ name }) => isId(name) || isId(name.slice(name.lastIndexOf(` / ${id}`) + 3)))
  const exact = named.filter(({ name }) => suffix !== '' && (name === leg || name.endsWith(` / ${leg}`)))
  for (const matches of [running, named, exact]) if (matches.length === 1 && matches[0] !== undefined) return matches[0]
  const count = running.length === 0 ? 'none' : `${named.length || running.length}`
  throw new ApiProblem(
    `of the ${jobs.length} jobs of this run ${count} can be this one, and a wrong one is worse than none`,
  )
}

function toRepository({ repository }: JobQuery): { owner: string; repo: string } {
  const [owner = '', repo = ''] = repository.split('/')
  return { owner, repo }
}

/** Whatever answers, and however: a job only where it is one. */
function parseJob(value: unknown): ApiJob | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { id, run_id, name, status, started_at, created_at, runner_name, steps } = value as { [key: string]: unknown }
  if (!Number.isSafeInteger(id) || !Number.isSafeInteger(run_id) || typeof name !== 'string') return undefined
  return {
    id: id as number,
    run_id: run_id as number,
    name,
    status: typeof status === 'string' ? status : '',
    started_at: typeof started_at === 'string' ? started_at : '',
    created_at: typeof created_at === 'string' ? created_at : undefined,
    runner_name: typeof runner_name === 'string' ? runner_name : null,
    steps: Array.isArray(steps) ? steps : [],
  }
}

function toJob({ id, name, started_at, created_at, steps }: ApiJob): Job {
  const startMs = parseTime(started_at)
  if (startMs === undefined) throw new ApiProblem('GitHub answered without a start time')
  const createdMs = parseTime(created_at)
  const queueTime = createdMs === undefined ? -1 : (startMs - createdMs) / 1000
  const parsed = steps.flatMap(parseStep)
  const late = parsed.filter((step) => !step.isOver && !isOfRunner(step, parsed))
  return {
    id: BigInt(id),
    name,
    startMs,
    queueTime: queueTime >= 0 ? queueTime : undefined,
    steps: parsed.flatMap(({ ran }) => ran ?? []).sort((a, b) => a.number - b.number),
    otherSteps: parsed.flatMap(({ ran, name }) => (ran === undefined ? [name] : [])),
    lateSteps: late.map(({ name }) => name),
  }
}

interface ParsedStep {
  readonly name: string
  readonly number: number
  readonly ran: Step | undefined
  /** Whether there is nothing more to come of it. */
  readonly isOver: boolean
  readonly isRunning: boolean
}

/** Steps of the runner's own that come after the ends of all others. */
const ends = ['Stop containers', 'Complete runner', 'Complete job']

/** What follows this very process, or is it: the ends of other steps, which are named for them, and that of the job. */
function isOfRunner(step: ParsedStep, all: readonly ParsedStep[]): boolean {
  const isLast = all.every(
    ({ name, number }) => number <= step.number || name.startsWith('Post ') || ends.includes(name),
  )
  if (!isLast || ends.includes(step.name)) return isLast
  const isPost = ({ name, number }: ParsedStep) => all.some((one) => name === `Post ${one.name}` && one.number < number)
  // Where the list lacks what it is the end of, the one that runs is this process.
  return isPost(step) || (step.isRunning && step.name.startsWith('Post ') && !all.some(isPost))
}

/** A step that has a name, and what is known of it where it ran to its end. */
function parseStep(value: unknown): ParsedStep[] {
  if (typeof value !== 'object' || value === null) return []
  const { name, conclusion, started_at, completed_at, ...rest } = value as { [key: string]: unknown }
  if (typeof name !== 'string') return []
  const startMs = typeof started_at === 'string' ? parseTime(started_at) : undefined
  const endMs = typeof completed_at === 'string' ? parseTime(completed_at) : undefined
  const number = Number.isSafeInteger(rest.number) ? (rest.number as number) : undefined
  const hasRun = rest.status === 'completed' && typeof conclusion === 'string' && conclusion !== 'skipped'
  const isNever = conclusion === 'skipped' || (conclusion === 'cancelled' && startMs === undefined)
  const ran =
    hasRun && number !== undefined && startMs !== undefined && endMs !== undefined
      ? { name, number, conclusion, startMs, endMs }
      : undefined
  return [
    { name, number: number ?? 0, ran, isOver: isNever || ran !== undefined, isRunning: rest.status === 'in_progress' },
  ]
}

/** Before GitHub Actions there was no job: other servers say year 1 for "not yet". Nanoseconds end in 2262. */
const [earliestMs, latestMs] = [Date.UTC(2018), Date.UTC(2200)]

function parseTime(text: string | undefined): number | undefined {
  const ms = Date.parse(text ?? '')
  return ms >= earliestMs && ms < latestMs ? ms : undefined
}

/** The `Date` header has whole seconds and was made between sending and receiving: half a second is its middle. */
function toClockAhead(dateMs: number, sentMs: number, receivedMs: number): number {
  return dateMs + 500 - (sentMs + receivedMs) / 2
}

/** The API's base URL, which GitHub Enterprise Server sets. */
export function toApiUrl(env: Readonly<Record<string, string | undefined>>): string {
  return (env.GITHUB_API_URL || 'https://api.github.com').replace(/\/+$/, '')
}
