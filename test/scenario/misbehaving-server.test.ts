import { createServer, type Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { makeCertificate } from '../support/certificate.ts'
import { influxError, startInfluxServer } from '../support/influxdb-server.ts'
import { type Answer, startLoopback } from '../support/loopback.ts'
import { closing } from './closing.ts'
import { openScenario, textsOf } from './scenario.ts'

const timeout = 2

/** What a server does to each request, and what becomes of it (DESIGN.md, "When things go wrong"). */
interface Row {
  /** Starts it and gives its url, and how many requests it was sent. */
  readonly start: () => Promise<{ url: string; count: () => number }>
  /** `again`: until the timeout. `once`: the same lines never again. */
  readonly tries: 'again' | 'once'
  /** What the warning says beside how many points it is about. */
  readonly told: RegExp
}

const answering = (answer: Answer | (() => Answer)) => async () => {
  const server = closing(await startLoopback({ answer: () => (typeof answer === 'function' ? answer() : answer) }))
  return { url: server.url, count: () => server.requests.length }
}
const saying = (status: number, message = 'no', headers: Record<string, string> = {}) => {
  const answer = influxError('v1', status, message)
  return answering({ ...answer, headers: { ...answer.headers, ...headers } })
}

/** A server of bytes: what it is sent makes no difference. */
const speaking = (speak: (socket: Socket) => void) => async () => {
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

const rows: Record<string, Row> = {
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
    told: /503 .*the server wants (59|60) s of quiet, longer than the input timeout leaves/,
  },
  'answers 429': { start: saying(429, 'slow down'), tries: 'again', told: /429 .*asked too often/ },
  'answers 413, of a single line': { start: saying(413, 'too long'), tries: 'once', told: /413 .*of this size/ },
  'answers 400': { start: saying(400, 'unable to parse'), tries: 'once', told: /400 .*"unable to parse"/ },
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
  'has a certificate that nobody knows': {
    start: async () => {
      const certificate = closing(makeCertificate())
      const server = closing(await startInfluxServer({ api: 'v1', database: 'ci', tls: certificate }))
      return { url: server.url, count: () => 1 }
    },
    tries: 'once',
    told: /certificate.*NODE_EXTRA_CA_CERTS/,
  },
  'speaks something else than HTTP': {
    start: speaking((socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n')),
    tries: 'once',
    told: /what answers there is no HTTP server/,
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

/** How long a phase of a build takes that nothing happens to, on this machine and under its load of the moment. */
async function measureUsualMs(): Promise<number> {
  const server = closing(await startInfluxServer({ api: 'v1', database: 'ci' }))
  const { job, run } = await openScenario({ with: { url: server.url, database: 'ci', file: '', timeout } })
  const { main, post } = await run()
  await job.remove()
  return Math.max(main.durationMs, post.durationMs)
}

describe.concurrent.for(Object.entries(rows))('a server that %s', ([, { start, tries, told }]) => {
  test.for([false, true])('fail-on-error: %s', async (failOnError, { expect }) => {
    const { url, count } = await start()
    const usualMs = await measureUsualMs()
    const { run } = await openScenario({
      with: { url, database: 'ci', file: '', timeout, 'fail-on-error': failOnError },
    })
    const { main, post } = await run()
    expect([main.exitCode, post.exitCode]).toEqual([0, failOnError ? 1 : 0])
    // Main has its say when the job ends.
    expect(main.annotations).toEqual([])
    const [text = '', ...others] = textsOf(post.annotations, failOnError ? 'error' : 'warning')
    expect(others).toEqual([])
    expect(text).toMatch(/^2 of 2 points could not be written to /)
    expect(text).toMatch(told)
    expect(text).toMatch(/2 points are in the log of this job/)
    expect(post.stdout).toMatch(/^# build-stats unsent \{.*\}\nbuild_start,.*\nbuild,.*\n::build-stats-/m)
    // Nothing outlives the timeout by more than a second.
    for (const { durationMs } of [main, post]) expect(durationMs - usualMs).toBeLessThan(timeout * 1000 + 1000)
    if (tries === 'again') expect(count()).toBeGreaterThan(2)
    // Main's line, then both of post: together, and where a request may have been too long, each alone.
    else expect(count()).toBeLessThanOrEqual(/413/.test(told.source) ? 4 : 2)
    if (tries === 'once' && !/before/.test(told.source)) expect(post.durationMs - usualMs).toBeLessThan(timeout * 500)
  })
})

describe('a server that comes to its senses', () => {
  const bad: Record<string, Answer> = {
    'after resets': { reset: true },
    'after 500': { status: 500 },
    'after 502': { status: 502 },
    'after 503, in a second': { status: 503, headers: { 'retry-after': '1' } },
    'after 429': { status: 429, headers: { 'retry-after': '0' } },
    'after it broke off': { status: 500, body: 'a long story', truncateAt: 3 },
  }
  test.for(Object.entries(bad))('%s has all points once', async ([, answer]) => {
    const server = closing(
      await startInfluxServer({
        api: 'v1',
        database: 'ci',
        respond: ({ index }) => (index % 3 < 2 ? answer : undefined),
      }),
    )
    const { run } = await openScenario({ with: { url: server.url, database: 'ci', file: '', timeout: 20 } })
    const { main, post } = await run()
    expect([main.exitCode, post.exitCode, ...main.annotations, ...post.annotations]).toEqual([0, 0])
    expect(server.points.map(({ measurement }) => measurement)).toEqual(['build_start', 'build'])
    expect(server.requests).toHaveLength(6)
  })

  test('waits as long as the server asks', async () => {
    const times: number[] = []
    const respond = ({ index, receivedMs }: { index: number; receivedMs: number }) => {
      times.push(receivedMs)
      return index === 0 ? { status: 503, headers: { 'retry-after': '1' } } : undefined
    }
    const server = closing(await startInfluxServer({ api: 'v1', database: 'ci', respond }))
    const inputs = { url: server.url, database: 'ci', file: '', 'start-point': false }
    await (await openScenario({ with: inputs })).run()
    expect(times).toHaveLength(2)
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(1000)
  })

  test('of a limit to its requests gets them in halves', async () => {
    const respond = ({ lines }: { lines: readonly string[] }) => (lines.length > 40 ? { status: 413 } : undefined)
    const server = closing(await startInfluxServer({ api: 'v1', database: 'ci', respond }))
    const { job, run } = await openScenario({ with: { url: server.url, database: 'ci', file: '' } })
    const { post } = await run(() =>
      job.step('tests', `seq 1000 | sed 's/.*/cases,case=& seconds=&/' >> "$BUILD_STATS"`),
    )
    expect([post.exitCode, ...post.annotations]).toEqual([0])
    const ids = server.points.filter(({ measurement }) => measurement === 'cases').map(({ tags }) => tags.case)
    expect(ids.map(Number)).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1))
  })
})
