import { describe, expect, test } from 'vitest'
import { type InfluxServerOptions, startInfluxServer } from '../support/influxdb-server.ts'
import { parseLine, splitLines } from '../support/line-protocol.ts'
import { closing } from './closing.ts'
import { readPoints, runScenario, type ScenarioOptions } from './scenario.ts'

type Inputs = NonNullable<ScenarioOptions['with']>

const login = { username: 'stats', password: 'p:ä s' }
const token = 'a token-0123456789'

/** What a server is, and the inputs that reach it; `URL` stands for its url. */
const servers: Record<string, readonly [server: InfluxServerOptions, inputs: Inputs, suffix?: string]> = {
  'v1, open': [{ api: 'v1', database: 'ci' }, { database: 'ci' }],
  'v1 with a login': [
    { api: 'v1', database: 'ci & cd', ...login },
    { database: 'ci & cd', ...login },
  ],
  'v1 with a retention policy': [
    { api: 'v1', database: 'ci', retentionPolicy: 'two weeks' },
    { database: 'ci', 'retention-policy': 'two weeks' },
  ],
  'v1 behind a path, with a slash': [{ api: 'v1', database: 'ci', prefix: '/influx' }, { database: 'ci' }, '/'],
  'v1 with slashes': [{ api: 'v1', database: 'ci' }, { database: 'ci' }, '///'],
  v2: [
    { api: 'v2', org: 'ac me', bucket: 'ci/all', token },
    { org: 'ac me', bucket: 'ci/all', token },
  ],
  'v2 behind a path': [
    { api: 'v2', org: 'acme', bucket: 'ci', token, prefix: '/a/b' },
    { org: 'acme', bucket: 'ci', token },
    '//',
  ],
  v3: [
    { api: 'v3', database: 'ci', token },
    { database: 'ci', token },
  ],
  'v3, as the input api says': [{ api: 'v3', database: 'ci', token }, { database: 'ci', token, api: 'v3' }, '/'],
}

describe.concurrent('InfluxDB', () => {
  test.each(Object.entries(servers))('%s takes every point', async (_name, [options, inputs, suffix = '']) => {
    const server = closing(await startInfluxServer(options))
    const { main, post, job, warnings, points } = await runScenario({
      with: { ...inputs, url: server.url + suffix },
    })
    expect([main.exitCode, post.exitCode, warnings]).toEqual([0, 0, []])
    expect(server.violations).toEqual([])
    expect(server.points).toEqual(points)
    expect(points.map(({ measurement }) => measurement)).toEqual(['build_start', 'build'])
    expect(job.summary).toMatch(/^<p>Success\..* points? written to http/m)
  })

  test('gets gzip from a kilobyte on, and at most 5,000 lines at once', async () => {
    const server = closing(await startInfluxServer({ api: 'v1', database: 'ci' }))
    const script = 'for i in $(seq 12000); do echo "tests,suite=s$((i % 7)) seconds=$i"; done >> "$BUILD_STATS"'
    const { warnings } = await runScenario({ with: { url: server.url, database: 'ci', file: '' } }, (job) =>
      job.step('tests', script),
    )
    expect(warnings).toEqual([])
    expect(server.violations).toEqual([])
    expect(server.requests.map(({ encoding }) => encoding)).toEqual(['identity', 'gzip', 'gzip', 'gzip'])
    expect(server.requests.map(({ lineCount }) => lineCount)).toEqual([1, 5000, 5000, 2001])
    const data = server.points.filter(({ measurement }) => measurement === 'tests')
    expect(new Set(data.map(({ fields }) => fields.seconds)).size).toBe(12000)
    expect(new Set(data.map(({ timeNs }) => timeNs)).size).toBe(12000)
  })

  test('is not asked in a dry run, which prints what would be sent', async () => {
    const server = closing(await startInfluxServer({ api: 'v1', database: 'ci' }))
    const { job, main, post, points } = await runScenario({
      with: { url: server.url, database: 'ci', 'dry-run': true },
    })
    expect([main.exitCode, post.exitCode, server.requests, points, readPoints(`${job.temp}/build-stats.lp`)]).toEqual([
      0,
      0,
      [],
      [],
      [],
    ])
    for (const [phase, measurement] of [
      [main, 'build_start'],
      [post, 'build'],
    ] as const) {
      const printed = splitLines(phase.log).filter((line) => line.startsWith(`${measurement},`))
      expect(printed.map((line) => parseLine(line).measurement)).toEqual([measurement, measurement])
    }
    expect(post.log).toContain('dry run')
  })
})
