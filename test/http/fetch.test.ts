import { expect, test } from 'vitest'
import { toFetch } from '../../src/http/fetch.ts'
import { fakeClient } from './fake-client.ts'

const { signal } = new AbortController()

test('asks as it is told to', async () => {
  const client = fakeClient(() => ({}))
  await toFetch(client, signal)('http://x/a?b=c', { method: 'POST', headers: { a: 'b' }, body: 'text' })
  expect(client.requests).toEqual([
    { method: 'POST', url: new URL('http://x/a?b=c'), headers: { a: 'b' }, body: 'text', signal },
  ])
})

test('asks with GET by default', async () => {
  const client = fakeClient(() => ({}))
  await toFetch(client, signal)('http://x/')
  expect(client.requests).toEqual([{ method: 'GET', url: new URL('http://x/'), headers: {}, body: undefined, signal }])
})

test.each([
  [199, false],
  [200, true],
  [299, true],
  [300, false],
  [404, false],
])('%d is ok: %s', async (status, ok) => {
  const response = await toFetch(
    fakeClient(() => ({ status, body: '{"a":"ä"}' })),
    signal,
  )('http://x/')
  expect([response.status, response.ok, response.url]).toEqual([status, ok, 'http://x/'])
  expect(await response.text()).toBe('{"a":"ä"}')
  expect(await response.json()).toEqual({ a: 'ä' })
})

test('headers are found by their names, several values joined', async () => {
  const headers = { date: 'now', 'set-cookie': ['a', 'b'] }
  const response = await toFetch(
    fakeClient(() => ({ headers })),
    signal,
  )('http://x/')
  expect([response.headers.get('date'), response.headers.get('set-cookie')]).toEqual(['now', 'a, b'])
  expect(response.headers.get('absent') ?? null).toBeNull()
})

test('no answer rejects', async () => {
  const failing = fakeClient(() => {
    throw new Error('no network')
  })
  await expect(toFetch(failing, signal)('http://x/')).rejects.toThrow('no network')
})

test('an answer that is no JSON rejects when it is taken for some', async () => {
  const response = await toFetch(
    fakeClient(() => ({ body: '<html>' })),
    signal,
  )('http://x/')
  await expect(response.json()).rejects.toThrow(SyntaxError)
})
