import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { makeCertificate } from './certificate.ts'
import { influxError, startInfluxServer } from './influxdb-server.ts'
import { type Answer, startLoopback } from './loopback.ts'

/** Takes a server that is to be closed in the end. */
export type Closing = <T extends { close(): Promise<void> }>(server: T) => T

export interface Misbehaving {
  readonly url: string
  readonly count: () => number
  /** Of the job. */
  readonly env?: Readonly<Record<string, string>>
}

/** What a server does to each request, and what becomes of it (DESIGN.md, "When things go wrong"). */
export interface Misbehaviour {
  /** Starts it and gives its url, and how many requests it was sent. */
  readonly start: (closing: Closing) => Promise<Misbehaving>
  /** `again`: until the timeout. `once`: the same lines never again. */
  readonly tries: 'again' | 'once'
  /** What the warning says beside how many points it is about. */
  readonly told: RegExp
}

const answering = (answer: Answer | (() => Answer)) => async (closing: Closing) => {
  const server = closing(await startLoopback({ answer: () => (typeof answer === 'function' ? answer() : answer) }))
  return { url: server.url, count: () => server.requests.length }
}
const saying = (status: number, message = 'no', headers: Record<string, string> = {}) => {
  const answer = influxError('v1', status, message)
  return answering({ ...answer, headers: { ...answer.headers, ...headers } })
}

/** A server of bytes: what it is sent makes no difference. */
const speaking = (speak: (socket: Socket) => void) => async (closing: Closing) => {
  let count = 0
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('data', () => {
      count++
      speak(socket)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing({
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  })
  const address = server.address()
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, count: () => count }
}

/** Its socket listens, and a process that never runs on owns it: connections wait for ever, and the next not even that. */
export async function startBlackhole(closing: Closing): Promise<{ url: string; count: () => number }> {
  const script = `
    const server = require('node:net').createServer()
    server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
      require('node:fs').writeSync(1, String(server.address().port))
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
    })`
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] })
  const [port] = await once(child.stdout, 'data')
  const sockets = Array.from({ length: 4 }, () => connect(Number(port), '127.0.0.1').on('error', () => {}))
  closing({
    close: async () => {
      for (const socket of sockets) socket.destroy()
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  })
  return { url: `http://127.0.0.1:${port}`, count: () => 1 }
}

/** Says one thing after the other, for as long as somebody listens. */
const trickling = (head: string, ms: number, piece = 'x') =>
  speaking((socket) => {
    const timer = setInterval(() => socket.write(piece), ms)
    socket.once('close', () => clearInterval(timer))
    socket.write(head)
  })

/** As fast as the reader takes it. */
const flooding = (head: string) =>
  speaking((socket) => {
    const piece = Buffer.alloc(64 * 1024, 'x')
    const flood = () => {
      while (socket.write(piece));
    }
    socket.on('drain', flood)
    socket.write(head)
    flood()
  })

const certified =
  (options: Parameters<typeof makeCertificate>[1], isTrusted = true) =>
  async (closing: Closing): Promise<Misbehaving> => {
    const certificate = closing(makeCertificate(['influx.example.com'], options))
    const server = closing(await startInfluxServer({ api: 'v1', database: 'ci', tls: certificate }))
    return { url: server.url, count: () => 1, ...(isTrusted && { env: { NODE_EXTRA_CA_CERTS: certificate.path } }) }
  }

/** Servers by what they do. */
export const misbehaviours: Record<string, Misbehaviour> = {
  'refuses connections': {
    start: async () => {
      const { url, close } = await startLoopback({ answer: () => ({}) })
      await close()
      return { url, count: () => Number.POSITIVE_INFINITY }
    },
    tries: 'again',
    told: /ECONNREFUSED.*: check that the server is up, and that this runner can reach it; tried \d+ times/,
  },
  'resets the connection': { start: answering({ reset: true }), tries: 'again', told: /ECONNRESET/ },
  'resets it after the headers': {
    start: speaking((socket) => {
      socket.write('HTTP/1.1 500 Oh\r\ncontent-length: 100\r\n\r\n', () => socket.resetAndDestroy())
    }),
    tries: 'again',
    told: /aborted|ECONNRESET/,
  },
  'breaks off in the body': {
    start: answering({ status: 500, body: 'a long story', truncateAt: 3 }),
    tries: 'again',
    told: /aborted|ECONNRESET/,
  },
  'answers 500': { start: saying(500, 'engine: timeout'), tries: 'again', told: /500 .*"engine: timeout"/ },
  'answers 502': { start: saying(502, 'bad gateway'), tries: 'again', told: /502 / },
  'answers 503 and wants a second': {
    start: saying(503, 'starting', { 'retry-after': '1' }),
    tries: 'again',
    told: /503 .*"starting"/,
  },
  'answers 503 and names a time that comes too late': {
    start: answering(() => ({
      status: 503,
      headers: { 'retry-after': new Date(Date.now() + 60_000).toUTCString() },
    })),
    tries: 'once',
    told: /503 .*the server asks to wait (59|60) s, which is longer than the time left/,
  },
  'answers 429': { start: saying(429, 'slow down'), tries: 'again', told: /429 .*limits the rate of requests/ },
  'answers 413, of a single line': { start: saying(413, 'too long'), tries: 'once', told: /413 .*of this size/ },
  'answers 400': { start: saying(400, 'unable to parse'), tries: 'once', told: /400 .*"unable to parse"/ },
  'answers 400 with 900 kB': {
    start: answering({ status: 400, body: JSON.stringify({ error: 'partial write: '.repeat(60_000) }) }),
    tries: 'once',
    told: /400 .*"partial write: partial write: /,
  },
  'answers 401': {
    start: saying(401, 'authorization failed'),
    tries: 'once',
    told: /401 .*check username and password/,
  },
  'answers 403': { start: saying(403, 'forbidden'), tries: 'once', told: /403 .*may not write to the database "ci"/ },
  'answers 404': {
    start: saying(404, 'database not found'),
    tries: 'once',
    told: /404 .*check that the database "ci" exists/,
  },
  'answers 422': { start: saying(422, 'unprocessable'), tries: 'once', told: /422 .*"unprocessable"/ },
  'answers 204 after 100 s': {
    start: answering({ status: 204, delayMs: 100_000 }),
    tries: 'once',
    told: /no answer before/,
  },
  'accepts and never answers': { start: answering({ hang: true }), tries: 'once', told: /no answer before/ },
  'sends a byte of its headers now and then': {
    start: speaking((socket) => {
      const timer = setInterval(() => socket.write('x'), 100)
      socket.once('close', () => clearInterval(timer))
      socket.write('HTTP/1.1 204 No Content\r\nx-endless: ')
    }),
    tries: 'once',
    told: /no answer before/,
  },
  'listens and never accepts': { start: startBlackhole, tries: 'once', told: /no answer before/ },
  'sends a byte a second': {
    start: trickling('HTTP/1.1 204 No Content\r\nx-endless: ', 1000),
    tries: 'once',
    told: /no answer before/,
  },
  'answers 200 without an end': {
    start: flooding('HTTP/1.1 200 OK\r\n\r\n'),
    tries: 'once',
    told: /200 .*is this the url of InfluxDB\?/,
  },
  'answers 500 without an end': { start: flooding('HTTP/1.1 500 Oh\r\n\r\n'), tries: 'again', told: /500 Oh/ },
  'sends headers without an end': {
    start: flooding('HTTP/1.1 204 No Content\r\nx-endless: '),
    tries: 'once',
    told: /the headers of the answer are longer than 16 KiB/,
  },
  'answers 400 at length': {
    start: answering({ status: 400, body: JSON.stringify({ error: 'partial write: '.repeat(60_000) }) }),
    tries: 'once',
    told: /400 .*partial write: /,
  },
  'names a time of 400 digits': {
    start: saying(503, 'starting', { 'retry-after': '9'.repeat(400) }),
    tries: 'once',
    told: /503 .*the server asks to wait more than a day, which is longer than the time left/,
  },
  'has a certificate that nobody knows': {
    start: certified({}, false),
    tries: 'once',
    told: /certificate.*NODE_EXTRA_CA_CERTS/,
  },
  'has a certificate that is over': {
    start: certified({ fromDays: -9, untilDays: -1 }),
    tries: 'once',
    told: /certificate has expired.*renew the server's certificate/,
  },
  'has a certificate of tomorrow': {
    start: certified({ fromDays: 1, untilDays: 9 }),
    tries: 'once',
    told: /certificate is not yet valid.*check this runner's clock/,
  },
  'has a certificate of another host': {
    start: certified({ hasAddress: false }),
    tries: 'once',
    told: /altnames.*use a host name in the url that the certificate contains/,
  },
  'speaks something else than HTTP': {
    start: speaking((socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n')),
    tries: 'once',
    told: /the answer is not HTTP/,
  },
  'redirects elsewhere': {
    start: answering({ status: 307, headers: { location: 'http://127.0.0.1:9/write' } }),
    tries: 'once',
    told: /307 .*redirects are not followed/,
  },
  'redirects to itself': {
    start: answering({ status: 302, headers: { location: '/write' } }),
    tries: 'once',
    told: /302 .*redirects are not followed/,
  },
  'wants a login': {
    start: answering({ status: 200, body: '<html>Log in</html>', headers: { 'content-type': 'text/html' } }),
    tries: 'once',
    told: /200 .*is this the url of InfluxDB\?/,
  },
}
