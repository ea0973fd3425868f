import { getEventListeners } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { createHttpClient, type HttpClient, type HttpRequest } from '../../src/http/client.ts'
import { type Answer, type Loopback, type LoopbackRequest, startLoopback } from '../support/loopback.ts'

let server: Loopback
let client: HttpClient
afterEach(async () => {
  await server.close()
})

async function open(answer: Answer | ((request: LoopbackRequest) => Answer), env: NodeJS.ProcessEnv = {}) {
  server = await startLoopback({ answer: typeof answer === 'function' ? answer : () => answer })
  client = createHttpClient(env)
}

const ask = (changes: Partial<HttpRequest> = {}) =>
  client.request({
    method: 'GET',
    url: new URL(`${server.url}/path?a=b`),
    headers: {},
    signal: AbortSignal.timeout(30_000),
    ...changes,
  })

test('a request goes out as it is, and the answer comes back whole', async () => {
  await open({ status: 201, headers: { 'x-a': 'b' }, body: 'ä' })
  const response = await ask({ method: 'POST', headers: { 'x-more': 'yes' }, body: 'tëxt' })
  expect(server.requests).toMatchObject([
    { method: 'POST', path: '/path', headers: { 'x-more': 'yes', 'content-length': '5' }, body: Buffer.from('tëxt') },
  ])
  expect(response).toMatchObject({
    status: 201,
    statusText: 'Created',
    headers: { 'x-a': 'b' },
    body: Buffer.from('ä'),
  })
})

test('bytes are sent as they are', async () => {
  await open({})
  await ask({ method: 'POST', body: new Uint8Array([0, 255]) })
  expect(server.requests[0]?.body).toEqual(Buffer.from([0, 255]))
  expect(server.requests[0]?.headers['content-length']).toBe('2')
})

test.each([204, 301, 404, 500])('%d is an answer, and no redirect is followed', async (status) => {
  await open({ status, headers: { location: '/elsewhere' } })
  expect((await ask()).status).toBe(status)
  expect(server.requests).toHaveLength(1)
})

describe('one connection', () => {
  test('serves requests after each other', async () => {
    await open({ body: 'x' })
    for (let count = 0; count < 5; count++) await ask()
    expect(server.requests).toHaveLength(5)
    expect(server.connections).toBe(1)
  })

  test('keeps no listener of a request, neither on its socket nor on the signal', async () => {
    const warnings: Error[] = []
    const onWarning = (warning: Error) => warnings.push(warning)
    process.on('warning', onWarning)
    const { signal } = new AbortController()
    await open({ body: 'x' })
    for (let count = 0; count < 25; count++) await ask({ signal })
    await delay(10)
    process.off('warning', onWarning)
    expect(getEventListeners(signal, 'abort')).toEqual([])
    expect(warnings).toEqual([])
  })
})

describe('abort', () => {
  test('destroys the socket of a server that never answers', async () => {
    await open({ hang: true })
    await expect(ask({ signal: AbortSignal.timeout(100) })).rejects.toThrow()
    await expect.poll(() => server.connections, { timeout: 10_000 }).toBe(0)
  })

  test('destroys the socket in the middle of an answer', async () => {
    const controller = new AbortController()
    await open({ headers: { 'content-length': '100' }, body: 'only this' })
    const asked = ask({ signal: controller.signal })
    await expect.poll(() => server.requests.length, { timeout: 10_000 }).toBe(1)
    controller.abort(new Error('enough'))
    await expect(asked).rejects.toThrow()
    await expect.poll(() => server.connections, { timeout: 10_000 }).toBe(0)
  })

  test('before the request keeps it from going out', async () => {
    await open({})
    await expect(ask({ signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow('too late')
    expect(server.requests).toEqual([])
    expect(server.connections).toBe(0)
  })
})

describe('no whole answer is an error', () => {
  test.each<[string, Answer, RegExp]>([
    ['a reset', { reset: true }, /ECONNRESET|socket hang up/],
    ['an answer that breaks off', { body: '0123456789', truncateAt: 3 }, /aborted|ECONNRESET/],
  ])('%s', async (_, answer, message) => {
    await open(answer)
    await expect(ask()).rejects.toThrow(message)
  })

  test('a connection that is taken for another protocol', async () => {
    await open({})
    const other = createServer((socket) => {
      socket.on('error', () => {})
      socket.end('HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n')
    })
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    await expect(ask({ url: new URL(`http://127.0.0.1:${port}/`) })).rejects.toThrow(/closed before|hang up/)
    other.close()
  })

  test('more than 8 MiB, without taking it all', async () => {
    await open({ body: Buffer.alloc(64 * 1024 * 1024) })
    await expect(ask()).rejects.toThrow('the answer is longer than 8388608 bytes')
    await expect.poll(() => server.connections, { timeout: 10_000 }).toBe(0)
  })

  test('is cut where that is asked for, and nothing more is taken', async () => {
    await open({ status: 400, body: Buffer.alloc(64 * 1024 * 1024, 'x') })
    const { status, body } = await ask({ maxBodyBytes: 65_536, isCut: true })
    expect([status, body.length]).toEqual([400, 65_536])
    await expect.poll(() => server.connections, { timeout: 10_000 }).toBe(0)
  })

  test('but 8 MiB are read', async () => {
    await open({ body: Buffer.alloc(8 * 1024 * 1024) })
    expect((await ask()).body).toHaveLength(8 * 1024 * 1024)
  })

  test('nobody listens', async () => {
    await open({})
    await server.close()
    await expect(ask()).rejects.toThrow('ECONNREFUSED')
  })

  test('a header that no request can have, whose value is not told', async () => {
    await open({})
    const failed = ask({ headers: { authorization: 'Token hidden\nx' } })
    await expect(failed).rejects.toThrow(/^(?!.*hidden)/s)
    expect(server.requests).toEqual([])
  })
})

describe('a proxy', () => {
  test.each(['HTTP_PROXY', 'http_proxy'])('in %s takes the request', async (name) => {
    await open({ body: 'from the proxy' })
    client = createHttpClient({ [name]: server.url })
    const response = await ask({ url: new URL('http://influx.invalid:8086/write?db=x') })
    expect(response.body.toString()).toBe('from the proxy')
    expect(server.requests[0]?.path).toBe('http://influx.invalid:8086/write')
  })

  test('does not in NO_PROXY', async () => {
    await open({ body: 'direct' })
    client = createHttpClient({ HTTP_PROXY: 'http://127.0.0.1:9', NO_PROXY: '127.0.0.1' })
    expect((await ask()).body.toString()).toBe('direct')
  })
})
