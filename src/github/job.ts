import type { HttpClient } from '../http/client.ts'
import { toFetch } from '../http/fetch.ts'

/** What the API says of a job that is about to end. */
export interface Job {
  readonly id: bigint
  readonly name: string
  readonly startMs: number
  /** Seconds from the job's creation to its start; undefined where the API's times contradict each other. */
  readonly queueTime: number | undefined
}

/** How GitHub's clock differs from the runner's, in ms; undefined where no answer came. */
export interface JobAnswer {
  readonly job: Job | undefined
  readonly clockAheadMs: number | undefined
  /** Why there is no job, and the remedy: one sentence. */
  readonly reason: string | undefined
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
  readonly runnerName: string
}

const timeoutMs = 5000
const maxPages = 3
const permission = 'give the job `permissions: actions: read`'

/** A job of the REST API, as far as it is read here. */
interface ApiJob {
  readonly id: number
  readonly run_id: number
  readonly name: string
  readonly status: string
  readonly started_at: string
  readonly created_at?: string
  readonly runner_name: string | null
}

/** Reads the job with one request, of at most 5 seconds. Never rejects: a build without the API is still a build. */
export async function readJob(query: JobQuery, http: HttpClient): Promise<JobAnswer> {
  let clockAheadMs: number | undefined
  const no = (reason: string): JobAnswer => ({ job: undefined, clockAheadMs, reason })
  if (query.token === undefined) return no('the input github-token is empty; leave it out, or give a token')
  if (query.runId === undefined) return no('GITHUB_RUN_ID is not set')
  try {
    const octokit = await openOctokit(query, http, (date) => {
      clockAheadMs ??= date
    })
    const [owner = '', repo = ''] = query.repository.split('/')
    if (query.jobId !== undefined) {
      const { data } = await octokit.rest.actions.getJobForWorkflowRun({ owner, repo, job_id: Number(query.jobId) })
      // Octokit takes redirects and pages of proxies for answers.
      if (typeof data?.run_id !== 'number') return no('GitHub answered with something that is no job')
      if (BigInt(data.run_id) !== query.runId) return no(`GitHub answered with a job of run ${data.run_id}`)
      return toAnswer(data, clockAheadMs)
    }
    const jobs: ApiJob[] = []
    let total = 1
    for (let page = 1; jobs.length < total && page <= maxPages; page++) {
      const { data } = await octokit.rest.actions.listJobsForWorkflowRunAttempt({
        owner,
        repo,
        run_id: Number(query.runId),
        attempt_number: Number(query.attempt ?? 1n),
        per_page: 100,
        page,
      })
      if (!Array.isArray(data?.jobs)) return no('GitHub answered with something that is no list of jobs')
      jobs.push(...data.jobs)
      total = data.total_count
      if (data.jobs.length === 0) break
    }
    if (jobs.length < total) return no(`this run has ${total} jobs, too many to look for this one among them`)
    const matches = findJobs(jobs, query)
    const [job] = matches
    if (job === undefined || matches.length > 1) {
      const count = matches.length === 0 ? 'none' : `${matches.length}`
      return no(`of the ${jobs.length} jobs of this run ${count} can be this one, and a wrong one is worse than none`)
    }
    return toAnswer(job, clockAheadMs)
  } catch (error) {
    return no(explainError(error))
  }
}

async function openOctokit(query: JobQuery, http: HttpClient, onDate: (clockAheadMs: number) => void) {
  const { getOctokit } = await import('@actions/github')
  const fetch = toFetch(http, AbortSignal.timeout(timeoutMs))
  const timed: typeof fetch = async (url, options) => {
    const sentMs = Date.now()
    const response = await fetch(url, options)
    const date = Date.parse(response.headers.get('date') ?? '')
    if (!Number.isNaN(date)) onDate(toClockAhead(date, sentMs, Date.now()))
    return response
  }
  const log = { debug() {}, info() {}, warn() {}, error() {} }
  return getOctokit(query.token ?? '', { baseUrl: query.apiUrl, request: { fetch: timed }, log })
}

/** The `Date` header has whole seconds and was made between sending and receiving: half a second is its middle. */
function toClockAhead(dateMs: number, sentMs: number, receivedMs: number): number {
  return dateMs + 500 - (sentMs + receivedMs) / 2
}

/** The jobs that can be the one that runs now; `name` is its id, starts with it and ` (`, or ends in ` / ` and it. */
function findJobs(jobs: readonly ApiJob[], query: JobQuery): ApiJob[] {
  return jobs.filter(({ status, runner_name, name }) => {
    const named = name === query.job || name.startsWith(`${query.job} (`) || name.endsWith(` / ${query.job}`)
    return status === 'in_progress' && runner_name === query.runnerName && named
  })
}

function toAnswer(job: ApiJob, clockAheadMs: number | undefined): JobAnswer {
  const startMs = Date.parse(job.started_at)
  if (Number.isNaN(startMs)) return { job: undefined, clockAheadMs, reason: 'GitHub answered without a start time' }
  const queueTime = (startMs - Date.parse(job.created_at ?? '')) / 1000
  return {
    job: { id: BigInt(job.id), name: job.name, startMs, queueTime: queueTime >= 0 ? queueTime : undefined },
    clockAheadMs,
    reason: undefined,
  }
}

/** Statuses and network errors in words for the owner of the job. */
function explainError(error: unknown): string {
  const { status, message, cause } = error as { status?: number; message?: string; cause?: unknown }
  const name = (cause instanceof Error ? cause : (error as Error)).name
  switch (status) {
    case 401:
      return 'GitHub does not accept the token (401); leave the input github-token out, or give a valid one'
    case 403:
    case 404:
      return `the token may not read it (${status}); ${permission}`
    default:
      if (message === 'aborted') return "GitHub's answer broke off"
      if (name === 'TimeoutError' || name === 'AbortError') return `GitHub did not answer within ${timeoutMs / 1000} s`
      return `GitHub's answer could not be used: ${status === undefined || status === 500 ? '' : `${status} `}${message ?? String(error)}`
  }
}

/** The API's base URL, which GitHub Enterprise Server sets. */
export function toApiUrl(env: Readonly<Record<string, string | undefined>>): string {
  return (env.GITHUB_API_URL || 'https://api.github.com').replace(/\/+$/, '')
}
