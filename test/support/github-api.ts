import type { components, operations } from '@octokit/openapi-types'
import { exampleRun } from './example-run.ts'
import { type Answer, json, type Loopback, type LoopbackRequest, startLoopback } from './loopback.ts'

/** A job as GitHub's OpenAPI description has it. */
export type ApiJob = components['schemas']['job']
type JobList = operations['actions/list-jobs-for-workflow-run-attempt']['responses'][200]['content']['application/json']
type ApiError = Required<Pick<components['schemas']['basic-error'], 'message' | 'documentation_url' | 'status'>>

export interface GitHubApiOptions {
  /** The only job; `exampleJob()` unless this or `jobs` is given. */
  readonly job?: ApiJob
  readonly jobs?: readonly ApiJob[]
  /** The list cut into pages by hand, whatever `per_page` asks for. */
  readonly pages?: readonly (readonly ApiJob[])[]
  /** Every request is answered with this error. */
  readonly status?: keyof typeof ERRORS
  readonly hang?: boolean
  readonly delayMs?: number
  /** What the `Date` of every answer is off this machine's clock. */
  readonly dateSkewMs?: number
  /** The only token that is let in; any, unless given. */
  readonly token?: string
  /** Cuts every answer off after so many bytes. */
  readonly truncateAt?: number
  /** What stands before `/repos`: `/api/v3` on GitHub Enterprise Server. */
  readonly prefix?: string
  /** The only repository there is, `owner/name`; the job runner's own unless given. */
  readonly repository?: string
  /** Answers instead of the rest of the options, unless it returns undefined. */
  readonly respond?: (request: LoopbackRequest) => Answer | undefined
}

const DOCS = 'https://docs.github.com/rest/actions/workflow-jobs#get-a-job-for-a-workflow-run'
const RATE_DOCS = 'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api'

/** GitHub's own words, as an action's log would show them. */
const ERRORS = {
  401: { message: 'Bad credentials', documentation_url: 'https://docs.github.com/rest', status: '401' },
  403: { message: 'Resource not accessible by integration', documentation_url: DOCS, status: '403' },
  404: { message: 'Not Found', documentation_url: DOCS, status: '404' },
  429: { message: 'API rate limit exceeded for installation.', documentation_url: RATE_DOCS, status: '429' },
  500: { message: 'Server Error', documentation_url: DOCS, status: '500' },
  503: { message: 'Service Unavailable', documentation_url: DOCS, status: '503' },
} satisfies Record<number, ApiError>

/** The two requests of GitHub's REST API that tell of jobs. Anything else is a 404, as there. */
export async function startGitHubApi(options: GitHubApiOptions = {}): Promise<Loopback> {
  const { delayMs, hang, truncateAt, dateSkewMs = 0, respond } = options
  const jobs = options.pages?.flat() ?? options.jobs ?? [options.job ?? exampleJob()]
  const server: Loopback = await startLoopback({
    answer(request) {
      const answer = respond?.(request) ?? {
        ...find(request, options, jobs, server.url),
        ...(delayMs !== undefined && { delayMs }),
        ...(hang !== undefined && { hang }),
        ...(truncateAt !== undefined && { truncateAt }),
      }
      const date = new Date(Date.now() + dateSkewMs).toUTCString()
      return { ...answer, headers: { date, 'x-github-media-type': 'github.v3; format=json', ...answer.headers } }
    },
  })
  return server
}

function find(request: LoopbackRequest, options: GitHubApiOptions, jobs: readonly ApiJob[], url: string): Answer {
  if (options.status !== undefined) return fail(options.status)
  const { authorization = '' } = request.headers
  const token = /^(?:bearer|token) (.+)$/i.exec(authorization)?.[1]
  if (options.token !== undefined && token !== options.token) return fail(401)
  if (request.method !== 'GET') return fail(404)
  const base = `${options.prefix ?? ''}/repos/${options.repository ?? exampleRun.repository}/actions`
  if (!request.path.startsWith(`${base}/`)) return fail(404)
  const path = request.path.slice(base.length)

  const jobId = /^\/jobs\/(\d+)$/.exec(path)?.[1]
  const job = jobs.find(({ id }) => String(id) === jobId)
  if (job !== undefined) return json(job)
  const [, runId, attempt] = /^\/runs\/(\d+)\/attempts\/(\d+)\/jobs$/.exec(path) ?? []
  const isOfRun = (one: ApiJob) => String(one.run_id) === runId && String(one.run_attempt) === attempt
  return jobs.some(isOfRun) ? toPage(request, options.pages, jobs.filter(isOfRun), url) : fail(404)
}

function toPage(
  { path, query }: LoopbackRequest,
  pages: GitHubApiOptions['pages'],
  jobs: readonly ApiJob[],
  url: string,
) {
  const size = Math.min(Number(query.get('per_page') ?? 30), 100)
  const count = pages?.length ?? Math.max(1, Math.ceil(jobs.length / size))
  const page = Number(query.get('page') ?? 1)
  const list: JobList = {
    total_count: jobs.length,
    jobs: [...(pages?.[page - 1] ?? (pages ? [] : jobs.slice((page - 1) * size, page * size)))],
  }
  const link = (to: number, rel: string) => {
    const parameters = new URLSearchParams(query)
    parameters.set('page', String(to))
    return `<${url}${path}?${parameters}>; rel="${rel}"`
  }
  const links = [
    ...(page > 1 ? [link(page - 1, 'prev'), link(1, 'first')] : []),
    ...(page < count ? [link(page + 1, 'next'), link(count, 'last')] : []),
  ]
  return json(list, links.length > 0 ? { headers: { link: links.join(', ') } } : {})
}

function fail(status: keyof typeof ERRORS): Answer {
  return json(ERRORS[status], { status })
}

/** The job that the job runner's environment describes, eight seconds in the queue and running since. */
export function exampleJob(overrides: Partial<ApiJob> = {}): ApiJob {
  const api = `https://api.github.com/repos/${exampleRun.repository}`
  return {
    id: exampleRun.jobId,
    run_id: exampleRun.runId,
    run_url: `${api}/actions/runs/${exampleRun.runId}`,
    run_attempt: exampleRun.runAttempt,
    node_id: 'CR_kwDOABPHjc8AAAAK32Z8-Q',
    head_sha: exampleRun.sha,
    url: `${api}/actions/jobs/${exampleRun.jobId}`,
    html_url: `https://github.com/${exampleRun.repository}/actions/runs/${exampleRun.runId}/job/${exampleRun.jobId}`,
    status: 'in_progress',
    conclusion: null,
    created_at: '2026-01-02T03:04:05Z',
    started_at: '2026-01-02T03:04:13Z',
    completed_at: null,
    name: exampleRun.job,
    steps: [
      step(1, 'Set up job', '2026-01-02T03:04:13Z', '2026-01-02T03:04:15Z'),
      step(2, 'Build stats', '2026-01-02T03:04:15Z', '2026-01-02T03:04:16Z'),
      step(3, 'Run npm test', '2026-01-02T03:04:16Z', '2026-01-02T03:05:13Z'),
      step(4, 'Post Build stats', '2026-01-02T03:05:13Z', null),
    ],
    check_run_url: `${api}/check-runs/${exampleRun.jobId}`,
    labels: ['ubuntu-latest'],
    runner_id: 1000000460,
    runner_name: exampleRun.runnerName,
    runner_group_id: 0,
    runner_group_name: 'GitHub Actions',
    workflow_name: exampleRun.workflow,
    head_branch: exampleRun.branch,
    ...overrides,
  } satisfies ApiJob
}

function step(number: number, name: string, startedAt: string, completedAt: string | null) {
  return {
    name,
    number,
    status: completedAt === null ? 'in_progress' : 'completed',
    conclusion: completedAt === null ? null : 'success',
    started_at: startedAt,
    completed_at: completedAt,
  } satisfies NonNullable<ApiJob['steps']>[number]
}
