import { afterAll, describe, expect, test } from 'vitest'
import { openArtifacts } from '../../src/github/artifacts.ts'
import { createHttpClient } from '../../src/http/client.ts'
import { type Answer, json, type Loopback, type LoopbackRequest, startLoopback } from '../support/loopback.ts'

const opened: Loopback[] = []
afterAll(async () => {
  await Promise.all(opened.map((server) => server.close()))
})

const artifact = { id: 7, name: 'build-stats-unsent-1-1-0', bytes: 3, isOwn: true }

async function open(answer: (request: LoopbackRequest) => Answer, signal = new AbortController().signal) {
  const server = await startLoopback({ answer })
  opened.push(server)
  const query = { token: 'token-0815', apiUrl: server.url, repository: 'octo-org/octo-repo' }
  return { server, artifacts: await openArtifacts(query, createHttpClient({}), signal) }
}

const ignore = () => {}

describe('a list', () => {
  const run = { repository_id: 1, head_repository_id: 1 }
  const one = (id: number, more: object = {}) => ({
    ...{ id, name: `wanted-${id}`, size_in_bytes: 9, expired: false, workflow_run: run },
    ...more,
  })

  test('has the artifacts of a prefix, oldest first, and whose they are', async () => {
    const all = [
      one(9, { workflow_run: { repository_id: 1, head_repository_id: 2 } }),
      one(8, { name: 'other' }),
      one(7, { expired: true }),
      one(6, { workflow_run: null }),
      one(5, { workflow_run: {} }),
      one(4),
    ]
    const { artifacts } = await open(() => json({ total_count: all.length, artifacts: all }))
    const { artifacts: found, isCut } = await artifacts.list('wanted-', ignore)
    expect(isCut).toBe(false)
    expect(found.map(({ id, isOwn, bytes }) => [id, isOwn, bytes])).toEqual([
      [4, true, 9],
      [5, false, 9],
      [6, false, 9],
      [9, false, 9],
    ])
  })

  test('that shifts while it is read has each once', async () => {
    const { artifacts } = await open(({ query }) => {
      const ids = query.get('page') === '1' ? [9, 8, 7] : query.get('page') === '2' ? [7, 6] : []
      return json({ total_count: 5, artifacts: ids.map((id) => one(id)) })
    })
    const seen: number[] = []
    const { artifacts: found } = await artifacts.list('wanted-', (count) => seen.push(count))
    expect([found.map(({ id }) => id), seen]).toEqual([
      [6, 7, 8, 9],
      [3, 5],
    ])
  })

  test('that has no end is cut', async () => {
    let requests = 0
    const { artifacts } = await open(() => json({ total_count: 1_000_000, artifacts: [one(++requests)] }))
    const { artifacts: found, isCut } = await artifacts.list('wanted-', ignore)
    expect([found.length, isCut, requests]).toEqual([100, true, 100])
  })

  test.each([
    [{ body: '<html>' }, /not answer with a list of artifacts/],
    [{ body: '{"artifacts": {}}' }, /not answer with a list of artifacts/],
    [{ status: 401, body: '{"message":"Bad credentials"}' }, /does not accept the token \(401\)/],
    [{ status: 404, body: '{"message":"Not Found"}' }, /\(404\); give the job `permissions: actions: read`/],
    [{ status: 429, body: '{"message":"slow down"}' }, /rate limit is used up \(429\)/],
    [{ reset: true }, /ECONNRESET|hang up/],
  ])('%o is an error in words', async (answer, why) => {
    const { artifacts } = await open(() => answer)
    await expect(artifacts.list('wanted-', ignore)).rejects.toThrow(why)
  })
})

describe('a download', () => {
  test('follows redirects, with the token for the first request alone', async () => {
    const { server, artifacts } = await open(({ path }) => {
      if (path.endsWith('/zip')) return { status: 302, headers: { location: '/first?sig=1' } }
      return path === '/first' ? { status: 307, headers: { location: '/second' } } : { body: 'zip' }
    })
    expect(String(await artifacts.download(artifact, 10))).toBe('zip')
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
      'token token-0815',
      undefined,
      undefined,
    ])
  })

  test.each([
    ['another scheme', 'file:///etc/passwd', /an invalid address/],
    ['no address', 'http://', /an invalid address/],
    ['itself', '/repos/octo-org/octo-repo/actions/artifacts/7/zip', /redirected more than 3 times/],
  ])('that is sent on to %s ends', async (_name, location, why) => {
    const { artifacts, server } = await open(() => ({ status: 302, headers: { location } }))
    await expect(artifacts.download(artifact, 10)).rejects.toThrow(why)
    expect(server.requests.length).toBeLessThan(5)
  })

  test.each([
    [{ status: 410 }, /expired/],
    [{ status: 403 }, /\(403\); give the job/],
    [{ status: 500 }, /500/],
    [{ status: 302 }, /302/],
    [{ body: 'longer than ten bytes' }, /longer than 10 bytes/],
    [{ body: 'cut off', truncateAt: 3 }, /aborted/],
  ])('%o is an error in words', async (answer, why) => {
    const { artifacts } = await open(() => answer)
    await expect(artifacts.download(artifact, 10)).rejects.toThrow(why)
  })

  test('that takes too long is ended', async () => {
    const { artifacts } = await open(() => ({ hang: true }), AbortSignal.timeout(50))
    await expect(artifacts.download(artifact, 10)).rejects.toThrow('did not answer in time')
  })
})

test.each([
  [{ status: 204 }, undefined],
  [{ status: 404, body: '{"message":"Not Found"}' }, undefined],
  [{ status: 410 }, undefined],
  [
    { status: 403, body: '{"message":"Resource not accessible"}' },
    /does not allow artifacts to be deleted .*actions: write/,
  ],
  [{ status: 302, headers: { location: '/elsewhere' } }, /GitHub answered the request to delete it with 302/],
  [{ status: 200, body: '<html>Log in</html>' }, /GitHub answered the request to delete it with 200/],
])('a deletion that is answered with %o', async (answer, why) => {
  const { artifacts, server } = await open(() => answer)
  const deleting = artifacts.delete(artifact)
  if (why === undefined) await deleting
  else await expect(deleting).rejects.toThrow(why)
  expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'DELETE /repos/octo-org/octo-repo/actions/artifacts/7',
  ])
})
