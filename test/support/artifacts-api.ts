import { exampleRun } from './example-run.ts'
import { type Answer, json, type Loopback, type LoopbackRequest, startLoopback } from './loopback.ts'

export interface StoredArtifact {
  readonly id: number
  readonly name: string
  readonly zip: Buffer
  readonly expired?: boolean
  /** That of the repository itself unless given. */
  readonly headRepositoryId?: number
}

/** Where the artifacts are. */
export interface ArtifactStore {
  list(): readonly StoredArtifact[]
  delete(id: number): void
}

export interface ArtifactsApiOptions {
  /** The only token that is let in. */
  readonly token?: string
  readonly repository?: string
  /** Answers instead, unless it returns undefined. */
  readonly respond?: (request: LoopbackRequest) => Answer | undefined
}

export interface ArtifactsApi extends Loopback {
  /** The store that downloads are redirected to: another host, which takes no token. */
  readonly blobs: Loopback
}

/** The three requests of GitHub's REST API that concern artifacts: list, download, delete. */
export async function startArtifactsApi(
  store: ArtifactStore,
  options: ArtifactsApiOptions = {},
): Promise<ArtifactsApi> {
  const { token = exampleRun.token, repository = exampleRun.repository, respond } = options
  const base = `/repos/${repository}/actions/artifacts`
  const find = (id: string | undefined) => store.list().find((one) => String(one.id) === id)

  const blobs = await startLoopback({
    answer({ path, headers }) {
      if (headers.authorization !== undefined) return { status: 400, body: 'a token that is for others' }
      const zip = find(path.split('/').at(-1))?.zip
      return zip === undefined ? { status: 404 } : { headers: { 'content-type': 'application/zip' }, body: zip }
    },
  })

  function answer(request: LoopbackRequest): Answer {
    const own = respond?.(request)
    if (own !== undefined) return own
    const given = /^(?:bearer|token) (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
    if (given !== token) return json({ message: 'Bad credentials' }, { status: 401 })
    if (request.method === 'GET' && request.path === base) return listPage(request.query)
    const [, id, zip] = /^\/(\d+)(\/zip)?$/.exec(request.path.slice(base.length)) ?? []
    const found = find(id)
    if (found === undefined) return json({ message: 'Not Found' }, { status: 404 })
    if (request.method === 'DELETE' && zip === undefined) {
      store.delete(found.id)
      return { status: 204 }
    }
    if (request.method !== 'GET') return json({ message: 'Not Found' }, { status: 404 })
    if (zip === undefined) return json(toApi(found))
    if (found.expired) return json({ message: 'Artifact has expired' }, { status: 410 })
    return { status: 302, headers: { location: `${blobs.url}/container/${found.id}` } }
  }

  /** Newest first, as GitHub has them. */
  function listPage(query: URLSearchParams): Answer {
    const all = store.list().toSorted((a, b) => b.id - a.id)
    const size = Math.min(Number(query.get('per_page') ?? 30), 100)
    const from = (Number(query.get('page') ?? 1) - 1) * size
    return json({ total_count: all.length, artifacts: all.slice(from, from + size).map(toApi) })
  }

  const server = await startLoopback({ answer })
  const closeServer = server.close
  const close = async () => void (await Promise.all([closeServer(), blobs.close()]))
  return Object.assign(server, { blobs, close })
}

function toApi({ id, name, zip, expired = false, headRepositoryId = exampleRun.repositoryId }: StoredArtifact) {
  return {
    id,
    node_id: `A_${id}`,
    name,
    size_in_bytes: zip.length,
    url: `https://api.github.com/repos/${exampleRun.repository}/actions/artifacts/${id}`,
    archive_download_url: `https://api.github.com/repos/${exampleRun.repository}/actions/artifacts/${id}/zip`,
    expired,
    created_at: '2026-01-02T03:04:05Z',
    expires_at: '2026-04-02T03:04:05Z',
    updated_at: '2026-01-02T03:04:05Z',
    workflow_run: {
      id: exampleRun.runId,
      repository_id: exampleRun.repositoryId,
      head_repository_id: headRepositoryId,
      head_branch: exampleRun.branch,
      head_sha: exampleRun.sha,
    },
  }
}

/** Artifacts in memory. */
export function storeArtifacts(artifacts: readonly StoredArtifact[]): ArtifactStore & { readonly names: string[] } {
  const stored = new Map(artifacts.map((one) => [one.id, one]))
  return {
    list: () => [...stored.values()],
    delete: (id) => void stored.delete(id),
    get names() {
      return [...stored.values()].map(({ name }) => name)
    },
  }
}
