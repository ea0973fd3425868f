import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { makeCertificate } from '../support/certificate.ts'
import { influxError, startInfluxServer } from '../support/influxdb-server.ts'
import { runProcess } from '../support/process.ts'
import { startProxy } from '../support/proxy.ts'
import { type ResultsServiceOptions, startResultsService } from '../support/results-service.ts'
import { closing } from './closing.ts'
import { action, runScenario } from './scenario.ts'

const name = 'build-stats-unsent-1-1-0815'
const folder = mkdtempSync(join(tmpdir(), 'build-stats-upload-'))
closing({ close: async () => rmSync(folder, { recursive: true, force: true }) })

const sources = ['artifact/upload.ts', 'http/client.ts'].map((file) => JSON.stringify(join(action, 'src', file)))

/** Uploads in a process, whose environment names the proxy and the certificates. */
async function upload(files: readonly string[], env: Readonly<Record<string, string>>) {
  const script = `
    import { openUpload } from ${sources[0]}
    import { createHttpClient } from ${sources[1]}
    const upload = openUpload(process.env, createHttpClient(process.env))
    await upload(${JSON.stringify(name)}, ${JSON.stringify(folder)}, ${JSON.stringify(files)}, AbortSignal.timeout(30_000))
    console.log('uploaded')
    process.exit()`
  const args = ['--input-type=module', '-e', script]
  return await runProcess(process.execPath, args, { cwd: action, env, timeoutMs: 60_000 })
}

function write(file: string, text: string): string {
  writeFileSync(join(folder, file), text)
  return file
}

async function open(options: ResultsServiceOptions = {}) {
  return closing(await startResultsService(options))
}

function unzip(zip: Uint8Array | undefined): Record<string, string> {
  const files = Object.entries(unzipSync(zip ?? new Uint8Array()))
  return Object.fromEntries(files.map(([path, bytes]) => [path, strFromU8(bytes)]))
}

const host = 'results.example.com:8443'
const certificate = closing(makeCertificate(['results.example.com']))

test.each([
  ['plain text', 'HTTP_PROXY', `http://${host}`, undefined],
  ['TLS', 'HTTPS_PROXY', `https://${host}`, certificate],
])('a proxy takes every request in %s', async (_name, variable, url, tls) => {
  const service = await open({ url, ...(tls && { tls }) })
  const routes = { [host]: { host: '127.0.0.1', port: service.port } }
  const proxy = closing(await startProxy({ auth: { username: 'me', password: 'proxy-pass-0815' }, routes }))
  const files = [write('unsent-1.lp', 'build duration=1 1\n')]
  const env = { ...service.env, [variable]: proxy.urlWithAuth, NODE_EXTRA_CA_CERTS: certificate.path }
  const { stdout, stderr } = await upload(files, env)
  expect([stdout.includes('uploaded'), stderr]).toEqual([true, ''])
  expect(stdout).not.toContain('proxy-pass')
  expect([...service.artifacts.keys()]).toEqual([name])
  // Nobody but the proxy knows the name.
  expect(proxy.requests.length).toBeGreaterThan(0)
  for (const { letIn, target } of proxy.requests) expect([letIn, target.includes(host)]).toEqual([true, true])
})

/** A job whose points the server does not take. */
async function runJob(service: { readonly env: Readonly<Record<string, string>> }, env: Record<string, string> = {}) {
  const respond = () => influxError('v1', 401, 'authorization failed')
  const server = closing(await startInfluxServer({ api: 'v1', database: 'ci', respond }))
  return await runScenario({
    with: { url: server.url, database: 'ci', file: '', timeout: 8, 'start-point': false },
    env: { ...service.env, ...env },
  })
}

const unsentName = /^build-stats-unsent-\d+-1-[0-9a-f]+$/

test('points that no server takes are in an artifact, which log and summary name', async () => {
  const service = await open()
  const { post, warnings, job } = await runJob(service)
  const [artifact = ''] = service.artifacts.keys()
  expect(artifact).toMatch(unsentName)
  const files = unzip(service.artifacts.get(artifact))
  expect(Object.keys(files)).toEqual(['unsent-1.lp'])
  expect(files['unsent-1.lp']).toMatch(/^# build-stats unsent \{.*\}\nbuild,.*\n# build-stats end \{"lines":1\}\n$/)
  expect(warnings).toEqual([expect.stringContaining(`kept in the artifact ${artifact}`)])
  expect(job.summary).toContain(artifact)
  expect([post.exitCode, post.stderr]).toEqual([0, ''])
})

test('on GitHub Enterprise Server nothing is uploaded, and the points are in the log', async () => {
  const service = await open()
  const { warnings } = await runJob(service, { GITHUB_SERVER_URL: 'https://github.example.com' })
  expect(service.requests).toEqual([])
  expect(warnings).toEqual([expect.stringContaining('in the log of this job')])
})

test.each([
  ['a name that the run has already', 'CreateArtifact', 409, /\(409\) .*already exists/],
  ['a token that is not let in', 'CreateArtifact', 403, /\(403\)/],
  ['a full quota', 'CreateArtifact', 507, /quota/],
  ['a place that is not let in', 'block', 403, /could not be made: the server's own words\./],
  ['a list of blocks that is refused', 'blocklist', 400, /could not be made: the server's own words\./],
  ['an end that is refused', 'FinalizeArtifact', 400, /\(400\)/],
  ['a service that never answers', 'CreateArtifact', 0, /the time ran out/],
])('%s is a reason in one line, and the points are in the log', async (_name, kind, status, reason) => {
  const msg = status === 507 ? 'insufficient usage to create artifact' : 'an artifact with this name already exists'
  const xml =
    "<?xml version='1.0' encoding='utf-8'?><Error><Code>Refused</Code><Message>the server's own words\nTime: now</Message></Error>"
  const answer =
    status === 0
      ? { hang: true }
      : {
          status,
          ...(kind.startsWith('block')
            ? { body: xml, headers: { 'content-type': 'application/xml' } }
            : { body: JSON.stringify({ code: 'x', msg }) }),
        }
  const service = await open({ respond: (of) => (of === kind ? answer : undefined) })
  const { post, warnings } = await runJob(service)
  const [line] = post.log.split('\n').filter((line) => line.startsWith('The artifact '))
  expect(line).toMatch(reason)
  expect(warnings).toEqual([expect.stringContaining('in the log of this job')])
  expect([post.exitCode, post.stderr, service.artifacts.size]).toEqual([0, '', 0])
})
