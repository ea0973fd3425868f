import { Agent, type IncomingHttpHeaders, type RequestOptions, request as requestHttp } from 'node:http'

export interface HttpRequest {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array | undefined
  /** Takes headers with control characters: InfluxDB 1.x repeats there what it could not parse. */
  readonly isLenient?: boolean
  /** Aborting destroys the socket. */
  readonly signal: AbortSignal
  /** What an answer may be long; 8 MiB unless given. */
  readonly maxBodyBytes?: number
  /** Whether an answer that is longer is cut there; otherwise it is an error. */
  readonly cutsBody?: boolean
}

export interface HttpResponse {
  readonly status: number
  readonly statusText: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** The one way out of this process: InfluxDB and GitHub are both spoken to through it. */
export interface HttpClient {
  /** @throws Error when there is no whole answer: network, abort, an answer that is too long. Redirects are answers. */
  request(request: HttpRequest): Promise<HttpResponse>
  /** Closes idle connections, so that the process can end. */
  close(): void
}

const defaultMaxBodyBytes = 8 * 1024 * 1024

/**
 * A client over node:http that honours HTTP_PROXY, HTTPS_PROXY and NO_PROXY of `env` (Node 24.5), and NODE_EXTRA_CA_CERTS.
 * TLS is loaded with the first https URL only: loading it takes longer than a request on a local network.
 */
export function createHttpClient(env: NodeJS.ProcessEnv): HttpClient {
  const agentOptions = { keepAlive: true, proxyEnv: env }
  const agents: Agent[] = []
  let plain: Agent | undefined
  let secure: Promise<[typeof requestHttp, Agent]> | undefined

  function openPlain(): [typeof requestHttp, Agent] {
    if (plain === undefined) {
      plain = new Agent(agentOptions)
      agents.push(plain)
    }
    return [requestHttp, plain]
  }

  async function openSecure(): Promise<[typeof requestHttp, Agent]> {
    const https = await import('node:https')
    const agent = new https.Agent(agentOptions)
    agents.push(agent)
    return [https.request, agent]
  }

  return {
    async request(asked) {
      const { method, url, headers, body, signal, isLenient = false } = asked
      signal.throwIfAborted()
      if (url.protocol === 'https:') secure ??= openSecure()
      const [request, agent] = url.protocol === 'https:' && secure ? await secure : openPlain()
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
      return await send(
        request,
        url,
        { method, headers: { ...headers, ...length }, agent, signal, insecureHTTPParser: isLenient },
        asked,
      )
    },
    close() {
      for (const agent of agents) agent.destroy()
    },
  }
}

function send(
  request: typeof requestHttp,
  url: URL,
  options: RequestOptions,
  { body, maxBodyBytes = defaultMaxBodyBytes, cutsBody = false }: HttpRequest,
): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    let isAnswered = false
    const outgoing = request(url, options, (incoming) => {
      isAnswered = true
      const chunks: Buffer[] = []
      let length = 0
      const end = () =>
        resolve({
          status: incoming.statusCode ?? 0,
          statusText: incoming.statusMessage ?? '',
          headers: incoming.headers,
          body: Buffer.concat(chunks).subarray(0, maxBodyBytes),
        })
      incoming.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        length += chunk.length
        if (length <= maxBodyBytes) return
        if (cutsBody) end()
        incoming.destroy(cutsBody ? undefined : new Error(`the answer is longer than ${maxBodyBytes} bytes`))
      })
      incoming.on('error', reject)
      incoming.on('end', end)
    })
    outgoing.on('error', reject)
    // An answer that takes the connection for another protocol ends it without an error.
    outgoing.on('close', () => {
      if (!isAnswered) reject(new Error('the connection was closed before there was an answer'))
    })
    outgoing.end(body)
  })
}
