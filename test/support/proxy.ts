import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

export interface ProxyOptions {
  /** The only credentials that are let in; others, and none, get a 407. */
  readonly auth?: { readonly username: string; readonly password: string }
  /**
   * `host:port` as requests name it to where it is. A name that only this proxy knows (`influx.example.com:8086`) proves that a
   * request came through it.
   */
  readonly routes?: Readonly<Record<string, { readonly host: string; readonly port: number }>>
  /** Accept connections and never answer. */
  readonly hang?: boolean
}

export interface ProxyRequest {
  /** `forward` for an absolute URL, `connect` for a tunnel. */
  readonly kind: 'forward' | 'connect'
  readonly method: string
  /** The absolute URL, or `host:port`. */
  readonly target: string
  readonly headers: IncomingHttpHeaders
  readonly letIn: boolean
}

export interface ProxyServer {
  readonly url: string
  /** With the credentials in it, as HTTP_PROXY takes them. */
  readonly urlWithAuth: string
  readonly port: number
  readonly requests: readonly ProxyRequest[]
  close(): Promise<void>
}

/** A forward proxy on a free port of 127.0.0.1. A request in origin form, which no client sends to a proxy, is a 400. */
export async function startProxy({ auth, routes = {}, hang = false }: ProxyOptions = {}): Promise<ProxyServer> {
  const requests: ProxyRequest[] = []
  const sockets = new Set<Socket>()
  const credentials = auth && `${auth.username}:${auth.password}`
  const expected = credentials && `Basic ${Buffer.from(credentials).toString('base64')}`

  function admit(kind: ProxyRequest['kind'], { method = '', url = '', headers }: IncomingMessage): boolean {
    const letIn = expected === undefined || headers['proxy-authorization'] === expected
    requests.push({ kind, method, target: url, headers, letIn })
    return letIn
  }

  function locate(host: string, port: number) {
    return routes[`${host}:${port}`] ?? { host, port }
  }

  function forward(incoming: IncomingMessage, response: ServerResponse): void {
    const letIn = admit('forward', incoming)
    if (hang) return
    if (!letIn) return void response.writeHead(407, { 'proxy-authenticate': 'Basic realm="proxy"' }).end()
    if (!URL.canParse(incoming.url ?? '')) return void response.writeHead(400).end('The URL is not absolute')
    const target = new URL(incoming.url ?? '')
    const { 'proxy-authorization': _, 'proxy-connection': __, connection: ___, ...headers } = incoming.headers
    const { host, port } = locate(target.hostname, Number(target.port || 80))
    const path = target.pathname + target.search
    const upstream = request({ host, port, path, method: incoming.method, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    upstream.on('error', (error) =>
      response.headersSent ? response.destroy() : response.writeHead(502).end(`${error}`),
    )
    response.on('close', () => upstream.destroy())
    incoming.pipe(upstream)
  }

  function tunnel(incoming: IncomingMessage, client: Socket, head: Buffer): void {
    const letIn = admit('connect', incoming)
    client.on('error', () => client.destroy())
    if (hang) return
    if (!letIn) {
      const lines = ['HTTP/1.1 407 Proxy Authentication Required', 'Proxy-Authenticate: Basic realm="proxy"']
      return void client.end(`${lines.join('\r\n')}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
    }
    const { hostname, port } = new URL(`tcp://${incoming.url}`)
    const upstream = connect(locate(hostname, Number(port)), () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      upstream.write(head)
      upstream.pipe(client)
      client.pipe(upstream)
    })
    upstream.on('error', () => client.destroy())
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
  }

  const server = createServer(forward).on('connect', (incoming, socket, head) =>
    tunnel(incoming, socket as Socket, head),
  )
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const user = auth ? `${encodeURIComponent(auth.username)}:${encodeURIComponent(auth.password)}@` : ''

  return {
    url: `http://127.0.0.1:${port}`,
    urlWithAuth: `http://${user}127.0.0.1:${port}`,
    port,
    requests,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
