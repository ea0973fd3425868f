import type { JsonObject } from '../build/json.ts'
import { toLegSuffix } from '../build/matrix.ts'
import type { HttpClient } from '../http/client.ts'
import { toFetch } from '../http/fetch.ts'
import { gitHubMs, maxGitHubRequests } from '../limits.ts'
import { type ApiClient, openApi } from './api-client.ts'
import { type ApiJob, type Job, parseJob, toJob } from './api-job.ts'
import { ApiProblem, explainForeign, explainScarce, isScarce, type RateLimit } from './api-problem.ts'
import { toJobRequest } from './job-request.ts'
import { parseTime } from './time.ts'

/** How far GitHub's clock is ahead of the runner's, in ms; undefined without an answer. */
export interface JobAnswer {
  readonly job: Job | undefined
  readonly clockAheadMs: number | undefined
  /** One sentence about why there is no job, and the remedy. */
  readonly reason: string | undefined
  /** Undefined if the server reports no limit. */
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

/**
 * Reads the job with one request, of at most 5 seconds. Never rejects: a build without the API is still a build.
 * @param signal ends the request early
 */
export async function readJob(
  query: JobQuery,
  http: HttpClient,
  signal = AbortSignal.timeout(gitHubMs),
): Promise<JobAnswer> {
  const { token, runId, jobId } = query
  let clockAheadMs: number | undefined
  const no = (reason: string, rate?: RateLimit): JobAnswer => ({ job: undefined, clockAheadMs, reason, rate })
  if (token === undefined)
    return no('the input github-token is empty: leave it out, or give a token (on act: -s GITHUB_TOKEN=…)')
  if (runId === undefined) return no('the environment variable GITHUB_RUN_ID is not set')
  const api = openApi(http, ({ headers }, sentMs, receivedMs) => {
    const dateMs = parseTime(headers.date)
    if (dateMs !== undefined) clockAheadMs ??= toClockAhead(dateMs, sentMs, receivedMs)
  })
  try {
    const job =
      jobId === undefined
        ? findJob(await listJobs(await openActions(query, token, api, signal), query, runId, api), query)
        : await askForJob(query, token, runId, jobId, api, signal)
    return { job: toJob(job), clockAheadMs, reason: undefined, rate: api.rate }
  } catch (error) {
    // Octokit wraps what its `fetch` throws.
    const problem = [error, (error as Error).cause].find((one) => one instanceof ApiProblem)
    if (problem !== undefined) return no(problem.message, api.rate)
    // Requests reject with an ApiProblem, so this error does not come from the network.
    return no(`GitHub could not be asked: ${(error as Error).message}`, api.rate)
  }
}

export async function openActions({ apiUrl }: JobQuery, token: string, api: ApiClient, signal: AbortSignal) {
  const { openOctokit } = await import('./octokit.ts')
  return openOctokit(token, apiUrl, toFetch(api, signal)).actions
}

type Actions = Awaited<ReturnType<typeof openActions>>

async function askForJob(
  query: JobQuery,
  token: string,
  runId: bigint,
  jobId: bigint,
  api: ApiClient,
  signal: AbortSignal,
): Promise<ApiJob> {
  const place = { apiUrl: query.apiUrl, token, ...toRepository(query), jobId: Number(jobId) }
  const { body } = await api.request(toJobRequest(place, signal))
  const job = parseJob(parseBody(body))
  if (job === undefined) throw new ApiProblem(explainForeign('a job'))
  if (BigInt(job.run_id) !== runId)
    throw new ApiProblem(`GitHub answered with a job of run ${job.run_id} instead of run ${runId}`)
  if (BigInt(job.id) !== jobId) throw new ApiProblem(`GitHub answered with job ${job.id} instead of job ${jobId}`)
  return job
}

function parseBody(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
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
      if (job === undefined) throw new ApiProblem(explainForeign('a list of jobs'))
      if (BigInt(job.run_id) !== runId)
        throw new ApiProblem(`GitHub answered with a job of run ${job.run_id} instead of run ${runId}`)
    }
    const before = jobs.size
    for (const job of found) if (job !== undefined) jobs.set(job.id, job)
    total = Number(data.total_count) || jobs.size
    // If a page contains nothing new, further pages do not either.
    if (jobs.size === before) break
  }
  if (jobs.size < total && isScarce(api.rate))
    throw new ApiProblem(`${explainScarce(api.rate)}, so it was not asked for further pages of jobs`)
  if (jobs.size < total) {
    throw new ApiProblem(
      `GitHub listed only ${jobs.size} of the ${total} jobs of this run in ${maxGitHubRequests} requests, too few to identify this job`,
    )
  }
  return [...jobs.values()]
}

/**
 * Finds this job in a list: a runner runs one job at a time. Runners may share a name; then the names of the jobs
 * decide, which are the id with the values of the matrix unless the user has set a name.
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
    `the job was not identified: ${count} of the ${jobs.length} jobs of this run match its name and its runner`,
  )
}

export function toRepository({ repository }: JobQuery): { owner: string; repo: string } {
  const [owner = '', repo = ''] = repository.split('/')
  return { owner, repo }
}

/** The `Date` header has whole seconds, so half a second is added, and was made between sending and receiving. */
function toClockAhead(dateMs: number, sentMs: number, receivedMs: number): number {
  return dateMs + 500 - (sentMs + receivedMs) / 2
}

/** The API's base URL, which GitHub Enterprise Server sets. */
export function toApiUrl(env: Readonly<Record<string, string | undefined>>): string {
  return (env.GITHUB_API_URL || 'https://api.github.com').replace(/\/+$/, '')
}
