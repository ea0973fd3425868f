import { HttpError } from '@influxdata/influxdb-client'
import { describe, expect, test } from 'vitest'
import { createTransport } from '../../../src/storage/influxdb/transport.ts'
import type { InfluxTarget } from '../../../src/storage/target.ts'
import { type FakeAnswer, type FakeClient, fakeClient } from '../../http/fake-client.ts'
import { bodyOf } from '../body.ts'
import { v1, v2, v3 } from '../targets.ts'

const { signal } = new AbortController()

function send(target: InfluxTarget, client: FakeClient, body = 'm f=1'): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'text/plain; charset=utf-8' }
    createTransport(target, client, signal).send(
      '/ignored',
      body,
      { method: 'POST', headers },
      {
        next() {},
        complete: () => resolve(undefined),
        error: reject,
      },
    )
  })
}

const done = () => fakeClient(() => ({ status: 204 }))

describe('requests', () => {
  const login = { username: 'stats', password: 'pä:ss' }
  const basic = `Basic ${Buffer.from('stats:pä:ss').toString('base64')}`

  test.each<[InfluxTarget, url: string, authorization: string | undefined]>([
    [v1, 'http://influx:8086/write?db=ci&precision=ns', undefined],
    [{ ...v1, login } as InfluxTarget, 'http://influx:8086/write?db=ci&precision=ns', basic],
    [
      { ...v1, retentionPolicy: 'a b' } as InfluxTarget,
      'http://influx:8086/write?db=ci&rp=a+b&precision=ns',
      undefined,
    ],
    [
      { ...v1, database: 'a&b=c#d' } as InfluxTarget,
      'http://influx:8086/write?db=a%26b%3Dc%23d&precision=ns',
      undefined,
    ],
    [v2, 'http://influx:8086/api/v2/write?org=acme&bucket=ci&precision=ns', 'Token hidden'],
    [
      { ...v2, org: undefined } as InfluxTarget,
      'http://influx:8086/api/v2/write?bucket=ci&precision=ns',
      'Token hidden',
    ],
    [v3, 'http://influx:8086/api/v2/write?bucket=ci&precision=ns', 'Bearer hidden'],
    [{ ...v3, url: 'https://x/influx/db' }, 'https://x/influx/db/api/v2/write?bucket=ci&precision=ns', 'Bearer hidden'],
  ])('%j', async (target, url, authorization) => {
    const client = done()
    await send(target, client)
    expect(client.requests).toHaveLength(1)
    const [request] = client.requests
    expect([`${request?.url}`, request?.method, request?.signal]).toEqual([url, 'POST', signal])
    expect(request?.headers.authorization).toBe(authorization)
    expect(request?.headers).toMatchObject({ 'content-type': 'text/plain; charset=utf-8', 'user-agent': 'build-stats' })
  })
})

test.each([
  ['x'.repeat(999), false],
  ['x'.repeat(1000), true],
  ['ä'.repeat(499), false],
  ['ä'.repeat(500), true],
])('text %# is compressed: %s', async (text, compressed) => {
  const client = done()
  await send(v2, client, text)
  const [request] = client.requests
  expect(request?.headers['content-encoding']).toBe(compressed ? 'gzip' : undefined)
  expect(request && bodyOf(request)).toBe(text)
  if (compressed) expect(request?.body?.length).toBeLessThan(100)
})

describe('answers', () => {
  test('204 is success', async () => {
    const client = fakeClient(() => ({ status: 204 }))
    await expect(send(v2, client)).resolves.toBeUndefined()
  })

  test.each([200, 301, 400, 429, 500])('%d is an error that knows what the server said', async (status) => {
    const answer: FakeAnswer = {
      status,
      statusText: 'Words',
      headers: { 'retry-after': '7', 'content-type': 'application/json' },
      body: '{"message":"no"}',
    }
    const error = await send(
      v2,
      fakeClient(() => answer),
    ).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(HttpError)
    expect(error).toMatchObject({ statusCode: status, statusMessage: 'Words', body: '{"message":"no"}' })
  })

  test('a page of HTML is no success, whatever its status', async () => {
    const page: FakeAnswer = { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' }
    await expect(
      send(
        v2,
        fakeClient(() => page),
      ),
    ).rejects.toThrow()
  })

  test('a network that fails is an error', async () => {
    const failing = fakeClient(() => {
      throw new Error('no network')
    })
    await expect(send(v2, failing)).rejects.toThrow('no network')
  })
})

test('nothing but writing is supported', () => {
  const transport = createTransport(v2, done(), signal)
  expect(() => transport.request('/', '', { method: 'GET' })).toThrow('Only writing is supported')
  expect(() => transport.iterate('/', '', { method: 'GET' })).toThrow('Only writing is supported')
})
