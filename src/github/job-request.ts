import type { HttpRequest } from '../http/client.ts'

/** The user agent of @octokit/core: a test compares its request with this one. */
const octokit = 'octokit-core.js/7.0.8'

/** The request that nearly every job sends, byte for byte as Octokit sends it, but without loading Octokit. */
export function toJobRequest(
  { apiUrl, token, owner, repo, jobId }: JobPlace,
  signal: AbortSignal,
  env: Readonly<Record<string, string | undefined>> = process.env,
): HttpRequest {
  const path = ['repos', owner, repo, 'actions', 'jobs', String(jobId)].map(encodeURIComponent).join('/')
  return {
    method: 'GET',
    url: new URL(`${apiUrl}/${path}`),
    headers: {
      accept: 'application/vnd.github.v3+json',
      'user-agent': toUserAgent(env.ACTIONS_ORCHESTRATION_ID?.trim() ?? ''),
      authorization: `${token.split('.').length === 3 ? 'bearer' : 'token'} ${token}`,
    },
    signal,
  }
}

export interface JobPlace {
  readonly apiUrl: string
  readonly token: string
  readonly owner: string
  readonly repo: string
  readonly jobId: number
}

/** @param orchestration GitHub's id of the run, on runners that have one */
function toUserAgent(orchestration: string): string {
  const agent = `${octokit} Node.js/${Number.parseInt(process.versions.node, 10)}`
  if (orchestration === '') return agent
  return `actions_orchestration_id/${orchestration.replace(/[^a-z0-9_.-]/gi, '_')} ${agent}`
}
