import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

export interface LoopbackRequest {
  readonly method: string
  /** As sent: neither decoded nor normalized, without the query. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  readonly receivedMs: number
}

export interface Answer {
  /** 200 unless given. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  /** How long the server takes to answer. */
  readonly delayMs?: number
  /** Accept the request and never answer. */
  readonly hang?: boolean
  /** Close the connection with a TCP reset instead of answering. */
  readonly reset?: boolean
  /** Send so many bytes of the body, then close the connection. */
  readonly truncateAt?: number
}

export interface LoopbackOptions {
  readonly answer: (request: LoopbackRequest) => Answer | Promise<Answer>
  /** Serves https with this certificate. */
  readonly tls?: { readonly key: string; readonly cert: string }
}

export interface Loopback {
  /** `http://127.0.0.1:<port>`, without a slash at its end. */
  readonly url: string
  readonly port: number
  /** Every request whose body has arrived, in order. */
  readonly requests: readonly LoopbackRequest[]
  /** Sockets that are open now. */
  readonly connections: number
  /** Stops listening and destroys every socket, those of hanging answers too. */
  close(): Promise<void>
}

/** An HTTP server on a free port of 127.0.0.1 that does as its `answer` says; one that throws answers 500. */
export async function startLoopback({ answer, tls }: LoopbackOptions): Promise<Loopback> {
  const requests: LoopbackRequest[] = []
  const sockets = new Set<Socket>()
  const stop = new AbortController()

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(incoming)
    requests.push(request)
    const { delayMs = 0, ...reply } = await answer(request)
    if (delayMs > 0) await delay(delayMs, undefined, { signal: stop.signal })
    send(reply, response)
  }

  const listener = (incoming: IncomingMessage, response: ServerResponse) => {
    serve(incoming, response).catch((error: unknown) => {
      if (response.destroyed || stop.signal.aborted) return
      send({ status: 500, body: `The loopback server failed: ${error}` }, response)
    })
  }
  const server = tls ? createSecureServer(tls, listener) : createServer(listener)
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    requests,
    get connections() {
      return sockets.size
    },
    async close() {
      stop.abort()
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

export function json(value: unknown, answer: Omit<Answer, 'body'> = {}): Answer {
  const headers = { 'content-type': 'application/json; charset=utf-8', ...answer.headers }
  return { ...answer, headers, body: JSON.stringify(value) }
}

async function readRequest(incoming: IncomingMessage): Promise<LoopbackRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const [path = '', ...query] = (incoming.url ?? '').split('?')
  return {
    method: incoming.method ?? '',
    path,
    query: new URLSearchParams(query.join('?')),
    headers: incoming.headers,
    body: Buffer.concat(chunks),
    receivedMs: Date.now(),
  }
}

function send({ status = 200, headers = {}, body = '', hang, reset, truncateAt }: Answer, response: ServerResponse) {
  if (hang) return
  if (reset) {
    response.socket?.resetAndDestroy()
    return
  }
  const bytes = Buffer.from(body)
  // RFC 9110: a 204 has no body, hence no length of one.
  const length = status === 204 ? {} : { 'content-length': String(bytes.length) }
  response.writeHead(status, { ...length, ...headers })
  if (truncateAt === undefined) response.end(bytes)
  else response.write(bytes.subarray(0, truncateAt), () => response.destroy())
}
