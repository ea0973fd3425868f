import { Agent, get, request } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { type Loopback, startLoopback } from './loopback.ts'
import { type ProxyOptions, type ProxyServer, startProxy } from './proxy.ts'

const open: (Loopback | ProxyServer)[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

const HOST = 'influx.example.com:8086'

/** An origin that only the proxy can find. */
async function startBoth(options: ProxyOptions = {}): Promise<{ origin: Loopback; proxy: ProxyServer }> {
  const origin = await startLoopback({ answer: ({ body }) => ({ status: 201, body: `got ${body}` }) })
  const proxy = await startProxy({ routes: { [HOST]: { host: '127.0.0.1', port: origin.port } }, ...options })
  open.push(origin, proxy)
  return { origin, proxy }
}

function post(url: string, agent: Agent): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    request(url, { method: 'POST', agent }, async (response) =>
      resolve({ status: response.statusCode, body: await text(response) }),
    )
      .on('error', reject)
      .end('line')
  })
}

test('a request in absolute form is passed on', async () => {
  const { origin, proxy } = await startBoth({ auth: { username: 'me', password: 'p@ss' } })
  const agent = new Agent({ proxyEnv: { HTTP_PROXY: proxy.urlWithAuth } })
  expect(await post(`http://${HOST}/write?db=ci`, agent)).toEqual({ status: 201, body: 'got line' })
  expect(proxy.requests).toMatchObject([{ kind: 'forward', target: `http://${HOST}/write?db=ci`, letIn: true }])
  expect(origin.requests[0]).toMatchObject({ path: '/write', headers: { host: HOST } })
  expect(origin.requests[0]?.headers).not.toHaveProperty('proxy-authorization')
})

test('one without credentials is not', async () => {
  const { origin, proxy } = await startBoth({ auth: { username: 'me', password: 'p@ss' } })
  const agent = new Agent({ proxyEnv: { HTTP_PROXY: proxy.url } })
  expect((await post(`http://${HOST}/write`, agent)).status).toBe(407)
  expect([proxy.requests[0]?.letIn, origin.requests.length]).toEqual([false, 0])
})

test('a tunnel carries whatever is put in', async () => {
  const { origin, proxy } = await startBoth()
  const socket = connect(proxy.port, '127.0.0.1')
  socket.write(`CONNECT ${HOST} HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`)
  socket.write('GET /through HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
  const received = await text(socket)
  expect(received).toMatch(/^HTTP\/1.1 200 Connection Established\r\n\r\nHTTP\/1.1 201 Created/)
  expect(proxy.requests).toMatchObject([{ kind: 'connect', target: HOST, letIn: true }])
  expect(origin.requests[0]?.path).toBe('/through')
})

test('a tunnel needs credentials too', async () => {
  const { proxy } = await startBoth({ auth: { username: 'me', password: 'p@ss' } })
  const socket = connect(proxy.port, '127.0.0.1')
  socket.write(`CONNECT ${HOST} HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`)
  expect(await text(socket)).toContain('HTTP/1.1 407 ')
})

test('what the proxy cannot reach or understand is an error', async () => {
  const proxy = await startProxy()
  open.push(proxy)
  const agent = new Agent({ proxyEnv: { HTTP_PROXY: proxy.url } })
  expect((await post('http://127.0.0.1:9/', agent)).status).toBe(502)
  expect((await post(`${proxy.url}/direct`, new Agent())).status).toBe(400)
})

test('a proxy may hang, until it closes', async () => {
  const { proxy } = await startBoth({ hang: true })
  const failed = new Promise((resolve) => get(proxy.url).on('error', resolve))
  await expect.poll(() => proxy.requests.length, { timeout: 10_000 }).toBe(1)
  await proxy.close()
  expect(await failed).toMatchObject({ code: 'ECONNRESET' })
})
