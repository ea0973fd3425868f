import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  type InfluxServer,
  type InfluxServerOptions,
  influxError,
  startInfluxServer,
} from '../support/influxdb-server.ts'
import type { ParsedLine } from '../support/line-protocol.ts'
import { eventPayload } from '../support/webhooks.ts'
import { closing } from './closing.ts'
import {
  type Finished,
  findPoint,
  openScenario,
  readPoints,
  runScenario,
  type Scenario,
  type ScenarioOptions,
  textsOf,
} from './scenario.ts'

const token = 'influx-token-4711-abcdef'
const password = 'pa:ss/w%rd-"08"15'
const path = '.build-stats.yml'
const secrets = { INFLUX_TOKEN: token, INFLUX_PASSWORD: password }

const open = async (options: InfluxServerOptions) => closing(await startInfluxServer(options))
const openV1 = (more: Partial<InfluxServerOptions> = {}) =>
  open({ api: 'v1', database: 'ci', username: 'stats', password, ...more } as InfluxServerOptions)
const openV2 = (more: Partial<InfluxServerOptions> = {}) =>
  open({ api: 'v2', org: 'acme', bucket: 'ci', token, ...more } as InfluxServerOptions)
const openV3 = (more: Partial<InfluxServerOptions> = {}) =>
  open({ api: 'v3', database: 'ci', token, ...more } as InfluxServerOptions)

const toV1 = ({ url }: { url: string }) => `{url: '${url}', database: ci, username: stats, password: $INFLUX_PASSWORD}`
const toV2 = ({ url }: { url: string }) => `{url: '${url}', org: acme, bucket: ci, token: $INFLUX_TOKEN}`
const toV3 = ({ url }: { url: string }) => `{url: '${url}', database: ci, token: $INFLUX_TOKEN}`

interface ConfigOptions extends ScenarioOptions {
  /** The checkout brings the config: it is not there yet when main runs. */
  readonly checkout?: boolean
}

/** A job with a config in its workspace; `points.lp` in it is what a file storage there takes. */
async function runConfig(
  config: string,
  { checkout = false, ...options }: ConfigOptions = {},
  steps?: (scenario: Scenario) => unknown,
): Promise<Finished & Scenario> {
  const scenario = await openScenario({
    ...options,
    with: { file: '', config: path, ...options.with },
    env: { ...secrets, ...options.env },
  })
  const write = () => writeFileSync(join(scenario.job.workspace, path), config)
  if (!checkout) write()
  const finished = await scenario.run(async () => {
    if (checkout) write()
    await steps?.(scenario)
  })
  return { ...scenario, ...finished }
}

const read = ({ job }: Scenario, file: string) => readPoints(join(job.workspace, file))
const measurementsOf = (points: readonly ParsedLine[]) => points.map(({ measurement }) => measurement)
const fieldsOf = (points: readonly ParsedLine[], measurement: string) => findPoint(points, measurement).fields

const yieldTests = [
  `echo coverage=87.5 >> "$GITHUB_OUTPUT"`,
  `echo 'tests,suite=unit passed=12,failed=0' >> "$BUILD_STATS"`,
].join('\n')

describe.concurrent('storages of one config', () => {
  test('have captures, layout, tags and measurement of their own', async () => {
    const [v1, v2, v3] = [await openV1(), await openV2(), await openV3()]
    const config = `
captures: [duration, property: coverage]
storages:
  - name: main
    influxdb: ${toV2(v2)}
    measurement: jobs
    tags: {team: web, go: 1.20}
  - name: legacy
    influxdb: ${toV1(v1)}
    layout: buildbot
    captures:
      - duration: {report-in: minutes}
      - property: {name: coverage, callback: $number(value) + 1}
      - data: tests
  - influxdb: ${toV3(v3)}
    matrix-tags: false
    captures:
      - start-time
      - data: {name: tests, measurement: suites, callback: '{"sum": passed + failed}'}
  - file: points.lp
`
    const contexts = { matrix: { os: 'linux' } }
    const finished = await runConfig(config, { contexts }, ({ job }) => job.step('tests', yieldTests))
    expect([finished.main.exitCode, finished.post.exitCode, finished.warnings]).toEqual([0, 0, []])
    expect([v1, v2, v3].flatMap(({ violations }) => violations)).toEqual([])

    expect(measurementsOf(v2.points)).toEqual(['jobs_start', 'jobs'])
    const { tags, fields } = findPoint(v2.points, 'jobs')
    expect(tags).toMatchObject({ team: 'web', go: '1.20', matrix_os: 'linux' })
    expect(fields).toMatchObject({ duration: expect.any(Number), coverage: 87.5 })
    expect(fields).not.toHaveProperty('start_time')

    const builder = 'CI/test (linux)'
    expect(measurementsOf(v1.points)).toEqual([`${builder}-build-times`, `${builder}-coverage`, `${builder}-tests`])
    for (const point of v1.points) expect(point.tags).toMatchObject({ builder_name: builder, build_number: '42' })
    expect(Object.keys(fieldsOf(v1.points, `${builder}-build-times`))).toEqual(['duration'])
    expect(fieldsOf(v1.points, `${builder}-coverage`)).toEqual({ name: 'coverage', value: expect.anything() })
    expect(fieldsOf(v1.points, `${builder}-tests`)).toEqual({ passed: 12, failed: 0 })

    expect(measurementsOf(v3.points)).toEqual(['build_start', 'build', 'suites'])
    expect(findPoint(v3.points, 'build').tags).not.toHaveProperty('matrix_os')
    expect(fieldsOf(v3.points, 'build')).toHaveProperty('start_time')
    expect(fieldsOf(v3.points, 'build')).not.toHaveProperty('coverage')
    expect(fieldsOf(v3.points, 'suites')).toMatchObject({ sum: 12 })

    expect(measurementsOf(read(finished, 'points.lp')).sort()).toEqual(['build', 'build_start'])
    expect(finished.job.summary).toContain('main: ')
    expect(finished.job.summary).toContain('legacy: ')
  })

  test('take from the inputs what they do not say', async () => {
    const config = 'storages:\n  - file: a.lp\n  - {file: b.lp, measurement: mine, tags: {}, captures: [end-time]}\n'
    const inputs = { captures: '[property: coverage]', measurement: 'jobs', tags: 'team: core', 'matrix-tags': false }
    const finished = await runConfig(config, { with: inputs, contexts: { matrix: { os: 'linux' } } }, ({ job }) =>
      job.step('tests', yieldTests),
    )
    expect(finished.warnings).toEqual([])
    const [a, b] = [read(finished, 'a.lp'), read(finished, 'b.lp')]
    expect(findPoint(a, 'jobs').tags).toMatchObject({ team: 'core' })
    expect(fieldsOf(a, 'jobs')).toMatchObject({ coverage: 87.5 })
    expect(fieldsOf(a, 'jobs')).not.toHaveProperty('duration')
    expect(findPoint(b, 'mine').tags).not.toHaveProperty('team')
    expect(fieldsOf(b, 'mine')).toHaveProperty('end_time')
    for (const point of [...a, ...b]) expect(point.tags).not.toHaveProperty('matrix_os')
  })

  test('take the layout from the inputs, too', async () => {
    const config = 'storages:\n  - file: a.lp\n  - {file: b.lp, layout: native}\n'
    const finished = await runConfig(config, { with: { layout: 'buildbot' } })
    expect(finished.warnings).toEqual([])
    const times = 'CI/test-build-times'
    expect(measurementsOf(read(finished, 'a.lp'))).toEqual([times, times, times])
    expect(measurementsOf(read(finished, 'b.lp')).sort()).toEqual(['build', 'build_start'])
  })

  test('that say nothing anywhere capture the times and all data', async () => {
    const finished = await runConfig('storages: [{file: a.lp}]\n', {}, ({ job }) => job.step('tests', yieldTests))
    const points = read(finished, 'a.lp')
    expect(measurementsOf(points).sort()).toEqual(['build', 'build_start', 'tests'])
    expect(fieldsOf(points, 'build')).toMatchObject({ duration: expect.any(Number), start_time: expect.any(String) })
  })

  test('warn once of what shared captures miss', async () => {
    const config =
      'captures: [property: coverage]\nstorages: [{file: a.lp}, {file: b.lp}, {file: c.lp, layout: buildbot}]\n'
    const { warnings, job, post } = await runConfig(config)
    expect(warnings).toEqual([
      expect.stringMatching(/^property coverage \(\.build-stats\.yml, line 1\) was not captured: there is no property/),
    ])
    expect(post.stdout.match(/was not captured/g)).toHaveLength(1)
    expect(job.summary.match(/there is no property/g)).toHaveLength(1)
  })

  test('warn each of what their own captures miss', async () => {
    const config =
      'storages:\n  - {file: a.lp, captures: [property: one]}\n  - {file: b.lp, captures: [property: two]}\n'
    const { warnings } = await runConfig(config)
    expect(warnings).toEqual([
      expect.stringMatching(/^property one \(\.build-stats\.yml, line 2\)/),
      expect.stringMatching(/^property two \(\.build-stats\.yml, line 3\)/),
    ])
  })

  test('have the start point twice nowhere', async () => {
    const v2 = await openV2()
    const config = `storages:\n  - influxdb: ${toV2(v2)}\n  - file: a.lp\n  - {file: b.lp, layout: buildbot}\n`
    const finished = await runConfig(config)
    expect(measurementsOf(v2.points)).toEqual(['build_start', 'build'])
    expect(measurementsOf(read(finished, 'a.lp')).sort()).toEqual(['build', 'build_start'])
    expect(measurementsOf(read(finished, 'b.lp'))).not.toContain('build_start')
  })

  test('are all printed in a dry run', async () => {
    const v2 = await openV2()
    const config = `storages:\n  - influxdb: ${toV2(v2)}\n  - {file: a.lp, measurement: jobs}\n`
    const finished = await runConfig(config, { with: { 'dry-run': true } })
    expect([v2.requests.length, existsSync(join(finished.job.workspace, 'a.lp'))]).toEqual([0, false])
    expect(finished.log).toMatch(/^build,/m)
    expect(finished.log).toMatch(/^jobs,/m)
  })
})

describe.concurrent('a config that the checkout brings', () => {
  test('has its start points written by post, with the time of the start', async () => {
    const v2 = await openV2()
    const config = `storages:\n  - influxdb: ${toV2(v2)}\n  - file: a.lp\n  - {file: b.lp, layout: buildbot}\n`
    const finished = await runConfig(config, { checkout: true, api: 'none' }, () => {
      expect(v2.requests.length).toBe(0)
    })
    expect([finished.main.exitCode, finished.post.exitCode]).toEqual([0, 0])
    expect(finished.warnings.filter((text) => !text.includes('start'))).toEqual([])
    expect(v2.violations).toEqual([])
    expect(measurementsOf(v2.points).sort()).toEqual(['build', 'build_start'])
    expect(measurementsOf(read(finished, 'a.lp')).sort()).toEqual(['build', 'build_start'])
    const startMs = Date.parse(String(finished.job.outputs['start-time']))
    expect(findPoint(v2.points, 'build_start').timeNs / 1_000_000n).toBe(BigInt(startMs))
    expect(findPoint(v2.points, 'build_start').tags).not.toHaveProperty('result')
  })

  test('has none where the inputs want none', async () => {
    const finished = await runConfig('storages: [{file: a.lp}]\n', { checkout: true, with: { 'start-point': false } })
    expect(measurementsOf(read(finished, 'a.lp'))).toEqual(['build'])
  })

  test('and does not bring is an error of post that names the path, and the job stays green', async () => {
    const { main, post } = await runScenario({ with: { file: '', config: path }, env: secrets })
    expect([main.exitCode, main.annotations, post.exitCode]).toEqual([0, [], 0])
    expect(textsOf(post.annotations, 'error')).toEqual([
      'No statistics of this job were written. One problem in the inputs:\n' +
        `  config: the file ${path} does not exist; check the path, and that the repository is checked out before the job ends`,
    ])
  })

  test('and does not bring fails the job where that is asked for', async () => {
    const { post } = await runScenario({ with: { file: '', config: path, 'fail-on-error': true } })
    expect(post.exitCode).toBe(1)
  })

  test('with mistakes is told by post, each with its line', async () => {
    const { main, post } = await runConfig('storages:\n  - file: a.lp\n    layuot: native\n', { checkout: true })
    expect([main.exitCode, main.annotations, post.exitCode]).toEqual([0, [], 0])
    expect(textsOf(post.annotations, 'error')).toEqual([
      expect.stringMatching(
        /^No statistics .*\n {2}\.build-stats\.yml, line 3: unknown key "layuot"; did you mean "layout"/,
      ),
    ])
  })

  test('that it changes is what post goes by', async () => {
    const finished = await runConfig('storages: [{file: a.lp}]\n', {}, ({ job }) =>
      writeFileSync(join(job.workspace, path), 'storages: [{file: b.lp, captures: []}]\n'),
    )
    expect(read(finished, 'a.lp')).toEqual([])
    expect(measurementsOf(read(finished, 'b.lp')).sort()).toEqual(['build', 'build_start'])
  })

  test('that it takes away is an error of post', async () => {
    const { post } = await runConfig('storages: [{file: a.lp}]\n', { with: { config: path } }, ({ job }) =>
      job.step('clean', `rm ${path}`),
    )
    expect(textsOf(post.annotations, 'error')).toEqual([expect.stringContaining(`the file ${path} does not exist`)])
  })
})

describe.concurrent('$NAME', () => {
  /** Where a secret could be seen; the commands that mask it aside, which the runner swallows. */
  function findLeaks({ job, main, post }: Finished & Scenario, secret: string, lines: readonly string[]): string[] {
    const log = [main, post].map(({ stdout }) => stdout.replaceAll(/^::add-mask::.*$/gm, '')).join('\n')
    const file = join(job.workspace, 'points.lp')
    const places = {
      log,
      state: JSON.stringify(job.state),
      outputs: JSON.stringify(job.outputs),
      environment: JSON.stringify(job.exportedEnv),
      summary: job.summary,
      file: existsSync(file) ? readFileSync(file, 'utf8') : '',
      lines: lines.join('\n'),
    }
    const forms = [secret, JSON.stringify(secret).slice(1, -1)]
    return Object.entries(places).flatMap(([place, text]) => (forms.some((form) => text.includes(form)) ? [place] : []))
  }

  test('is a secret that is seen nowhere, whatever holds it', async () => {
    const [v1, v2, v3] = [
      await openV1(),
      await openV2(),
      await openV3({ respond: () => influxError('v3', 403, `no: ${token}`) } as Partial<InfluxServerOptions>),
    ]
    const config = `
captures:
  - duration
  - property: leak
  - property: env.INFLUX_PASSWORD
  - {property: {name: env.INFLUX_TOKEN, tag: leaked}}
  - data: {regex: '.*'}
storages:
  - {name: 'with ${token}', influxdb: ${toV2(v2)}, tags: {team: 'team ${token}'}}
  - {name: legacy, influxdb: ${toV1(v1)}, layout: buildbot, captures: [property: leak, data: {regex: '.*'}]}
  - influxdb: ${toV3(v3)}
  - file: points.lp
`
    const finished = await runConfig(config, {}, ({ job }) =>
      job.step(
        'leaky',
        [
          `echo "leak=$INFLUX_TOKEN and $INFLUX_PASSWORD" >> "$GITHUB_OUTPUT"`,
          `echo "yielded,by=$INFLUX_TOKEN fine=1" >> "$BUILD_STATS"`,
          `echo "malformed $INFLUX_TOKEN $INFLUX_PASSWORD" >> "$BUILD_STATS"`,
        ].join('\n'),
      ),
    )
    expect([finished.main.exitCode, finished.post.exitCode]).toEqual([0, 0])
    expect([v1, v2].flatMap(({ violations }) => violations)).toEqual([])
    expect(v1.points.length).toBeGreaterThan(0)
    const lines = [v1, v2, v3].flatMap((server) => server.lines)
    const login = Buffer.from(`stats:${password}`).toString('base64')
    expect(findLeaks(finished, token, lines)).toEqual([])
    expect(findLeaks(finished, password, lines)).toEqual([])
    expect(findLeaks(finished, login, lines)).toEqual([])
    expect(finished.job.masks).toEqual(expect.arrayContaining([token, password, login]))
    expect(finished.warnings.join('\n')).toContain('no: ***')
  })

  test('is taken out before text is cut, in the place of a tag and of a field', async () => {
    const [tag, field] = [1000, 65_515].map((length) => `${'x'.repeat(length)} ${token}`)
    const config = `
captures: [{property: {name: tag, tag: tag}}, {property: field}]
storages: [{influxdb: {url: 'http://127.0.0.1:9', org: a, bucket: b, token: $INFLUX_TOKEN}}, {file: points.lp}]
`
    const { job, post } = await runConfig(config, { with: { timeout: 2 } }, ({ job }) =>
      job.step('leaky', `echo "tag=${tag}" >> "$GITHUB_OUTPUT"; echo "field=${field}" >> "$GITHUB_OUTPUT"`),
    )
    expect(post.exitCode).toBe(0)
    const text = readFileSync(join(job.workspace, 'points.lp'), 'utf8')
    expect(text).toMatch(/^build,.*x{1000}/m)
    expect(text).not.toContain(token.slice(0, 6))
  })

  test('that is not set masks nothing of the log', async () => {
    const { job } = await openScenario({
      with: { file: '', config: path },
      env: { INFLUX_TOKEN: undefined },
    })
    writeFileSync(
      join(job.workspace, path),
      'storages: [{influxdb: {url: "http://127.0.0.1:9", org: a, bucket: b, token: $INFLUX_TOKEN}}]\n',
    )
    const main = await job.main()
    expect(main.exitCode).toBe(1)
    expect(job.masks.filter((mask) => mask.length < 6)).toEqual([])
    expect(textsOf(main.annotations, 'error')).toEqual([
      expect.stringMatching(
        /^One problem in the inputs:\n {2}\.build-stats\.yml, line 1: (?:token: )?the environment variable INFLUX_TOKEN is not set; set it/,
      ),
    ])
  })

  describe('that is empty', () => {
    const event = eventPayload('pull_request', 'opened')
    const head = {
      ...event.pull_request.head,
      repo: { ...event.pull_request.head.repo, full_name: 'somebody/octo-repo' },
    }
    const fork = {
      event: { ...event, pull_request: { ...event.pull_request, head } },
      env: { GITHUB_EVENT_NAME: 'pull_request', INFLUX_TOKEN: '', INFLUX_PASSWORD: '' },
    }
    const nowhere = { url: 'http://127.0.0.1:9' }
    const fallback = ({ job }: Scenario) => readPoints(join(job.temp, 'build-stats.lp'))

    test('in a fork sends the points of its storage to a file, and says which storage and why', async () => {
      const config = `storages:\n  - name: main\n    influxdb: ${toV2(nowhere)}\n  - file: points.lp\n`
      const finished = await runConfig(config, fork)
      expect([finished.main.exitCode, finished.post.exitCode, finished.warnings]).toEqual([0, 0, []])
      expect(measurementsOf(fallback(finished)).sort()).toEqual(['build', 'build_start'])
      expect(measurementsOf(read(finished, 'points.lp')).sort()).toEqual(['build', 'build_start'])
      const notices = textsOf(finished.job.annotations, 'notice')
      expect(notices).toEqual([
        expect.stringMatching(/token.* empty: (?:its )?points go to the file .*build-stats\.lp.*fork/i),
      ])
      expect(notices[0]).toMatch(/\.build-stats\.yml, line \d|main|INFLUX_TOKEN/)
    })

    test.each([
      ['v1', toV1],
      ['v3', toV3],
    ])('in a fork does so for %s', async (_api, to) => {
      const finished = await runConfig(`storages: [influxdb: ${to(nowhere)}]\n`, fork)
      expect([finished.main.exitCode, finished.warnings]).toEqual([0, []])
      expect(measurementsOf(fallback(finished)).sort()).toEqual(['build', 'build_start'])
    })

    test('outside of a fork makes no other server of it', async () => {
      const v1 = await open({ api: 'v1', database: 'ci' })
      const finished = await runConfig(`storages: [influxdb: ${toV3(v1)}]\n`, { env: { INFLUX_TOKEN: '' } })
      expect(v1.requests.length).toBe(0)
      expect(measurementsOf(fallback(finished)).sort()).toEqual(['build', 'build_start'])
    })

    test('for user and password does not send without them', async () => {
      const v1 = await open({ api: 'v1', database: 'ci' })
      const server = `{url: '${v1.url}', database: ci, username: $INFLUX_USER, password: $INFLUX_PASSWORD}`
      const env = { INFLUX_USER: '', INFLUX_PASSWORD: '' }
      await runConfig(`storages: [influxdb: ${server}]\n`, { env })
      expect(v1.requests.length).toBe(0)
    })

    test('in a fork takes nothing from a storage that needs no secret', async () => {
      const v1 = await open({ api: 'v1', database: 'ci' })
      await runConfig(`storages: [influxdb: {url: '${v1.url}', database: ci}]\n`, fork)
      expect(v1.violations).toEqual([])
      expect(measurementsOf(v1.points)).toEqual(['build_start', 'build'])
    })

    test('for two storages is told of each', async () => {
      const config = `storages:\n  - influxdb: ${toV2(nowhere)}\n  - influxdb: ${toV2({ url: 'http://127.0.0.1:10' })}\n`
      const { job, post } = await runConfig(config, fork)
      expect(post.exitCode).toBe(0)
      const notices = textsOf(job.annotations, 'notice')
      expect(notices.length).toBe(2)
      expect(new Set(notices).size).toBe(2)
    })

    test.each([
      ['once where they would write the same', '', ['build', 'build_start']],
      ['for each where they would not', ', layout: buildbot', ['CI/test-build-times', 'build', 'build_start']],
    ])('for two storages writes %s', async (_what, more, measurements) => {
      const storages = [`{influxdb: ${toV2(nowhere)}}`, `{influxdb: ${toV3(nowhere)}${more}}`]
      const finished = await runConfig(`captures: [duration]\nstorages: [${storages.join(', ')}]\n`, fork)
      expect(measurementsOf(fallback(finished)).sort()).toEqual(measurements)
    })

    test('in a push, in a file that is checked out meanwhile, is a warning when the job ends', async () => {
      const { job } = await openScenario({ with: { file: '', config: '.build-stats.yml' }, env: { INFLUX_TOKEN: '' } })
      await job.main()
      writeFileSync(join(job.workspace, '.build-stats.yml'), `storages: [influxdb: ${toV2(nowhere)}]\n`)
      const post = await job.post()
      expect([post.exitCode, textsOf(post.annotations, 'warning')]).toEqual([
        0,
        [expect.stringMatching(/^\$INFLUX_TOKEN of the storage in .* is empty: its points go to the file/)],
      ])
    })

    test('for the path of a file does not speak of InfluxDB', async () => {
      const finished = await runConfig('storages: [{file: $POINTS}]\n', { env: { POINTS: '' } })
      expect(measurementsOf(fallback(finished)).sort()).toEqual(['build', 'build_start'])
      expect(finished.warnings).toEqual([expect.stringMatching(/^\$POINTS .* is empty: .*, and not to that file\. /)])
    })
  })
})

test.each(['url', 'token', 'bucket', 'database', 'file'])('%s beside config is a problem', async (input) => {
  const { job } = await openScenario({ with: { file: '', config: path, [input]: 'something-else' } })
  writeFileSync(join(job.workspace, path), 'storages: [{file: a.lp}]\n')
  const main = await job.main()
  expect([main.exitCode, main.stderr]).toEqual([1, ''])
  expect(textsOf(main.annotations, 'error')).toEqual([
    `One problem in the inputs:\n  ${input}: cannot be combined with config: write it in ${path}, or leave config out`,
  ])
})

describe.concurrent('one storage that is out of order', () => {
  interface Broken {
    /** The server of it, in the config. */
    readonly to: () => Promise<string>
    readonly told: RegExp
  }
  const respond = (respond: NonNullable<InfluxServerOptions['respond']>) => async () =>
    toV2(await openV2({ respond } as Partial<InfluxServerOptions>))
  const broken: Record<string, Broken> = {
    'is down': { to: async () => toV2({ url: 'http://127.0.0.1:9' }), told: /ECONNREFUSED/ },
    'has a name that nobody knows': {
      to: async () => toV2({ url: 'http://influx.invalid:8086' }),
      told: /influx\.invalid/,
    },
    'does not know the token': {
      to: respond(() => influxError('v2', 401, 'unauthorized access')),
      told: /401 .*check the token/,
    },
    'knows no such bucket': {
      to: respond(() => influxError('v2', 404, 'bucket "ci" not found')),
      told: /404 .*the bucket "ci"/,
    },
    'never answers': { to: respond(() => ({ hang: true })), told: /no answer before / },
    'breaks every connection': { to: respond(() => ({ reset: true })), told: /ECONNRESET|socket/ },
    'is no InfluxDB': {
      to: respond(() => ({ status: 200, body: '<html></html>', headers: { 'content-type': 'text/html' } })),
      told: /is this the url of InfluxDB/,
    },
    'is a file that cannot be written': { to: async () => '', told: /file \/dev\/null\/points\.lp: / },
  }

  test.each(Object.entries(broken))('%s: the others have everything', async (_what, { to, told }) => {
    const [v1, v3] = [await openV1(), await openV3()]
    const server = await to()
    const bad = server === '' ? 'file: /dev/null/points.lp' : `influxdb: ${server}`
    const config = `storages:\n  - influxdb: ${toV1(v1)}\n  - {name: broken, ${bad}}\n  - influxdb: ${toV3(v3)}\n  - file: points.lp\n`
    const finished = await runConfig(config, { with: { timeout: 1 } }, ({ job }) => job.step('tests', yieldTests))
    expect([finished.main.exitCode, finished.post.exitCode]).toEqual([0, 0])
    // Two seconds for the one that never answers; without an end, this would take as long as a job may.
    expect(finished.post.durationMs).toBeLessThan(15_000)
    expect([v1, v3].flatMap(({ violations }) => violations)).toEqual([])
    const all = ['build', 'build_start', 'tests']
    for (const points of [v1.points, v3.points, read(finished, 'points.lp')])
      expect(measurementsOf(points).sort()).toEqual(all)
    expect(textsOf(finished.post.annotations, 'warning')).toEqual([
      expect.stringMatching(/^\d of \d points could not be written to broken: /),
    ])
    for (const warning of finished.warnings) expect(warning).toMatch(told)
    expect(finished.job.summary).toMatch(
      /^> <p>\d of \d points could not be written to broken: .* points? (is|are) in the log of this job/m,
    )
  })

  test('fails the job where that is asked for, and the others have everything', async () => {
    const v3: InfluxServer = await openV3()
    const config = `storages:\n  - influxdb: ${toV2({ url: 'http://127.0.0.1:9' })}\n  - influxdb: ${toV3(v3)}\n`
    const finished = await runConfig(config, { with: { timeout: 1, 'fail-on-error': true } })
    expect([finished.main.exitCode, finished.post.exitCode]).toEqual([0, 1])
    expect(measurementsOf(v3.points)).toEqual(['build_start', 'build'])
  })
})
