import { appendFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { makeCertificate } from '../support/certificate.ts'
import { type InfluxServerOptions, influxError, startInfluxServer } from '../support/influxdb-server.ts'
import type { Answer } from '../support/loopback.ts'
import { closing } from './closing.ts'
import { openScenario, runScenario, textsOf } from './scenario.ts'

const v1 = { server: { api: 'v1', database: 'ci' }, inputs: { database: 'ci' } } as const
const v2 = {
  server: { api: 'v2', org: 'acme', bucket: 'ci' },
  inputs: { org: 'acme', bucket: 'ci', token: 'token-0123456789' },
} as const
const v3 = { server: { api: 'v3', database: 'ci' }, inputs: { database: 'ci', token: 'token-0123456789' } } as const

interface Row {
  readonly of: typeof v1 | typeof v2 | typeof v3
  readonly answer: Answer
  /** What the one warning says after the number of lost points and the server. */
  readonly told: RegExp
  readonly lost?: string
}

const partial =
  'partial write: field type conflict: input field "duration" on measurement "build" is type float, already exists as type string dropped=1'

const rows: Record<string, Row> = {
  'v1, 401': {
    of: v1,
    answer: influxError('v1', 401, 'authorization failed'),
    told: /401 Unauthorized, "authorization failed", check username and password\.$/,
  },
  'v1, 404': {
    of: v1,
    answer: influxError('v1', 404, 'database not found: "ci"'),
    told: /404 Not Found, "database not found: "ci"", check that the database "ci" exists/,
  },
  'v1, partial write': {
    of: v1,
    answer: influxError('v1', 400, partial),
    told: /input field "duration" on measurement "build" is type float, already exists as type string/,
    lost: '1 of 3 points',
  },
  'v1, 413': { of: v1, answer: influxError('v1', 413, 'Request Entity Too Large'), told: /no request of this size/ },
  'v2, 401': {
    of: v2,
    answer: influxError('v2', 401, 'unauthorized access'),
    told: /401 Unauthorized, "unauthorized access", check the token\.$/,
  },
  'v2, 403': {
    of: v2,
    answer: influxError('v2', 403, 'insufficient permissions'),
    told: /403 .*the token may not write to the bucket "ci"/,
  },
  'v2, 404': {
    of: v2,
    answer: influxError('v2', 404, 'bucket "ci" not found'),
    told: /404 .*check that the bucket "ci" and the org exist/,
  },
  'v2, 422': {
    of: v2,
    answer: influxError('v2', 422, `failure writing points to database: ${partial}`),
    told: /422 .*already exists as type string/,
    lost: '1 of 3 points',
  },
  'v3, 400': {
    of: v3,
    answer: influxError('v3', 400, 'partial write of line protocol occurred', [
      { original_line: 'build', line_number: 1, error_message: 'invalid column type for column duration' },
    ]),
    told: /400 .*invalid column type for column duration/,
    lost: '1 of 3 points',
  },
  '500': {
    of: v1,
    answer: influxError('v1', 500, 'engine: timeout'),
    told: /500 .*"engine: timeout", the server failed/,
  },
  '503': { of: v2, answer: influxError('v2', 503, 'starting'), told: /503 .*"starting", the server failed/ },
  'a redirect': {
    of: v1,
    answer: { status: 302, headers: { location: 'https://login.example.com/' } },
    told: /302 Found, redirects are not followed: give the server's own url/,
  },
  'another server': {
    of: v2,
    answer: { status: 405, body: '<html><h1>Not allowed</h1></html>', headers: { 'content-type': 'text/html' } },
    told: /405 .*is this the url of InfluxDB\?/,
  },
  'a page where there should be nothing': {
    of: v2,
    answer: { status: 200, body: '<html>Welcome</html>', headers: { 'content-type': 'text/html' } },
    told: /200 .*is this the url of InfluxDB\?/,
  },
  'an answer that breaks off': { of: v1, answer: { status: 500, body: 'oh dear', truncateAt: 3 }, told: /./ },
  'a reset': { of: v1, answer: { reset: true }, told: /ECONNRESET/ },
}

async function open(of: Row['of'], answer: Answer) {
  const options = { ...of.server, ...('token' in of.inputs && { token: of.inputs.token }), respond: () => answer }
  const server = closing(await startInfluxServer(options as InfluxServerOptions))
  return { ...of.inputs, url: server.url, 'start-point': false }
}

const refused = /connect ECONNREFUSED 127\.0\.0\.1:9: check that the server is up, and that this runner can reach it\.$/

const yieldTwo = `printf 'tests passed=1\\ntests passed=2\\n' >> "$BUILD_STATS"`

describe.concurrent('a server that does not take the points', () => {
  test.each(Object.entries(rows))('%s', async (_name, { of, answer, told, lost = '3 of 3 points' }) => {
    const inputs = await open(of, answer)
    const { main, post, job, warnings, points } = await runScenario({ with: inputs }, (running) =>
      running.step('tests', yieldTwo),
    )
    expect([main.exitCode, post.exitCode]).toEqual([0, 0])
    expect(warnings).toEqual([expect.stringMatching(told)])
    expect(warnings[0]).toMatch(new RegExp(`^${lost} could not be written to ${inputs.url} \\(${of.server.api}, `))
    expect(job.summary).toMatch(/\d lost: /)
    // Beside InfluxDB, the file has everything.
    expect(points.map(({ measurement }) => measurement)).toEqual(['build', 'tests', 'tests'])
  })

  test('fails the job where that is asked for', async () => {
    const inputs = await open(v1, influxError('v1', 500, 'engine: timeout'))
    const { main, post, warnings } = await runScenario({ with: { ...inputs, 'fail-on-error': true } })
    expect([main.exitCode, post.exitCode, warnings]).toEqual([0, 1, []])
    expect(textsOf(post.annotations, 'error')).toEqual([expect.stringContaining('engine: timeout')])
  })

  test('and never answers is left at the timeout', async () => {
    const inputs = await open(v1, { hang: true })
    const { post, warnings, points } = await runScenario({ with: { ...inputs, timeout: 2 } })
    expect(post.exitCode).toBe(0)
    expect(post.durationMs).toBeGreaterThan(1900)
    // Without the input it would be 30 seconds.
    expect(post.durationMs).toBeLessThan(15_000)
    expect(warnings).toEqual([
      expect.stringMatching(/^1 of 1 point could not be written to .*: no answer in time \(input timeout\)\.$/),
    ])
    expect(points.length).toBe(1)
  })

  test('and never answers is left at the timeout, however much there is to send', async () => {
    const inputs = await open(v1, { hang: true })
    const lines = Array.from({ length: 300_000 }, (_, index) => `tests,suite=s${index % 100} passed=${index}i\n`)
    const { post, warnings, points } = await runScenario({ with: { ...inputs, file: '', timeout: 1 } }, (job) =>
      appendFileSync(job.exportedEnv.BUILD_STATS ?? '', lines.join('')),
    )
    expect([post.exitCode, points]).toEqual([0, []])
    expect(post.durationMs).toBeGreaterThan(900)
    expect(post.durationMs).toBeLessThan(15_000)
    expect(warnings).toEqual([
      expect.stringMatching(
        /^\d+ of \d+ points, at least, of data that was not read to its end, could not be written to .*: no answer in time \(input timeout\)\.$/,
      ),
    ])
  })

  test('when the job starts does not hold it up for long', async () => {
    // Long is what the input says, and five seconds at most.
    const run = async (timeout: number) => {
      const inputs = await open(v1, { hang: true })
      const { job } = await openScenario({ with: { ...inputs, timeout, 'start-point': true } })
      const main = await job.main()
      expect(main.exitCode).toBe(0)
      expect(textsOf(main.annotations, 'warning')).toEqual([
        `The start of this job was not written to ${inputs.url} (v1, database ci): no answer in time (input timeout).`,
      ])
      return main.durationMs
    }
    const [shortMs, longMs] = await Promise.all([run(1), run(60)])
    expect(shortMs).toBeGreaterThan(900)
    expect(longMs).toBeGreaterThan(4900)
    expect(shortMs).toBeLessThan(longMs)
    expect(longMs).toBeLessThan(30_000)
  })

  test('when the job starts is told by main, and by post where it fails the job', async () => {
    const inputs = { url: 'http://127.0.0.1:9', database: 'ci' }
    const name = `${inputs.url} (v1, database ci)`
    /** What is told, up to where it says why; that is the same everywhere. */
    const beginnings = (texts: readonly string[]) => {
      for (const text of texts) expect(text).toMatch(refused)
      return texts.map((text) => text.replace(refused, ''))
    }
    const { main, post, job, points } = await runScenario({ with: inputs })
    expect([main.exitCode, post.exitCode]).toEqual([0, 0])
    expect(beginnings(textsOf(main.annotations, 'warning'))).toEqual([
      `The start of this job was not written to ${name}: `,
    ])
    expect(beginnings(textsOf(post.annotations, 'warning'))).toEqual([`1 of 1 point could not be written to ${name}: `])
    expect(points.map(({ measurement }) => measurement)).toEqual(['build_start', 'build'])
    const [http, file] = job.summary.match(/^- .*(127\.0\.0\.1|points\.lp).*$/gm) ?? []
    expect(http).not.toContain('the start point')
    expect(file).toMatch(/: 1 point, and the start point when the job began$/)

    const strict = await runScenario({ with: { ...inputs, 'fail-on-error': true } })
    expect([strict.main.exitCode, strict.post.exitCode]).toEqual([0, 1])
    expect(beginnings(textsOf(strict.post.annotations, 'error'))).toEqual([
      `1 of 1 point could not be written to ${name}: `,
      `The start point is missing in ${name}: `,
    ])
  })

  test('because nobody is there', async () => {
    const inputs = { url: 'http://127.0.0.1:9', database: 'ci', 'start-point': false }
    const { post, warnings, points } = await runScenario({ with: inputs })
    expect([post.exitCode, points.length]).toEqual([0, 1])
    expect(warnings).toEqual([
      expect.stringMatching(/^1 of 1 point could not be written to http:\/\/127\.0\.0\.1:9 \(v1, database ci\): /),
    ])
    expect(warnings[0]).toMatch(refused)
  })

  test('because nobody that is known vouches for its certificate', async () => {
    const certificate = closing(makeCertificate())
    const server = closing(await startInfluxServer({ api: 'v1', database: 'ci', tls: certificate }))
    const inputs = { url: server.url, database: 'ci', 'start-point': false }
    const { post, warnings, points } = await runScenario({ with: inputs })
    expect([post.exitCode, points.length, server.requests]).toEqual([0, 1, []])
    expect(warnings).toEqual([
      expect.stringMatching(
        /^1 of 1 point could not be written to https:.*certificate.*: give the server's own CA to the runner as NODE_EXTRA_CA_CERTS\.$/,
      ),
    ])
    const known = await runScenario({ with: inputs, env: { NODE_EXTRA_CA_CERTS: certificate.path } })
    expect([known.post.exitCode, known.warnings]).toEqual([0, []])
    expect(server.points).toEqual(known.points)
  })

  test('because its name is not known', async () => {
    const inputs = { url: 'http://influx.invalid:8086', database: 'ci', 'start-point': false, timeout: 5 }
    const { post, warnings } = await runScenario({ with: inputs })
    expect(post.exitCode).toBe(0)
    expect(warnings).toEqual([expect.stringMatching(/influx\.invalid/)])
  })
})

test.concurrent.each([
  ['/dev/null/points.lp', /ENOTDIR|EEXIST/],
  ['/', /EISDIR/],
  // Where mkdir with `recursive` never comes back.
  ['/proc/nowhere/points.lp', /ENOENT/],
  ['/proc/nowhere/deep/below/points.lp', /ENOENT/],
])('the file %s cannot be written: it costs its points, and says so soon', async (file, why) => {
  const { main, post } = await runScenario({ with: { file } })
  expect([main.exitCode, post.exitCode]).toEqual([0, 0])
  expect(Math.max(main.durationMs, post.durationMs)).toBeLessThan(20_000)
  for (const [phase, beginning] of [
    [main, `The start of this job was not written to file ${file}: `],
    [post, `1 of 1 point could not be written to file ${file}: `],
  ] as const) {
    expect(textsOf(phase.annotations, 'warning')).toEqual([expect.stringMatching(why)])
    expect(textsOf(phase.annotations, 'warning')[0]).toContain(beginning)
  }
})
