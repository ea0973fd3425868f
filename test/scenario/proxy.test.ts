import { describe, expect, test } from 'vitest'
import { exampleRun } from '../support/example-run.ts'
import { startInfluxServer } from '../support/influxdb-server.ts'
import { type ProxyOptions, startProxy } from '../support/proxy.ts'
import { closing } from './closing.ts'
import { runScenario } from './scenario.ts'

const auth = { username: 'me', password: 'proxy-pass-0815' }
/** A name that only the proxy knows. */
const url = 'http://influx.example.com:8086'
const inputs = { url, database: 'ci', file: '' }

async function openServers(options: ProxyOptions = {}) {
  const server = closing(await startInfluxServer({ api: 'v1', database: 'ci' }))
  const routes = { 'influx.example.com:8086': { host: '127.0.0.1', port: server.port } }
  return { server, proxy: closing(await startProxy({ routes, ...options })) }
}

describe.concurrent('a proxy', () => {
  test('takes every request, with its credentials', async () => {
    const { server, proxy } = await openServers({ auth })
    const { api, warnings } = await runScenario({ with: inputs, env: { HTTP_PROXY: proxy.urlWithAuth } })
    expect(warnings).toEqual([])
    expect(server.violations).toEqual([])
    expect(server.points.map(({ measurement }) => measurement)).toEqual(['build_start', 'build'])
    expect(proxy.requests.map(({ kind, method, target }) => `${kind} ${method} ${target}`)).toEqual([
      `forward POST ${url}/write?db=ci&precision=ns`,
      `forward GET ${api.url}/repos/${exampleRun.repository}/actions/jobs/${exampleRun.jobId}`,
      `forward POST ${url}/write?db=ci&precision=ns`,
    ])
  })

  test('in lower case counts too, and NO_PROXY holds', async () => {
    const { server, proxy } = await openServers()
    const env = { http_proxy: proxy.url, no_proxy: '127.0.0.1,localhost' }
    const { api, warnings } = await runScenario({ with: inputs, env })
    expect([warnings, api.requests.length, server.points.length, proxy.requests.length]).toEqual([[], 1, 2, 2])
    const direct = await runScenario({ with: { ...inputs, url: server.url }, env })
    expect([direct.warnings, server.points.length, proxy.requests.length]).toEqual([[], 4, 2])
  })

  test('that does not let us in costs points, and its password is not told', async () => {
    const { server, proxy } = await openServers({ auth })
    const HTTP_PROXY = `http://me:wrong-pass-4711@127.0.0.1:${proxy.port}`
    const { main, post, log, job, warnings } = await runScenario({
      with: inputs,
      env: { HTTP_PROXY, NO_PROXY: '127.0.0.1' },
    })
    expect([main.exitCode, post.exitCode, server.points]).toEqual([0, 0, []])
    expect(warnings.at(-1)).toMatch(/407 Proxy Authentication Required.*proxy/)
    for (const text of [log, job.summary, JSON.stringify(job.state)]) expect(text).not.toContain('wrong-pass')
  })

  test.each([
    ['with a port that is none', 'http://me:spilled-pass@proxy.example.com:99999'],
    ['with a scheme that is none', 'gopher://me:spilled-pass@proxy.example.com:8080'],
    ['with a space in it', 'http://me:spilled-pass@proxy example.com:8080'],
    ['without a scheme', 'me:spilled-pass@127.0.0.1:9'],
  ])('%s costs points, and its password is not told', async (_name, HTTP_PROXY) => {
    const { main, post, job, warnings } = await runScenario({ with: { ...inputs, timeout: 1 }, env: { HTTP_PROXY } })
    expect([main.exitCode, post.exitCode]).toEqual([0, 0])
    expect(warnings.length).toBeGreaterThan(0)
    const seen = [main.stdout, post.stdout].map((text) => text.replaceAll(/^::add-mask::.*$/gm, ''))
    for (const text of [...seen, job.summary, JSON.stringify(job.state)]) expect(text).not.toContain('spilled-pass')
  })
})
