import type { HttpClient, HttpResponse } from '../http/client.ts'
import { toFetch } from '../http/fetch.ts'
import { artifactDownloadMs, artifactRequestMs, maxArtifactPages, maxArtifactRedirects } from '../limits.ts'

/** An artifact of a workflow run that has not expired. */
export interface Artifact {
  readonly id: number
  readonly name: string
  readonly bytes: number
  /** Whether a run of this repository made it. Runs for a fork's pull request belong here too, and may use any artifact name. */
  readonly isOwn: boolean
}

export interface ArtifactList {
  /** Oldest first. */
  readonly artifacts: readonly Artifact[]
  /** Whether the repository has more artifacts than were listed. */
  readonly isCut: boolean
}

/** The artifacts of a repository in the REST API. Failures are errors with a reason and a remedy. */
export interface Artifacts {
  /** @param onPage receives the number of artifacts that were listed, and the total */
  list(prefix: string, onPage: (seen: number, total: number) => void): Promise<ArtifactList>
  /** The zip file of an artifact. */
  download(artifact: Artifact, maxBytes: number): Promise<Buffer>
  /** Deletes it; it is not an error if it no longer exists. */
  delete(artifact: Artifact): Promise<void>
}

export interface ArtifactQuery {
  readonly token: string
  readonly apiUrl: string
  readonly repository: string
}

/** The part of an artifact in the REST API that is used here. */
interface ApiArtifact {
  readonly id: number
  readonly name: string
  readonly size_in_bytes: number
  readonly expired: boolean
  readonly workflow_run?: { readonly repository_id?: number; readonly head_repository_id?: number } | null
}

export async function openArtifacts(query: ArtifactQuery, http: HttpClient, signal: AbortSignal): Promise<Artifacts> {
  const { openOctokit } = await import('./octokit.ts')
  const within = (ms: number) => AbortSignal.any([signal, AbortSignal.timeout(ms)])
  const fetch: ReturnType<typeof toFetch> = (url, options) => toFetch(http, within(artifactRequestMs))(url, options)
  const rest = openOctokit(query.token, query.apiUrl, fetch)
  const [owner = '', repo = ''] = query.repository.split('/')

  async function list(prefix: string, onPage: (seen: number, total: number) => void): Promise<ArtifactList> {
    // By id, because pages shift when an artifact is created meanwhile.
    const found = new Map<number, Artifact>()
    let seen = 0
    for (let page = 1; page <= maxArtifactPages; page++) {
      const { data } = await rest.actions.listArtifactsForRepo({ owner, repo, per_page: 100, page })
      if (!Array.isArray(data?.artifacts)) throw new Error('GitHub did not answer with a list of artifacts')
      for (const one of data.artifacts as ApiArtifact[]) {
        if (String(one?.name).startsWith(prefix) && !one.expired) found.set(one.id, toArtifact(one))
      }
      seen += data.artifacts.length
      onPage(seen, data.total_count)
      if (data.artifacts.length === 0 || seen >= data.total_count) return { artifacts: sort(found), isCut: false }
    }
    return { artifacts: sort(found), isCut: true }
  }

  async function download({ id }: Artifact, maxBytes: number): Promise<Buffer> {
    let url = new URL(`${query.apiUrl}/repos/${owner}/${repo}/actions/artifacts/${id}/zip`)
    const end = within(artifactDownloadMs)
    // GitHub redirects to a store whose URL authorises the request. That store must not receive the token.
    let headers: Record<string, string> = {
      authorization: `token ${query.token}`,
      accept: 'application/vnd.github+json',
    }
    for (let redirects = 0; redirects <= maxArtifactRedirects; redirects++) {
      const given = { 'user-agent': 'build-stats', ...headers }
      const response = await http.request({ method: 'GET', url, headers: given, signal: end, maxBodyBytes: maxBytes })
      if (response.status === 200) return response.body
      url = findRedirect(response, url)
      headers = {}
    }
    throw new Error(`GitHub redirected more than ${maxArtifactRedirects} times`)
  }

  return {
    list: (prefix, onPage) => explained('listed', () => list(prefix, onPage)),
    download: (artifact, maxBytes) => explained('downloaded', () => download(artifact, maxBytes)),
    delete: (artifact) =>
      explained('deleted', async () => {
        try {
          const { status } = await rest.actions.deleteArtifact({ owner, repo, artifact_id: artifact.id })
          // A redirect does not delete anything.
          if (Number(status) !== 204) throw new Error(`GitHub answered the request to delete it with ${status}`)
        } catch (error) {
          const { status } = error as { status?: number }
          if (status !== 404 && status !== 410) throw error
        }
      }),
  }
}

function toArtifact({ id, name, size_in_bytes, workflow_run }: ApiArtifact): Artifact {
  const repository = workflow_run?.repository_id
  const isOwn = repository !== undefined && repository === workflow_run?.head_repository_id
  return { id, name, bytes: size_in_bytes, isOwn }
}

function sort(artifacts: ReadonlyMap<number, Artifact>): Artifact[] {
  return [...artifacts.values()].sort((a, b) => a.id - b.id)
}

/** The target of a redirect. A request by HTTPS is not redirected to plain HTTP. */
function findRedirect({ status, statusText, headers }: HttpResponse, from: URL): URL {
  const { location } = headers
  if (status < 300 || status >= 400 || location === undefined) {
    throw Object.assign(new Error(`it answered ${status} ${statusText}`), { status })
  }
  const url = URL.parse(location, from.href)
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && from.protocol === 'http:')
  if (url === null || !isSafe) throw new Error('GitHub redirected to an invalid address')
  return url
}

/** Turns statuses and network errors into messages for the owner of the job. */
async function explained<T>(verb: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    throw new Error(explain(error, verb), { cause: error })
  }
}

function explain(error: unknown, verb: string): string {
  const { status, message, cause } = error as { status?: number; message?: string; cause?: unknown }
  const { name } = (cause instanceof Error ? cause : error) as Error
  const permission = `give the job \`permissions: actions: ${verb === 'deleted' ? 'write' : 'read'}\``
  if (status === 401)
    return 'GitHub does not accept the token (401); leave the input github-token out, or give a valid one'
  if (status === 429 || (status === 403 && /rate limit/i.test(message ?? '')))
    return `GitHub's rate limit is used up (${status}); run the replay later`
  if (status === 403 || status === 404)
    return `the token does not allow artifacts to be ${verb} (${status}); ${permission}`
  if (status === 410) return 'the artifact has expired'
  if (name === 'TimeoutError' || name === 'AbortError') return 'GitHub did not answer in time'
  return message ?? String(error)
}
