import { appendFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { makeCertificate } from '../support/certificate.ts'
import { type InfluxServerOptions, influxError, startInfluxServer } from '../support/influxdb-server.ts'
import { type ParsedLine, parseLine, splitLines } from '../support/line-protocol.ts'
import type { Answer } from '../support/loopback.ts'
import { closing } from './closing.ts'
import { runScenario, textsOf } from './scenario.ts'

const v1 = { server: { api: 'v1', database: 'ci' }, inputs: { database: 'ci' } } as const
const v2 = {
  server: { api: 'v2', org: 'acme', bucket: 'ci' },
  inputs: { org: 'acme', bucket: 'ci', token: 'token-0123456789' },
} as const
const v3 = { server: { api: 'v3', database: 'ci' }, inputs: { database: 'ci', token: 'token-0123456789' } } as const

interface Row {
  readonly of: typeof v1 | typeof v2 | typeof v3
  readonly answer: Answer
  /** What the one warning says after the number of points and the server. */
  readonly told: RegExp
  /** Where it is narrowed down, as it may be for a line: 1 unless given. */
  readonly requests?: number
  /** Whether the server is asked until the time is over; else once. */
  readonly isTriedAgain?: boolean
}

const rows: Record<string, Row> = {
  'v1, 401': {
    of: v1,
    answer: influxError('v1', 401, 'authorization failed'),
    told: /401 Unauthorized, "authorization failed", check username and password\. /,
  },
  'v1, 404': {
    of: v1,
    answer: influxError('v1', 404, 'database not found: "ci"'),
    told: /404 Not Found, "database not found: "ci"", check that the database "ci" exists/,
  },
  'v1, 500, of a policy that is not there': {
    of: v1,
    answer: influxError('v1', 500, 'retention policy not found: nope'),
    told: /500 .*"retention policy not found: nope", check the input retention-policy/,
  },
  'v2, 401': {
    of: v2,
    answer: influxError('v2', 401, 'unauthorized access'),
    told: /401 Unauthorized, "unauthorized access", check the token\. /,
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
    answer: influxError('v2', 422, 'failure writing points to database: odd'),
    told: /422 .*"failure writing points to database: odd"/,
    requests: 5,
  },
  '500': {
    of: v1,
    answer: influxError('v1', 500, 'engine: timeout'),
    told: /500 .*"engine: timeout", the server failed/,
    isTriedAgain: true,
  },
  '429': { of: v2, answer: influxError('v2', 429, 'slow down'), told: /429 .*"slow down"/, isTriedAgain: true },
  '503': {
    of: v2,
    answer: influxError('v2', 503, 'starting'),
    told: /503 .*"starting", the server failed/,
    isTriedAgain: true,
  },
  'quiet for longer than there is time': {
    of: v2,
    answer: { ...influxError('v2', 503, 'starting'), headers: { 'retry-after': '60' } },
    told: /503 .*; the server asks to wait 60 s, which is longer than the time left/,
  },
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
  'an answer that breaks off': {
    of: v1,
    answer: { status: 500, body: 'oh dear', truncateAt: 3 },
    told: /./,
    isTriedAgain: true,
  },
  'a reset': { of: v1, answer: { reset: true }, told: /ECONNRESET/, isTriedAgain: true },
}

async function open(of: Row['of'], respond: NonNullable<InfluxServerOptions['respond']>) {
  const options = { ...of.server, ...('token' in of.inputs && { token: of.inputs.token }), respond }
  const server = closing(await startInfluxServer(options as InfluxServerOptions))
  return { server, inputs: { ...of.inputs, url: server.url, 'start-point': false } }
}

const yieldTwo = `printf 'tests passed=1\\ntests passed=2\\n' >> "$BUILD_STATS"`

/** Points that the log holds folded, for `influx write`: its comments are what they are there, too. */
function readKept(stdout: string): ParsedLine[] {
  const folded = [
    ...stdout.matchAll(/^::group::Build Stats: .*\n::stop-commands::(.*)\n([\s\S]*?)^::\1::\n::endgroup::$/gm),
  ]
  return folded.flatMap(([, , text = '']) =>
    splitLines(text)
      .filter((line) => !line.startsWith('#'))
      .map(parseLine),
  )
}

describe('a server that does not take the points', () => {
  test.each(Object.entries(rows))('%s', async (_name, { of, answer, told, requests = 1, isTriedAgain }) => {
    const { inputs, server } = await open(of, () => answer)
    const { main, post, job, warnings, points } = await runScenario({ with: { ...inputs, timeout: 1 } }, (running) =>
      running.step('tests', yieldTwo),
    )
    expect([main.exitCode, post.exitCode]).toEqual([0, 0])
    expect(warnings).toEqual([expect.stringMatching(told)])
    expect(warnings[0]).toMatch(
      new RegExp(`^3 of 3 points could not be written to ${inputs.url} \\(${of.server.api}, `),
    )
    expect(warnings[0]).toMatch(/\. 3 points are in the log of this job, as line protocol\.$/)
    if (isTriedAgain) expect(warnings[0]).toMatch(/; tried \d+ times before the time ran out \(input timeout\)\. /)
    if (isTriedAgain) expect(server.requests.length).toBeGreaterThan(1)
    else expect(server.requests).toHaveLength(requests)
    expect(server.violations).toEqual([])
    expect(job.summary).toMatch(/^> <p>3 of 3 points could not be written to .* 3 points are in the log of this job/m)
    // Beside InfluxDB, the file has everything; and so has the log.
    expect(points.map(({ measurement }) => measurement)).toEqual(['build', 'tests', 'tests'])
    // Lines that were narrowed down are kept in another order.
    const byTime = (all: readonly ParsedLine[]) => all.toSorted((a, b) => Number(a.timeNs - b.timeNs))
    expect(byTime(readKept(post.stdout))).toEqual(byTime(points))
  })

  test('at once has them when it comes to itself', async () => {
    const answers: Answer[] = [influxError('v2', 503, 'starting'), { reset: true }]
    const { inputs, server } = await open(v2, ({ index }) => answers[index])
    const { post, warnings, points } = await runScenario({ with: { ...inputs, timeout: 20 } }, (running) =>
      running.step('tests', yieldTwo),
    )
    expect([post.exitCode, warnings, server.requests.length]).toEqual([0, [], 3])
    expect(server.points).toEqual(points)
  })

  test('in one request has them in smaller ones', async () => {
    const tooLarge = influxError('v1', 413, 'Request Entity Too Large')
    const { inputs, server } = await open(v1, ({ lineCount }) => (lineCount > 1 ? tooLarge : undefined))
    const { warnings, points } = await runScenario({ with: inputs }, (running) => running.step('tests', yieldTwo))
    expect(warnings).toEqual([])
    expect(server.points).toEqual(points)
  })

  test('in one request, nor in any smaller one', async () => {
    const { inputs } = await open(v1, () => influxError('v1', 413, 'Request Entity Too Large'))
    const { post, warnings, points } = await runScenario({ with: inputs }, (running) => running.step('tests', yieldTwo))
    expect(warnings).toEqual([
      expect.stringMatching(/^3 of 3 points .*: 413 .*not accept requests of this size\. 3 points are in/),
    ])
    expect(readKept(post.stdout)).toEqual(points)
  })

  test('fails the job where that is asked for', async () => {
    const { inputs } = await open(v1, () => influxError('v1', 500, 'engine: timeout'))
    const { main, post, warnings } = await runScenario({ with: { ...inputs, timeout: 1, 'fail-on-error': true } })
    expect([main.exitCode, post.exitCode, warnings]).toEqual([0, 1, []])
    expect(textsOf(post.annotations, 'error')).toEqual([expect.stringContaining('engine: timeout')])
  })

  test('and never answers is left at the timeout', async () => {
    const { inputs } = await open(v1, () => ({ hang: true }))
    const { post, warnings, points } = await runScenario({ with: { ...inputs, timeout: 2 } })
    expect(post.exitCode).toBe(0)
    expect(post.durationMs).toBeGreaterThan(1900)
    // Without the input it would be 30 seconds.
    expect(post.durationMs).toBeLessThan(15_000)
    expect(warnings).toEqual([
      expect.stringMatching(
        /^1 of 1 point could not be written to .*: no answer before the time ran out \(input timeout\)\. 1 point is in the log of this job, as line protocol\.$/,
      ),
    ])
    expect(points.length).toBe(1)
  })

  test('and never answers is left at the timeout, however much there is to send', async () => {
    const { inputs } = await open(v1, () => ({ hang: true }))
    const lines = Array.from({ length: 300_000 }, (_, index) => `tests,suite=s${index % 100} passed=${index}i\n`)
    const { post, warnings, points } = await runScenario({ with: { ...inputs, file: '', timeout: 1 } }, (job) =>
      appendFileSync(job.exportedEnv.BUILD_STATS ?? '', lines.join('')),
    )
    expect([post.exitCode, points]).toEqual([0, []])
    expect(post.durationMs).toBeGreaterThan(900)
    expect(post.durationMs).toBeLessThan(15_000)
    // The other one says that the file was not read to its end.
    const told = warnings.filter((text) => !text.startsWith('Data that steps yielded is missing: '))
    // On a busy machine, what was read until then fits in the log.
    const [, unsent, all, kept, gone = 0] =
      /^(\d+) of (\d+) points.* could not be written to .*: no answer before the time ran out \(input timeout\)\. (\d+) points are in the log of this job, as line protocol\.(?: (\d+) are lost: the log would be too long\.)?$/.exec(
        told[0]?.replaceAll(/(?<=\d),(?=\d)/g, '') ?? '',
      ) ?? []
    expect([told.length, all]).toEqual([1, unsent])
    expect(Number(kept) + Number(gone)).toBe(Number(unsent))
    expect(readKept(post.stdout)).toHaveLength(Number(kept))
    // More than a log that people read would hold, and no more than a log can.
    expect(Number(kept)).toBeGreaterThan(1000)
    expect(post.stdout.length).toBeLessThan(2_500_000)
  })

  test('when the job starts does not hold it up for long', async () => {
    const { inputs } = await open(v1, () => ({ hang: true }))
    const { main, post, warnings } = await runScenario({ with: { ...inputs, timeout: 1, 'start-point': true } })
    expect([main.exitCode, post.exitCode]).toEqual([0, 0])
    expect(main.durationMs).toBeLessThan(4000)
    expect(main.annotations).toEqual([])
    expect(main.log).toContain(
      `Build Stats: the start of this job is not yet written to ${inputs.url} (v1, database ci): no answer before 0.8 s had passed, after which the server is assumed to be down. The end of the job tries again.`,
    )
    expect(warnings).toEqual([
      expect.stringMatching(/^2 of 2 points could not be written to .* 2 points are in the log/),
    ])
    expect(readKept(post.stdout).map(({ measurement }) => measurement)).toEqual(['build_start', 'build'])
  })

  test('when the job starts has its start when the job ends, and without a warning', async () => {
    let isUp = false
    const { inputs, server } = await open(v1, () => (isUp ? undefined : influxError('v1', 503, 'starting')))
    const { main, post, warnings, points } = await runScenario(
      { with: { ...inputs, timeout: 1, 'start-point': true } },
      () => {
        isUp = true
      },
    )
    expect([main.exitCode, post.exitCode, warnings]).toEqual([0, 0, []])
    expect(server.points.map(({ measurement }) => measurement)).toEqual(['build_start', 'build'])
    // The file has its own since main: it is the very same point.
    const starts = [...server.points, ...points].filter(({ measurement }) => measurement === 'build_start')
    expect(starts).toHaveLength(2)
    expect(starts[0]).toEqual(starts[1])
  })

  test('because nobody is there', async () => {
    const inputs = { url: 'http://127.0.0.1:9', database: 'ci', 'start-point': false, timeout: 1 }
    const { post, warnings, points } = await runScenario({ with: inputs })
    expect([post.exitCode, points.length]).toEqual([0, 1])
    expect(warnings).toEqual([
      expect.stringMatching(/^1 of 1 point could not be written to http:\/\/127\.0\.0\.1:9 .*ECONNREFUSED/),
    ])
  })

  test('because nobody that is known vouches for its certificate', async () => {
    const certificate = closing(makeCertificate())
    const server = closing(await startInfluxServer({ api: 'v1', database: 'ci', tls: certificate }))
    const inputs = { url: server.url, database: 'ci', 'start-point': false }
    const { post, warnings, points } = await runScenario({ with: inputs })
    expect([post.exitCode, points.length, server.requests]).toEqual([0, 1, []])
    expect(warnings).toEqual([
      expect.stringMatching(
        /^1 of 1 point could not be written to https:.*certificate.*: set NODE_EXTRA_CA_CERTS on the runner to a file with the certificate of the server's CA\. /,
      ),
    ])
    const known = await runScenario({ with: inputs, env: { NODE_EXTRA_CA_CERTS: certificate.path } })
    expect([known.post.exitCode, known.warnings]).toEqual([0, []])
    expect(server.points).toEqual(known.points)
  })

  test('because its name is not known', async () => {
    const inputs = { url: 'http://influx.invalid:8086', database: 'ci', 'start-point': false, timeout: 1 }
    const { post, warnings } = await runScenario({ with: inputs })
    expect(post.exitCode).toBe(0)
    expect(warnings).toEqual([expect.stringMatching(/influx\.invalid/)])
  })
})

describe('a field of another type costs that field alone', () => {
  const sentence = 'input field "passed" on measurement "tests" is type string, already exists as type float'
  const partial = `partial write: field type conflict: ${sentence} dropped=1`
  const column =
    "invalid column type for column 'passed', expected iox::column_type::field::float, got iox::column_type::field::string"
  const conflicts: Record<string, [Row['of'], Answer]> = {
    v1: [v1, influxError('v1', 400, partial)],
    v2: [v2, influxError('v2', 422, `failure writing points to database: ${partial}`)],
    v3: [
      v3,
      influxError('v3', 400, 'partial write of line protocol occurred', [
        { original_line: 'tests', line_number: 3, error_message: column },
      ]),
    ],
  }

  test.each(Object.entries(conflicts))('%s', async (_, [of, answer]) => {
    const { inputs, server } = await open(of, ({ index }) => (index === 0 ? answer : undefined))
    const { post, warnings } = await runScenario({ with: inputs }, (running) =>
      running.step('tests', `printf 'tests passed=1\\ntests passed="two",failed=0\\n' >> "$BUILD_STATS"`),
    )
    expect([post.exitCode, server.violations]).toEqual([0, []])
    const place = `${inputs.url} (${of.server.api}, ${of.server.api === 'v2' ? 'bucket' : 'database'} ci)`
    expect(warnings).toEqual([
      `The field "passed" was left out of 1 point of "tests" in ${place}: this build sends it as string, but it is stored as float. It comes from data that steps yield; yield it as float, or under another name.`,
    ])
    // Once more, with the others: behind a conflict servers are silent about what else they did not take.
    const [first, second, ...more] = server.requests
    expect([first?.lineCount, second?.lineCount, more]).toEqual([3, 3, []])
    expect(second?.lines[2]).toMatch(/^tests,.*[ ,]failed=0,/)
    expect(second?.lines[2]).not.toContain('passed')
    expect(post.stdout).not.toContain('::group::')
  })
})

test.each(['/dev/null/points.lp', '/', '/proc/nowhere/x.lp', '/proc/nowhere/deep/below/points.lp'])(
  'the file %s cannot be written: it costs its points, and says so',
  async (file) => {
    const { main, post, warnings } = await runScenario({ with: { file, 'start-point': false } })
    expect([main.exitCode, post.exitCode]).toEqual([0, 0])
    expect(warnings).toEqual([expect.stringMatching(/^1 of 1 point could not be written to /)])
    expect(warnings[0]).toContain(` written to file ${file}: `)
    expect(post.durationMs).toBeLessThan(4000)
  },
)
