import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { type InfluxServer, type InfluxServerOptions, influxError, startInfluxServer } from './influxdb-server.ts'

const LINE = 'build,job=test duration=1.5,number=42i 1767323113000000000'
const V1 = { api: 'v1', database: 'ci', username: 'stats', password: 'pa:ss' } as const
const V2 = { api: 'v2', org: 'acme', bucket: 'ci', token: 't0ken' } as const
const V3 = { api: 'v3', database: 'ci', token: 't0ken' } as const
const V2_PATH = '/api/v2/write?org=acme&bucket=ci&precision=ns'
const TEXT = { 'content-type': 'text/plain; charset=utf-8' }
const TOKEN = { ...TEXT, authorization: 'Token t0ken' }

const servers: InfluxServer[] = []
async function startServer(options: InfluxServerOptions): Promise<InfluxServer> {
  const server = await startInfluxServer(options)
  servers.push(server)
  return server
}
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

describe('a write that is right', () => {
  test.each([
    [V1, '/write?db=ci&precision=ns', `Basic ${btoa('stats:pa:ss')}`],
    [{ ...V1, retentionPolicy: 'year' }, '/write?db=ci&rp=year&precision=ns', `Basic ${btoa('stats:pa:ss')}`],
    [V2, V2_PATH, 'Token t0ken'],
    [V3, '/api/v2/write?bucket=ci&precision=ns', 'Bearer t0ken'],
    [{ ...V2, prefix: '/influx' }, `/influx${V2_PATH}`, 'Token t0ken'],
  ] as const)('is taken: %j', async (options, path, authorization) => {
    const server = await startServer(options)
    const origin = new URL(server.url).origin
    const { status } = await fetch(origin + path, { method: 'POST', headers: { ...TEXT, authorization }, body: LINE })
    expect({ status, violations: server.violations }).toEqual({ status: 204, violations: [] })
    expect(server.lines).toEqual([LINE])
    expect(server.points).toEqual([
      {
        measurement: 'build',
        tags: { job: 'test' },
        fields: { duration: 1.5, number: 42n },
        timeNs: 1767323113000000000n,
      },
    ])
    expect(server.requests[0]).toMatchObject({ method: 'POST', encoding: 'identity', query: { precision: 'ns' } })
  })

  test('is gzip from 1,000 bytes, and may be chunked', async () => {
    const server = await startServer(V2)
    const body = Array.from({ length: 20 }, (_, index) => LINE.replace('test', `test-${index}`)).join('\n')
    const stream = new Blob([gzipSync(body)]).stream()
    const headers = { ...TOKEN, 'content-encoding': 'gzip' }
    const { status } = await fetch(server.url + V2_PATH, { method: 'POST', headers, body: stream, duplex: 'half' })
    expect({ status, violations: server.violations }).toEqual({ status: 204, violations: [] })
    expect(server.requests[0]).toMatchObject({ encoding: 'gzip', lineCount: 20 })
    expect(server.points).toHaveLength(20)
  })
})

describe('a write that is odd', () => {
  const big = `${LINE}\n`.repeat(30)
  test.each<[what: string, request: RequestInit & { path?: string }, status: number, violation: RegExp]>([
    ['a double slash', { path: `/${V2_PATH}` }, 404, /the path is \/\/api\/v2\/write instead of \/api\/v2\/write/],
    ['another method', { method: 'PUT' }, 405, /the method is PUT instead of POST/],
    ['another bucket', { path: V2_PATH.replace('=ci', '=cd') }, 404, /the query's bucket is cd instead of ci/],
    ['no precision', { path: V2_PATH.replace('&precision=ns', '') }, 400, /precision is missing instead of ns/],
    ['a parameter twice', { path: `${V2_PATH}&org=acme` }, 404, /the query's org is acme and acme instead of acme/],
    ['a parameter too many', { path: `${V2_PATH}&rp=` }, 400, /the query's rp is {2}instead of missing/],
    ['no token', { headers: TEXT }, 401, /the authorization is missing/],
    ['the wrong scheme', { headers: { ...TEXT, authorization: 'Bearer t0ken' } }, 401, /the authorization is wrong/],
    [
      'another type',
      { headers: { ...TOKEN, 'content-type': 'text/plain' } },
      400,
      /content-type is text\/plain instead/,
    ],
    [
      'a small body in gzip',
      { headers: { ...TOKEN, 'content-encoding': 'gzip' }, body: gzipSync(LINE) },
      400,
      /is gzip$/,
    ],
    ['a large one that is not', { body: big }, 400, /a body of \d+ bytes is not gzip/],
    [
      'a body that only says so',
      { headers: { ...TOKEN, 'content-encoding': 'gzip' } },
      400,
      /said to be gzip and is not/,
    ],
    ['an empty body', { body: '' }, 400, /the body is empty/],
    ['an empty line', { body: `${LINE}\n\n${LINE}` }, 400, /line 2: the line is empty/],
    ['a broken line', { body: `${LINE}\nbuild duration=NaN 1` }, 400, /line 2: the value of field duration is NaN/],
    ['bytes that are no text', { body: Buffer.from(`${LINE}\xff`, 'latin1') }, 400, /the body is no UTF-8/],
  ])('%s', async (_, { path = V2_PATH, ...init }, expected, violation) => {
    const server = await startServer(V2)
    const { status } = await fetch(server.url + path, { method: 'POST', headers: TOKEN, body: LINE, ...init })
    expect(status).toBe(expected)
    expect(server.violations.join('\n')).toMatch(violation)
    expect(server.points).toEqual([])
  })

  test('5,001 lines', async () => {
    const server = await startServer({ ...V2, keepLines: false })
    const body = gzipSync(Array(5001).fill(LINE).join('\n'))
    await fetch(server.url + V2_PATH, { method: 'POST', headers: { ...TOKEN, 'content-encoding': 'gzip' }, body })
    expect(server.violations).toEqual(['request 0: there are 5001 lines, more than 5000'])
    expect([server.lines.length, server.requests[0]?.lineCount]).toEqual([0, 5001])
  })

  test('never shows a token', async () => {
    const server = await startServer(V2)
    const headers = { ...TEXT, authorization: 'Token other-s3cret' }
    const response = await fetch(server.url + V2_PATH, { method: 'POST', headers, body: LINE })
    expect(await response.json()).toEqual({ code: 'unauthorized', message: 'unauthorized access' })
    expect(server.violations.join()).not.toMatch(/s3cret|t0ken/)
  })
})

describe('answers as the servers do', () => {
  const write = async (server: InfluxServer, path: string, body: string, authorization = 'Token t0ken') => {
    const response = await fetch(server.url + path, { method: 'POST', headers: { ...TEXT, authorization }, body })
    return {
      status: response.status,
      body: (await response.text()) as string,
      version: response.headers.get('x-influxdb-version'),
    }
  }

  test('1.12.4, of a field of another type: the other points are stored', async () => {
    const server = await startServer(V1)
    const basic = `Basic ${btoa('stats:pa:ss')}`
    const lines = 'cover src\\main.ts=90,ok=1 1\ncover src\\main.ts="n/a",ok=2 2\ncover ok=3 3'
    expect(await write(server, '/write?db=ci&precision=ns', lines, basic)).toEqual({
      status: 400,
      version: '1.12.4',
      body: '{"error":"partial write: field type conflict: input field \\"src\\\\\\\\main.ts\\" on measurement \\"cover\\" is type string, already exists as type float dropped=1 for database: ci for retention policy: autogen"}',
    })
    expect(server.points.map(({ timeNs }) => timeNs)).toEqual([1n, 3n])
  })

  test('2.7.12, of a field of another type and of a tag that it keeps for itself', async () => {
    const server = await startServer(V2)
    expect((await write(server, V2_PATH, 'm x=1 1\nm x=3i 2')).body).toBe(
      '{"code":"unprocessable entity","message":"failure writing points to database: partial write: field type conflict: input field \\"x\\" on measurement \\"m\\" is type integer, already exists as type float dropped=1"}',
    )
    expect(await write(server, V2_PATH, 'z9,_field=x v=1 1\nm x=2 3')).toEqual({
      status: 400,
      version: 'v2.7.12',
      body: '{"code":"invalid","message":"unable to parse \'z9,_field=x v=1 1\': cannot use reserved tag key \\"_field\\""}',
    })
    expect(server.points.map(({ timeNs }) => timeNs)).toEqual([1n])
    expect((await write(server, V2_PATH.replace('org=acme&', ''), LINE)).body).toBe(
      '{"code":"invalid","message":"Please provide either orgID or org"}',
    )
  })

  test('InfluxDB 3, of a field of another type', async () => {
    const server = await startServer(V3)
    const path = '/api/v2/write?bucket=ci&precision=ns'
    const { status, body } = await write(server, path, 'm x=1 1\nm x="s" 2', 'Bearer t0ken')
    expect([status, JSON.parse(body)]).toMatchObject([
      400,
      {
        error: 'partial write of line protocol occurred',
        data: [{ line_number: 2, error_message: expect.stringContaining("invalid column type for column 'x'") }],
      },
    ])
  })

  test.each([
    [V1, 200],
    [V2, 200],
    [V3, 400],
  ])('two statements in a request, %j: %d', async (options, status) => {
    const server = await startServer({ ...options, query: () => ({ series: [] }) })
    const ask = (q: string) => fetch(`${server.url}/query?db=ci`, { method: 'POST', body: new URLSearchParams({ q }) })
    const answer = await ask('SELECT a FROM b; SELECT c FROM d')
    expect(answer.status).toBe(status)
    if (status === 400) {
      expect(await answer.json()).toEqual({ error: 'must provide only one InfluxQl statement per query', data: null })
    }
    expect(await (await ask('SELECT a FROM b')).json()).toEqual({ results: [{ statement_id: 0, series: [] }] })
  })
})

describe('answers', () => {
  test('can come from the test, for some requests', async () => {
    const server = await startServer({
      ...V1,
      respond: ({ index }) => (index === 0 ? influxError('v1', 503, 'zu spät') : undefined),
    })
    const headers = { ...TEXT, authorization: `Basic ${btoa('stats:pa:ss')}` }
    const post = () => fetch(`${server.url}/write?db=ci&precision=ns`, { method: 'POST', headers, body: LINE })
    const first = await post()
    expect([first.status, first.headers.get('x-influxdb-error')]).toEqual([503, 'zu sp?t'])
    expect((await post()).status).toBe(204)
    expect([server.lines.length, server.points.length]).toEqual([2, 1])
  })

  test('can hang, until the server closes', async () => {
    const server = await startServer({ ...V3, respond: () => ({ hang: true }) })
    const answer = fetch(server.url, { method: 'POST', body: LINE }).catch((error) => error.message)
    await expect.poll(() => server.requests.length, { timeout: 10_000 }).toBe(1)
    expect(server.connections).toBe(1)
    await server.close()
    expect(await answer).toBe('fetch failed')
    expect(server.points).toEqual([])
  })
})
