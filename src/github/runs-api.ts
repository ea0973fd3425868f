import type { Run, RunJob } from '../collect/run.ts'
import type { HttpClient } from '../http/client.ts'
import { toFetch } from '../http/fetch.ts'
import {
  artifactRequestMs,
  keptRateShare,
  maxCollectTries,
  maxCollectWaitMs,
  maxJobPages,
  maxRepositoryPages,
} from '../limits.ts'
import { openApi } from './api-client.ts'
import { ApiProblem, explainForeign, explainScarce, readRateLimit } from './api-problem.ts'
import { type ListedRun, parseRun, parseRunJob } from './parse-run.ts'
import { parseTime } from './time.ts'

export interface RepositoryFacts {
  /** `owner/name`. */
  readonly name: string
  readonly defaultBranch: string | undefined
  /** Whether it can have no new runs: it is archived or disabled. */
  readonly isOver: boolean
}

/** A page of the runs that were created in a time, newest first. */
export interface RunPage {
  readonly total: number
  readonly runs: readonly ListedRun[]
}

/** GitHub's records of workflow runs. All methods reject with an ApiProblem. */
export interface RunsApi {
  /** Requests so far. */
  readonly requests: number
  /** GitHub's clock at its first answer, in ms since 1970. */
  readonly firstAnswerMs: number | undefined
  /** Undefined if GitHub does not report it. */
  findDefaultBranch(repository: string): Promise<string | undefined>
  listRepositories(owner: string): Promise<RepositoryFacts[]>
  listRuns(repository: string, window: Window, page: number): Promise<RunPage>
  /** An earlier attempt; undefined if it no longer exists. */
  findAttempt(run: Run, attempt: number): Promise<Run | undefined>
  /** Jobs of an attempt that have ended; undefined if the run no longer exists. */
  listJobs(run: Run): Promise<RunJob[] | undefined>
}

/** Whole seconds; both ends are included. */
export interface Window {
  readonly fromMs: number
  readonly toMs: number
}

export interface RunsQuery {
  readonly token: string
  readonly apiUrl: string
  /** Undefined: as many as GitHub allows. */
  readonly maxRequests: number | undefined
}

/** Sends one request at a time, as GitHub advises: several at once reach its secondary rate limits. */
export async function openRunsApi(query: RunsQuery, http: HttpClient, signal: AbortSignal): Promise<RunsApi> {
  const { openOctokit } = await import('./octokit.ts')
  const guard = openGuard(query, http)
  const api = openApi(guard.http, () => {}, {
    ...{ requests: Number.POSITIVE_INFINITY, answerMs: artifactRequestMs, maxWaitMs: maxCollectWaitMs },
    ...{ tries: maxCollectTries, per: 'request' },
  })
  const rest = openOctokit(query.token, query.apiUrl, toFetch(api, signal))

  async function listRepositories(owner: string): Promise<RepositoryFacts[]> {
    const found = new Map<string, RepositoryFacts>()
    let isUser = false
    for (let page = 1; page <= maxRepositoryPages; page++) {
      const asked = { per_page: 100, page }
      const list = () =>
        isUser ? rest.repos.listForUser({ username: owner, ...asked }) : rest.repos.listForOrg({ org: owner, ...asked })
      const answer = await readData(list).catch(async (error: unknown) => {
        if (isUser || !(error instanceof ApiProblem) || error.status !== 404) throw error
        isUser = true
        return await readData(list)
      })
      if (!Array.isArray(answer)) throw new ApiProblem(explainForeign('a list of repositories'))
      const facts = answer.flatMap(parseRepository)
      for (const one of facts) found.set(one.name, one)
      if (answer.length < 100) break
    }
    return [...found.values()]
  }

  async function listJobs(run: Run): Promise<RunJob[] | undefined> {
    const jobs = new Map<number, RunJob>()
    let seen = 0
    for (let page = 1; page <= maxJobPages; page++) {
      const asked = { ...toNames(run.repository), run_id: run.id, attempt_number: run.attempt, per_page: 100, page }
      const data = await orGone(() => readData(() => rest.actions.listJobsForWorkflowRunAttempt(asked)))
      if (data === undefined) return undefined
      if (!Array.isArray(data.jobs)) throw new ApiProblem(explainForeign('a list of jobs'))
      for (const job of data.jobs.flatMap(parseRunJob)) jobs.set(job.id, job)
      seen += data.jobs.length
      if (data.jobs.length === 0 || seen >= Number(data.total_count)) break
    }
    return [...jobs.values()]
  }

  return {
    get requests() {
      return guard.requests
    },
    get firstAnswerMs() {
      return guard.firstAnswerMs
    },
    async findDefaultBranch(repository) {
      const data = await orGone(() => readData(() => rest.repos.get(toNames(repository))))
      return parseRepository(data)[0]?.defaultBranch
    },
    listRepositories,
    async listRuns(repository, { fromMs, toMs }, page) {
      const created = `${toSeconds(fromMs)}..${toSeconds(toMs)}`
      const asked = { ...toNames(repository), created, per_page: 100, page }
      const data = await readData(() => rest.actions.listWorkflowRunsForRepo(asked))
      if (!Array.isArray(data?.workflow_runs)) throw new ApiProblem(explainForeign('a list of runs'))
      const runs = data.workflow_runs.flatMap((one: unknown) => parseRun(one, repository) ?? [])
      return { total: Number(data.total_count) || runs.length, runs }
    },
    async findAttempt({ repository, id }, attempt) {
      const asked = { ...toNames(repository), run_id: id, attempt_number: attempt }
      const data = await orGone(() => readData(() => rest.actions.getWorkflowRunAttempt(asked)))
      return data === undefined ? undefined : parseRun(data, repository)?.run
    },
    listJobs,
  }
}

/** Returns the data of an answer. Octokit wraps the errors of its `fetch`; these are unwrapped. */
async function readData<T>(ask: () => Promise<{ readonly data: T }>): Promise<T> {
  try {
    return (await ask()).data
  } catch (error) {
    const cause = (error as Error).cause ?? error
    if (cause instanceof ApiProblem) throw cause
    throw new ApiProblem(`GitHub could not be asked: ${(error as Error).message}`, { cause: error })
  }
}

/** Undefined if GitHub no longer has it: runs can be deleted. */
async function orGone<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof ApiProblem && (error.status === 404 || error.status === 410)) return undefined
    throw error
  }
}

interface Guard {
  readonly http: HttpClient
  readonly requests: number
  readonly firstAnswerMs: number | undefined
}

const networkRetryMs = 500

/** Counts requests, limits the time of each, and refuses those beyond the limit. */
function openGuard({ maxRequests }: RunsQuery, http: HttpClient): Guard {
  let requests = 0
  let rate: ReturnType<typeof readRateLimit>
  let firstAnswerMs: number | undefined

  const request: HttpClient['request'] = async (given) => {
    for (let tries = 0; ; tries++) {
      if (rate !== undefined && rate.remaining <= rate.limit * keptRateShare) {
        throw new ApiProblem(`${explainScarce(rate)}, and a collection leaves the last fifth to other jobs`, {
          isLimit: true,
        })
      }
      if (requests === maxRequests) {
        throw new ApiProblem(`the limit of ${maxRequests} requests was reached (input max-requests)`, { isLimit: true })
      }
      requests++
      const signal = AbortSignal.any([given.signal, AbortSignal.timeout(artifactRequestMs)])
      try {
        const response = await http.request({ ...given, signal })
        rate = readRateLimit(response.headers) ?? rate
        firstAnswerMs ??= parseTime(response.headers.date)
        return response
      } catch (error) {
        if (tries === maxCollectTries || given.signal.aborted) throw error
        await new Promise((resolve) => setTimeout(resolve, networkRetryMs * 2 ** tries))
      }
    }
  }
  return {
    http: { request },
    get requests() {
      return requests
    },
    get firstAnswerMs() {
      return firstAnswerMs
    },
  }
}

function parseRepository(value: unknown): RepositoryFacts[] {
  const { full_name, default_branch, archived, disabled } = (value ?? {}) as { [key: string]: unknown }
  if (typeof full_name !== 'string') return []
  const defaultBranch = typeof default_branch === 'string' ? default_branch : undefined
  return [{ name: full_name, defaultBranch, isOver: archived === true || disabled === true }]
}

function toNames(repository: string): { owner: string; repo: string } {
  const [owner = '', repo = ''] = repository.split('/')
  return { owner, repo }
}

/** Formats a time for GitHub's search. */
function toSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}
