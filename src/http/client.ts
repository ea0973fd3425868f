import { Agent, type IncomingHttpHeaders, type RequestOptions, request as requestHttp } from 'node:http'
import { maxAnswerBytes, maxShortAnswerBytes } from '../limits.ts'
import { bypassesProxy } from './no-proxy.ts'

export interface HttpRequest {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array | undefined
  /** Accepts headers with control characters: InfluxDB 1.x repeats text that it could not parse in a header. */
  readonly isLenient?: boolean
  /** Aborting destroys the socket. */
  readonly signal: AbortSignal
  /** The most bytes of an answer, 8 MiB by default. Of an error's answer, only the first 64 KiB are read. */
  readonly maxBodyBytes?: number
  /** Whether a longer answer is cut there instead of being an error. */
  readonly isCut?: boolean
  /** Called when the whole request has been sent. */
  readonly onSent?: () => void
  /** Called when the first byte of the answer arrives. */
  readonly onByte?: () => void
}

export interface HttpResponse {
  readonly status: number
  readonly statusText: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** All requests of this process, to InfluxDB and GitHub, go through this client. */
export interface HttpClient {
  /** @throws Error if there is no complete answer: network errors, aborts, answers that are too long. A redirect is an answer. */
  request(request: HttpRequest): Promise<HttpResponse>
}

/**
 * A client over node:http that honours HTTP_PROXY, HTTPS_PROXY and NO_PROXY of `env` (Node 24.5), and NODE_EXTRA_CA_CERTS.
 * TLS is loaded with the first https URL only: loading it takes longer than a request on a local network.
 */
export function createHttpClient(env: NodeJS.ProcessEnv): HttpClient {
  // NO_PROXY is evaluated here, because Node's agents interpret it differently from curl and the runner.
  const proxyEnv = { ...env, NO_PROXY: '', no_proxy: '' }
  const agents = new Map<string, Agent>()

  function open(url: URL): [typeof requestHttp, Agent] {
    const https = url.protocol === 'https:' ? process.getBuiltinModule('node:https') : undefined
    const isDirect = bypassesProxy(url, env)
    const key = `${url.protocol} ${isDirect}`
    let agent = agents.get(key)
    if (agent === undefined) {
      agent = new (https?.Agent ?? Agent)({ keepAlive: true, ...(isDirect ? {} : { proxyEnv }) })
      agents.set(key, agent)
    }
    return [https?.request ?? requestHttp, agent]
  }

  return {
    async request(given) {
      const { method, url, headers, body, signal, isLenient = false } = given
      signal.throwIfAborted()
      const [request, agent] = open(url)
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
      return await send(
        request,
        url,
        { method, headers: { ...headers, ...length }, agent, insecureHTTPParser: isLenient },
        given,
      )
    },
  }
}

/** The same client, and a promise that resolves when its first request has been sent. */
export function watchSent(http: HttpClient): { http: HttpClient; sent: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { http: { request: (request) => http.request({ ...request, onSent: resolve }) }, sent: promise }
}

function send(
  request: typeof requestHttp,
  url: URL,
  options: RequestOptions,
  { body, signal, maxBodyBytes = maxAnswerBytes, isCut = false, onSent, onByte }: HttpRequest,
): Promise<HttpResponse> {
  let abort = () => {}
  const response = new Promise<HttpResponse>((resolve, reject) => {
    let isAnswered = false
    const outgoing = request(url, options, (incoming) => {
      isAnswered = true
      const { statusCode: status = 0, statusMessage: statusText = '', headers } = incoming
      const isError = status < 200 || status >= 300
      const maxBytes = isError ? Math.min(maxShortAnswerBytes, maxBodyBytes) : maxBodyBytes
      const chunks: Buffer[] = []
      let length = 0
      const end = () => resolve({ status, statusText, headers, body: Buffer.concat(chunks).subarray(0, maxBytes) })
      incoming.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        length += chunk.length
        if (length <= maxBytes) return
        if (isError || isCut) end()
        incoming.destroy(new Error(`the answer is longer than ${maxBytes} bytes`))
      })
      incoming.on('error', reject)
      incoming.on('end', end)
    })
    if (onSent !== undefined) outgoing.once('finish', onSent)
    if (onByte !== undefined) outgoing.once('socket', (socket) => socket.once('data', onByte))
    outgoing.on('error', reject)
    // An answer that upgrades the connection to another protocol ends it without an error.
    outgoing.on('close', () => {
      if (!isAnswered) reject(new Error('the connection was closed before there was an answer'))
    })
    outgoing.end(body)
    // Not the option `signal` of Node's requests, which adds a listener to each of their streams.
    abort = () =>
      outgoing.destroy(new DOMException('The request was aborted', { name: 'AbortError', cause: signal.reason }))
    signal.addEventListener('abort', abort)
    if (signal.aborted) abort()
  })
  return response.finally(() => signal.removeEventListener('abort', abort))
}
