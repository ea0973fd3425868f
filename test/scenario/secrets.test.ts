// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows are written so
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { influxError, startInfluxServer } from '../support/influxdb-server.ts'
import { closing } from './closing.ts'
import { type Finished, runScenario, type Scenario, type ScenarioOptions } from './scenario.ts'

const token = 'influx-token-4711-abcdef'
/** What JSON and line protocol write otherwise than it is. */
const password = 'pa:ss/w%rd-"08"15'
const githubToken = 'ghs_notForAnybodysEyes'

/** Everything that leaves the action, but for the masks themselves, which the runner swallows. */
function findLeaks(secret: string, { job, main, post }: Finished & Scenario, lines: readonly string[] = []): string[] {
  const file = `${job.temp}/points.lp`
  const places: Record<string, unknown> = {
    log: [main, post].map(({ stdout }) => stdout.replaceAll(/^::add-mask::.*$/gm, '')).join('\n'),
    state: job.state,
    outputs: job.outputs,
    environment: job.exportedEnv,
    summary: job.summary,
    file: existsSync(file) ? readFileSync(file, 'utf8') : '',
    lines,
  }
  return Object.keys(places).filter((place) => {
    const text = typeof places[place] === 'string' ? places[place] : JSON.stringify(places[place])
    return [secret, JSON.stringify(secret).slice(1, -1)].some((form) => String(text).includes(form))
  })
}

/** A job whose steps spill a secret wherever the action could pick it up. */
async function runLeaky(secret: string, options: ScenarioOptions): Promise<Finished & Scenario> {
  const inputs = {
    captures: [
      '- duration',
      '- property: leak',
      '- property: env.LEAK',
      '- property: {name: mine, tag: mine}',
      "- property: {regex: 'steps'}",
      '- property: {name: leaks, field: as_json}',
      '- data: records',
      "- data: {regex: '.*'}",
    ].join('\n'),
    tags: JSON.stringify({ team: `team ${secret}` }),
    properties: JSON.stringify({ mine: secret, [`of ${secret}`]: 1 }),
    ...options.with,
  }
  return runScenario({ ...options, with: inputs, env: { ...options.env, LEAK: `${secret} and more` } }, async (job) => {
    const record = { text: secret, deep: { of: secret }, list: [secret], fine: 1 }
    await job.step(
      'tests',
      [
        `echo 'leak=before ${secret} behind' >> "$GITHUB_OUTPUT"`,
        `echo 'leaks=${JSON.stringify([secret])}' >> "$GITHUB_OUTPUT"`,
        `echo 'records=${JSON.stringify(record)}' >> "$GITHUB_OUTPUT"`,
        `echo 'yielded,suite=${secret} text=${JSON.stringify(secret)},fine=1' >> "$BUILD_STATS"`,
        `echo 'malformed ${secret}' >> "$BUILD_STATS"`,
      ].join('\n'),
    )
  })
}

describe.concurrent('a secret is nowhere to be seen', () => {
  const secrets: Record<string, readonly [secret: string, options: ScenarioOptions]> = {
    token: [token, { with: { url: 'http://127.0.0.1:9', org: 'acme', bucket: 'ci', token, timeout: 1 } }],
    password: [
      password,
      { with: { url: 'http://127.0.0.1:9', database: 'ci', username: 'stats', password, timeout: 1 } },
    ],
    'github-token': [githubToken, { token: githubToken }],
    'github-token, by name': [githubToken, { with: { 'github-token': githubToken } }],
    'dry run': [token, { with: { url: 'http://127.0.0.1:9', database: 'ci', token, 'dry-run': true } }],
    'password of a proxy': [
      'proxy-secret-99',
      { env: { HTTPS_PROXY: 'http://me:proxy-secret-99@127.0.0.1:9', NO_PROXY: '127.0.0.1' } },
    ],
  }

  test.each(Object.entries(secrets))('%s', async (_name, [secret, options]) => {
    const finished = await runLeaky(secret, options)
    expect(finished.main.exitCode).toBe(0)
    expect(findLeaks(secret, finished)).toEqual([])
    expect(finished.job.masks).toContain(secret)
  })

  test.each([
    ['the name of data', `echo 'suite-${token} fine=1' >> "$BUILD_STATS"`],
    ['a tag key', `echo 'tests,${token}=1 fine=1' >> "$BUILD_STATS"`],
    ['a field key', `echo 'tests ${token}=1' >> "$BUILD_STATS"`],
  ])('in %s', async (_name, script) => {
    const options = { with: { url: 'http://127.0.0.1:9', org: 'acme', bucket: 'ci', token, timeout: 1 } }
    const finished = await runScenario(options, (job) => job.step('tests', script))
    expect(findLeaks(token, finished)).toEqual([])
  })

  test('when the server repeats it', async () => {
    const server = closing(
      await startInfluxServer({
        api: 'v2',
        org: 'acme',
        bucket: 'ci',
        respond: () => influxError('v2', 401, `no such token: ${token}`),
      }),
    )
    const finished = await runScenario({ with: { url: server.url, org: 'acme', bucket: 'ci', token, timeout: 1 } })
    expect(finished.warnings.join()).toContain('no such token: ***')
    expect(findLeaks(token, finished)).toEqual([])
  })

  test('on its way to InfluxDB, where only the header has it', async () => {
    const server = closing(await startInfluxServer({ api: 'v3', database: 'ci', token }))
    const finished = await runLeaky(token, { with: { url: server.url, database: 'ci', token } })
    expect(server.violations).toEqual([])
    expect(server.points.length).toBe(4)
    expect(findLeaks(token, finished, server.lines)).toEqual([])
  })

  test('as the header that is made of user and password', async () => {
    const header = Buffer.from(`stats:${password}`).toString('base64')
    const options = { with: { url: 'http://127.0.0.1:9', database: 'ci', username: 'stats', password, timeout: 1 } }
    const finished = await runLeaky(header, options)
    expect(findLeaks(header, finished)).toEqual([])
  })
})
