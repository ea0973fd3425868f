import { type Answer, json, type Loopback, type LoopbackRequest, startLoopback } from './loopback.ts'

export interface ResultsServiceOptions {
  /** Under which it is known to jobs: by default its address. */
  readonly url?: string
  /** Of the URL of the place; by default it ends as act's and Gitea's do, in a character that is not escaped. */
  readonly signature?: string
  readonly tls?: { readonly key: string; readonly cert: string }
  /** Answers instead, unless it returns undefined. `kind`: `CreateArtifact`, `block`, `blocklist` or `FinalizeArtifact`. */
  readonly respond?: (kind: string, request: LoopbackRequest) => Answer | undefined
}

export interface ResultsService extends Loopback {
  /** What a job's environment says of it. */
  readonly env: Readonly<Record<string, string>>
  /** Zip files of artifacts whose upload was finished, by name. */
  readonly artifacts: ReadonlyMap<string, Buffer>
}

/** The service that actions/upload-artifact v4 asks for a place, and that place, which is a blob of Azure's. */
export async function startResultsService(options: ResultsServiceOptions = {}): Promise<ResultsService> {
  const { url, tls, respond, signature = 'zZ09_-signature-of-this-url=' } = options
  const artifacts = new Map<string, Buffer>()
  const blocks = new Map<string, Buffer>()
  let blob: Buffer | undefined

  function answer(request: LoopbackRequest): Answer {
    const kind = request.query.get('comp') ?? request.path.split('/').at(-1) ?? ''
    return respond?.(kind, request) ?? serve(kind, request)
  }

  function serve(kind: string, { query, body, headers }: LoopbackRequest): Answer {
    const isSigned = query.has('comp') ? query.get('sig') === signature : headers.authorization === `Bearer ${token}`
    if (!isSigned) return { status: 401 }
    switch (kind) {
      case 'CreateArtifact':
        return json({ ok: true, signedUploadUrl: `${url ?? server.url}/container/blob?sig=${signature}&se=2026-01-02` })
      case 'block':
        blocks.set(query.get('blockid') ?? '', body)
        return { status: 201 }
      case 'blocklist':
        blob = Buffer.concat([...`${body}`.matchAll(/<Latest>(.*?)<\/Latest>/g)].map(([, id = '']) => findBlock(id)))
        return { status: 201 }
      case 'FinalizeArtifact': {
        const { name, size } = JSON.parse(`${body}`) as { name: string; size: string }
        if (blob?.length !== Number(size)) return json({ ok: false })
        artifacts.set(name, blob)
        return json({ ok: true, artifactId: '9007199254740993' })
      }
      default:
        return { status: 404 }
    }
  }

  function findBlock(id: string): Buffer {
    const block = blocks.get(id)
    if (block === undefined) throw new Error(`there is no block ${id}`)
    return block
  }

  const server = await startLoopback({ answer, ...(tls && { tls }) })
  return Object.assign(server, {
    env: {
      ACTIONS_RESULTS_URL: `${url ?? server.url}/`,
      ACTIONS_RUNTIME_TOKEN: token,
      GITHUB_SERVER_URL: 'https://github.com',
    },
    artifacts,
  })
}

/** A JSON web token that nobody signed, with the claim that the client looks for. */
const token = ['{"alg":"none"}', '{"scp":"Actions.Results:run-1:job-1"}', '']
  .map((part) => Buffer.from(part).toString('base64url'))
  .join('.')
