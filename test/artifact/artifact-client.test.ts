import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { openUpload } from '../../src/artifact/upload.ts'
import { createHttpClient } from '../../src/http/client.ts'
import { fakeClient } from '../http/fake-client.ts'
import { type Answer, json, type LoopbackRequest } from '../support/loopback.ts'
import { runProcess } from '../support/process.ts'
import { type ResultsService, type ResultsServiceOptions, startResultsService } from '../support/results-service.ts'

const name = 'build-stats-unsent-1-1-0815'
const folder = mkdtempSync(join(tmpdir(), 'build-stats-artifact-'))
afterAll(() => rmSync(folder, { recursive: true }))

const services: ResultsService[] = []
afterEach(() => Promise.all(services.splice(0).map((service) => service.close())))

async function open(options: ResultsServiceOptions = {}): Promise<ResultsService> {
  const service = await startResultsService(options)
  services.push(service)
  return service
}

function write(file: string, text: string): string {
  writeFileSync(join(folder, file), text)
  return file
}

async function upload(
  { env }: Pick<ResultsService, 'env'>,
  files: readonly string[],
  signal = new AbortController().signal,
): Promise<void> {
  await openUpload(env, createHttpClient({}))?.(name, folder, files, signal)
}

function unzip(zip: Uint8Array | undefined): Record<string, string> {
  const files = Object.entries(unzipSync(zip ?? new Uint8Array()))
  return Object.fromEntries(files.map(([path, bytes]) => [path, strFromU8(bytes)]))
}

test('files are an artifact', async () => {
  const service = await open()
  const files = { 'unsent-1.lp': 'build duration=1 1\n', 'unsent-2.lp': 'tests note="ünï" 2\n' }
  await upload(
    service,
    Object.entries(files).map(([file, text]) => write(file, text)),
  )
  expect([...service.artifacts].map(([name, zip]) => [name, unzip(zip)])).toEqual([[name, files]])
})

/** What servers read of a request; ids of blocks and of requests, and what names the client, differ. */
function toComparable({ requests }: { readonly requests: readonly LoopbackRequest[] }) {
  return requests.map(({ method, path, query, headers, body }) => {
    const { host: _, 'x-ms-client-request-id': __, 'user-agent': ___, accept: ____, ...rest } = headers
    const { 'x-ms-version': version, 'content-length': length, ...others } = rest
    const isList = query.get('comp') === 'blocklist'
    return {
      method,
      path,
      parameters: [...query].map(([key, value]) => (key === 'blockid' ? key : `${key}=${value}`)),
      headers: { ...others, isVersioned: version !== undefined, ...(isList ? {} : { length }) },
      body: isList ? `${body}`.replace(/(?<=<Latest>)[^<]+/g, 'id') : body.toString('latin1'),
    }
  })
}

test('the requests are those of @actions/artifact, byte for byte', async () => {
  const files = ['unsent-1.lp', 'unsent-2.lp'].map((file) => write(file, 'build duration=1 1\n'.repeat(10_000)))
  // The package cuts a signature that ends in `=`.
  const [whole, own] = [await open({ signature: 'x' }), await open({ signature: 'x' })]
  const script = `
    import { DefaultArtifactClient } from '@actions/artifact'
    const [name, folder, ...files] = ${JSON.stringify([name, folder, ...files.map((file) => join(folder, file))])}
    await new DefaultArtifactClient().uploadArtifact(name, files, folder)`
  const args = ['--input-type=module', '-e', script]
  const cwd = join(import.meta.dirname, '../..')
  const { exitCode, stdout } = await runProcess(process.execPath, args, { cwd, env: whole.env, timeoutMs: 60_000 })
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('successfully finalized')])
  await upload(own, files)
  expect(toComparable(whole)).toHaveLength(4)
  expect(toComparable(own)).toEqual(toComparable(whole))
}, 60_000)

test('a file of many blocks arrives whole', async () => {
  const service = await open()
  // Hardly compressible: more than two blocks of 8 MiB.
  const text = Array.from({ length: 2_300_000 }, () => `m f=${Math.random()}\n`).join('')
  await upload(service, [write('large.lp', text)])
  expect(service.requests.filter(({ query }) => query.get('comp') === 'block').length).toBeGreaterThan(2)
  expect(unzip(service.artifacts.get(name))['large.lp'] === readFileSync(join(folder, 'large.lp'), 'utf8')).toBe(true)
}, 60_000)

describe('a request is sent again', () => {
  const failures: readonly Answer[] = [{ status: 503 }, { reset: true }]

  test.each(['CreateArtifact', 'block', 'blocklist', 'FinalizeArtifact'])('%s', async (kind) => {
    const left = [...failures]
    const service = await open({ respond: (of) => (of === kind ? left.shift() : undefined) })
    await upload(service, [write('a.lp', 'm f=1 1\n')])
    expect(unzip(service.artifacts.get(name))).toEqual({ 'a.lp': 'm f=1 1\n' })
    expect(service.requests).toHaveLength(4 + failures.length)
  })

  test('five times at most', async () => {
    const service = await open({ respond: () => ({ status: 503 }) })
    await expect(upload(service, [write('a.lp', 'm f=1 1\n')])).rejects.toThrow(/CreateArtifact .*\(503\)/)
    expect(service.requests).toHaveLength(5)
  })

  test('with the code of an error that has no message', async () => {
    const { env } = await open()
    const http = fakeClient(() => {
      throw Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' })
    })
    const uploading = openUpload(env, http)?.(name, folder, [], new AbortController().signal)
    await expect(uploading).rejects.toThrow(/^ECONNREFUSED$/)
    expect(http.requests).toHaveLength(5)
  })

  test('but not where it is refused', async () => {
    const service = await open({
      respond: () => ({ status: 409, body: '{"msg":"an artifact with this name exists"}' }),
    })
    await expect(upload(service, [write('a.lp', 'm f=1 1\n')])).rejects.toThrow(
      /\(409\) .*: an artifact with this name/,
    )
    expect(service.requests).toHaveLength(1)
  })

  test('and not once the time is over', async () => {
    const end = new AbortController()
    const respond = (): Answer => {
      setTimeout(() => end.abort(), 10)
      return { status: 503 }
    }
    const service = await open({ respond })
    await expect(upload(service, [write('a.lp', 'm f=1 1\n')], end.signal)).rejects.toThrow(/abort/)
    expect(service.requests).toHaveLength(1)
  })
})

test.each<[what: string, answer: Answer, why: RegExp]>([
  ['no JSON', { body: '<html>' }, /CreateArtifact was refused/],
  ['a refusal', json({ ok: false }), /CreateArtifact was refused/],
  ['no URL', json({ ok: true }), /contains no URL/],
  ['a long message', { status: 400, body: JSON.stringify({ msg: 'x '.repeat(500) }) }, /: (x ){149}x…$/],
  ['an empty error', { status: 403 }, /CreateArtifact was answered with \(403\) Forbidden$/],
  ['JSON that is no map', { status: 400, body: 'null' }, /\(400\) Bad Request$/],
  ['a used-up quota', { status: 507, body: '{"msg":"insufficient usage to create artifact"}' }, /quota .* is used up/],
])('%s is an error', async (_what, answer, why) => {
  const service = await open({ respond: () => answer })
  await expect(upload(service, [write('a.lp', 'm f=1 1\n')])).rejects.toThrow(why)
})

test.each(['', 'a.b', `a.${Buffer.from('{"scp":"Actions.Results:run"}').toString('base64url')}.c`])(
  'the token %j, which names no job, is an error',
  async (token) => {
    const service = await open()
    const env = { ...service.env, ACTIONS_RUNTIME_TOKEN: token || 'x' }
    await expect(upload({ env }, [write('a.lp', '')])).rejects.toThrow(/does not name a run and a job/)
    expect(service.requests).toEqual([])
  },
)
