import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { cutText } from '../build/cut-text.ts'
import { parseJson, toObject } from '../build/json.ts'
import type { HttpClient, HttpRequest, HttpResponse } from '../http/client.ts'
import { zipFiles } from './zip.ts'

/** GitHub's artifact service, whose address and token the runner passes to actions. */
export interface ResultsService {
  readonly url: string
  readonly token: string
}

/** The size of a block; @actions/artifact uses the same. */
const blockBytes = 8 * 1024 * 1024
/** A version of Azure's API that has both requests; @actions/artifact sends the newest that it knows. */
const storageVersion = '2021-12-02'

/** The most characters of a server's message that are quoted. */
const maxWords = 300

const maxAttempts = 5
const firstWaitMs = 250
const transientStatuses = new Set([408, 429, 500, 502, 503, 504])

/**
 * Uploads files of a folder as an artifact of this run, as actions/upload-artifact v4 does: CreateArtifact returns a URL, which
 * accepts the zip in blocks, and FinalizeArtifact closes the artifact. Azure would accept a single Put Blob; the servers of
 * act and Gitea accept only blocks.
 * @throws Error with the reason in one line
 */
export async function uploadFiles(
  name: string,
  folder: string,
  files: readonly string[],
  { url, token }: ResultsService,
  http: HttpClient,
  signal: AbortSignal,
): Promise<void> {
  const ids = { ...readBackendIds(token), name }
  const { signed_upload_url, signedUploadUrl = signed_upload_url } = await call('CreateArtifact', {
    ...ids,
    version: 4,
  })
  if (typeof signedUploadUrl !== 'string')
    throw new Error('the answer to CreateArtifact contains no URL for the upload')
  const hash = createHash('sha256')
  const blocks: string[] = []
  let size = 0
  for await (const block of toBlocks(zipFiles(folder, files))) {
    // Azure requires ids of equal length.
    const id = Buffer.from(`${blocks.length}`.padStart(6, '0')).toString('base64')
    await put(signedUploadUrl, `comp=block&blockid=${id}`, { 'content-type': 'application/octet-stream' }, block)
    blocks.push(id)
    hash.update(block)
    size += block.length
  }
  const list = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><BlockList>${blocks.map((id) => `<Latest>${id}</Latest>`).join('')}</BlockList>`
  const headers = { 'content-type': 'application/xml', 'x-ms-blob-content-type': 'zip' }
  await put(signedUploadUrl, 'comp=blocklist', headers, list)
  await call('FinalizeArtifact', { ...ids, size: `${size}`, hash: `sha256:${hash.digest('hex')}` })

  /** Calls the service, Twirp with JSON: GitHub's answers have snake_case, those of act camelCase. */
  async function call(method: string, message: object): Promise<Record<string, unknown>> {
    const answer = await send({
      method: 'POST',
      url: new URL(`/twirp/github.actions.results.api.v1.ArtifactService/${method}`, url),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(message),
    })
    const json = toObject(parseJson(`${answer.body}`))
    if (!isSuccess(answer))
      throw new Error(`${method} was answered with ${nameStatus(answer)}${explainMessage(json.msg)}`)
    if (json.ok !== true) throw new Error(`${method} was refused`)
    return json
  }

  async function put(to: string, query: string, headers: HttpRequest['headers'], body: string | Buffer): Promise<void> {
    const target = new URL(to)
    // Not through searchParams, which would encode the signature again.
    target.search += `${target.search === '' ? '' : '&'}${query}`
    const answer = await send({
      method: 'PUT',
      url: target,
      headers: { ...headers, 'x-ms-version': storageVersion },
      body,
    })
    if (isSuccess(answer)) return
    const [, words = ''] = /<Message>([^<\r\n]*)/.exec(`${answer.body}`) ?? []
    throw new Error(cutText(words, maxWords) || `the storage of artifacts answered with ${nameStatus(answer)}`)
  }

  /** Sends a request, and repeats it after a temporary failure. */
  async function send(request: Omit<HttpRequest, 'signal'>): Promise<HttpResponse> {
    const headers = { 'user-agent': 'build-stats', ...request.headers }
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = await http.request({ ...request, headers, signal })
        if (attempt === maxAttempts || !transientStatuses.has(answer.status)) return answer
      } catch (error) {
        // If a name has several addresses and all fail, the error only has a code.
        const { message, code = 'unknown error' } = error as NodeJS.ErrnoException
        if (attempt === maxAttempts || signal.aborted) throw new Error(message || code, { cause: error })
      }
      await wait(firstWaitMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2), undefined, { signal })
    }
  }
}

/** The ids of the run and the job for the service: the claim `scp` of the token has `Actions.Results:<run>:<job>`. */
function readBackendIds(token: string): { workflow_run_backend_id: string; workflow_job_run_backend_id: string } {
  const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()
  const [, run, job] = /(?:"| )Actions\.Results:([^:\s"]+):([^:\s"]+)(?= |")/.exec(claims) ?? []
  if (run === undefined || job === undefined) throw new Error('ACTIONS_RUNTIME_TOKEN does not name a run and a job')
  return { workflow_run_backend_id: run, workflow_job_run_backend_id: job }
}

async function* toBlocks(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let parts: Buffer[] = []
  let length = 0
  for await (const chunk of chunks) {
    parts.push(chunk)
    length += chunk.length
    if (length < blockBytes) continue
    yield Buffer.concat(parts)
    parts = []
    length = 0
  }
  if (length > 0) yield Buffer.concat(parts)
}

const isSuccess = ({ status }: HttpResponse) => status >= 200 && status < 300

const nameStatus = ({ status, statusText }: HttpResponse) => `(${status}) ${statusText}`.trim()

/** The service's message, on one line. */
function explainMessage(message: unknown): string {
  if (typeof message !== 'string' || message === '') return ''
  if (message.includes('insufficient usage')) return ': the quota of artifact storage is used up'
  return `: ${cutText(message.split('\n')[0] ?? '', maxWords)}`
}
