import { afterEach, expect, test } from 'vitest'
import { type Answer, json, type Loopback, startLoopback } from './loopback.ts'

let server: Loopback | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

async function ask(answer: Answer): Promise<Response> {
  server = await startLoopback({ answer: () => answer })
  return fetch(`${server.url}//a%20b?x=1&x=2`, { method: 'POST', headers: { authorization: 'token t' }, body: 'text' })
}

test('requests are recorded as they came', async () => {
  await ask({})
  expect(server?.requests).toMatchObject([
    { method: 'POST', path: '//a%20b', headers: { authorization: 'token t' }, body: Buffer.from('text') },
  ])
  expect(server?.requests[0]?.query.getAll('x')).toEqual(['1', '2'])
})

test('an answer has status, headers and body, after a while', async () => {
  const started = performance.now()
  const response = await ask(json({ a: 1 }, { status: 422, headers: { 'x-more': 'yes' }, delayMs: 60 }))
  expect(performance.now() - started).toBeGreaterThan(50)
  expect([response.status, response.headers.get('x-more'), await response.json()]).toEqual([422, 'yes', { a: 1 }])
})

test('an answer can break off', async () => {
  const response = await ask({ body: '{"a":1}', truncateAt: 3 })
  await expect(response.text()).rejects.toThrow('terminated')
})

test('a connection can be reset', async () => {
  await expect(ask({ reset: true })).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
})

test('a server that fails says so', async () => {
  server = await startLoopback({
    answer() {
      throw new Error('on purpose')
    },
  })
  expect(await (await fetch(server.url)).text()).toContain('on purpose')
})

test('a delayed answer does not keep a closed server', async () => {
  const response = ask({ delayMs: 60_000 }).catch((error) => error.message)
  await expect.poll(() => server?.requests.length, { timeout: 10_000 }).toBe(1)
  await server?.close()
  expect(await response).toBe('fetch failed')
})
