// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows are written so
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { cleanTag } from '../../src/point/clean.ts'
import { type Finished, runScenario, type Scenario, textsOf } from '../scenario/scenario.ts'
import { describeServers } from '../support/describe-servers.ts'
import type { Influxd } from '../support/influxd.ts'
import type { Job } from '../support/job-runner.ts'
import { type Loopback, startLoopback } from '../support/loopback.ts'
import { type PastBuild, toPastLines, toUsualBuilds } from '../support/past-builds.ts'
import {
  influxdb16,
  influxdb112,
  influxdbs,
  questdb,
  telegraf,
  victoriaMetrics179,
  victoriaMetrics1151,
} from '../support/servers.ts'
import { toTimedJob } from './timed-job.ts'

const captures = '- duration\n- steps'

describeServers(influxdbs, (server) => {
  let influxd: Influxd
  beforeAll(async () => {
    influxd = await server.start()
  })
  afterAll(() => influxd?.stop())
  beforeEach(async () => {
    await influxd.dropDatabase('ci')
    await influxd.createDatabase('ci')
  })

  const write = async (builds: readonly PastBuild[], measurement?: string) => {
    if (builds.length === 0) return
    expect(await influxd.write('ci', toPastLines(builds, measurement))).toMatchObject({ status: 204 })
  }

  interface Given {
    readonly compare?: string
    readonly seconds?: number
    readonly steps?: Readonly<Record<string, number>>
    readonly inputs?: Readonly<Record<string, string | boolean>>
    readonly options?: Parameters<typeof runScenario>[0]
    readonly end?: (job: Job) => unknown
  }

  function run({ compare = 'true', seconds = 432, steps, inputs = {}, options = {}, end }: Given) {
    const given = { ...influxd.inputs('ci'), file: '', captures, compare, 'fail-on-error': true, ...inputs }
    return runScenario({ ...options, with: given, api: { job: toTimedJob(seconds, steps) } }, end)
  }

  test('the verdict has the right median, percentage and slowest step', async () => {
    await write(toUsualBuilds())
    const { post, log, warnings, job } = await run({ steps: { 'Set up job': 3, 'Run npm test': 344, Lint: 84 } })
    const [, took] =
      /CI\/test: (7m [1-5]\ds), [45]\d % above the median of the last 20 builds on main \(5m 03s\); step \*Run npm test\* took 2m 04s more\./.exec(
        log,
      ) ?? []
    expect(took, log).toBeDefined()
    expect([post.exitCode, warnings]).toEqual([0, []])
    expect(job.summary).toMatch(new RegExp(`^<h3>CI/test: ${took}, [45]\\d % slower than usual</h3>\n`))
    expect(job.summary).toContain('step <em>Run npm test</em> took 2m 04s more.')
    const rows = await influxd.query('ci', 'SELECT count("duration") FROM "build_step"')
    expect(rows[0]?.rows[0]?.[1]).toBe(93)
  })

  test.each([
    ['warn-above: 1.2', 0, 'warning'],
    ['warn-above: 20%', 0, 'warning'],
    ['warn-above: 6m', 0, 'warning'],
    ['{warn-above: 1.2, fail-above: 10m}', 0, 'warning'],
    ['fail-above: 1.2', 1, 'error'],
    ['fail-above: 400s', 1, 'error'],
    ['{warn-above: 1.1, fail-above: 1.2}', 1, 'error'],
    ['{fail-above: 1.2, last: 7, min-builds: 7, usual: spread}', 1, 'error'],
  ] as const)('%s', async (compare, exitCode, level) => {
    await write(toUsualBuilds())
    const { post, job } = await run({ compare })
    expect(post.exitCode).toBe(exitCode)
    const told = job.annotations
    expect(told).toMatchObject([
      { level, message: expect.stringMatching(/^CI\/test: 7m [1-5]\ds, [45]\d % above .*\(5m 0\ds\)/) },
    ])
    expect(told[0]?.message).toMatch(level === 'error' ? /\. fail-above allows/ : /\. warn-above allows/)
  })

  test.each(['{warn-above: 2, fail-above: 3}', '{warn-above: 10m, fail-above: 100%}', 'true'])(
    '%s is not passed',
    async (compare) => {
      await write(toUsualBuilds())
      const { post, warnings, job } = await run({ compare })
      expect([post.exitCode, warnings, textsOf(job.annotations, 'error')]).toEqual([0, [], []])
    },
  )

  test('what is within the usual scatter is as usual', async () => {
    await write(toUsualBuilds())
    const { log } = await run({ seconds: 309 })
    expect(log).toMatch(/CI\/test: 5m (09|1\d|20)s, as usual: the median of the last 20 builds on main is 5m 03s\./)
  })

  test('builds that failed, of others, and this build itself are no measure', async () => {
    const other: PastBuild = { duration: 10_000 }
    await write([
      ...toUsualBuilds(6),
      ...['failure', 'cancelled'].flatMap((result) => Array(10).fill({ ...other, result })),
      ...[{ repository: 'other/one' }, { workflow: 'Other' }, { job: 'other' }].flatMap((tags) =>
        Array(10).fill({ ...other, tags }),
      ),
      ...Array(10).fill({ ...other, branch: 'feature' }),
    ])
    const { log } = await run({})
    // One of the six got stuck.
    expect(log).toContain('as usual: the median of the last 6 builds on main is 5m 01s')
  })

  test.each([
    ['same', 'feature/x', 'feature/x (3m 20s)'],
    ['release "9\\1\'', 'main', 'release "9\\1\' (3m 20s)'],
  ])('branch: %s', async (branch, own, text) => {
    const named = branch === 'same' ? own : branch
    await write([...toUsualBuilds(), ...Array(6).fill({ duration: 200, branch: named, steps: { Lint: 20 } })])
    const { log } = await run({
      compare: JSON.stringify({ branch }),
      steps: { Lint: 90 },
      options: { env: { GITHUB_REF_NAME: own, GITHUB_REF: `refs/heads/${own}` } },
    })
    expect(log).toContain(`the median of the last 6 builds on ${text}; step *Lint* took 1m 10s more.`)
  })

  test('of a matrix, the same leg', async () => {
    await write([
      ...toUsualBuilds().map((one) => ({ ...one, tags: { matrix_os: 'a b', matrix_node: '20' } })),
      ...Array(30).fill({ duration: 1, tags: { matrix_os: 'a b', matrix_node: '24' } }),
    ])
    const { log } = await run({ options: { contexts: { matrix: { os: 'a b', node: 20 } } } })
    expect(log).toContain('of the last 20 builds on main (5m 03s)')
  })

  test('of a matrix, all legs: each has its own steps and data', async () => {
    const legs = ['linux', 'macos'] as const
    await write(
      Array.from({ length: 12 }, (_, index): PastBuild => {
        const steps = { 'Run npm test': 220, Lint: 84 }
        const run = 1 + Math.floor(index / 2)
        return { duration: 304, run, tests: 10 + 2 * (index % 2), steps, tags: { matrix_os: legs[index % 2] ?? '' } }
      }),
    )
    const ignored = { 'ignore-tags': ['matrix_os'] }
    const { log } = await run({
      compare: JSON.stringify([{ ...ignored }, { ...ignored, statistic: 'tests.duration' }]),
      steps: { 'Run npm test': 344, Lint: 84 },
      inputs: { captures: '- duration\n- steps\n- data: tests' },
      options: { contexts: { matrix: { os: 'linux' } } },
      end: (job) => job.step('own', 'echo "tests duration=30" >> "$BUILD_STATS"'),
    })
    expect(log).toMatch(/the last 12 builds on main \(5m 04s\); step \*Run npm test\* took 2m 04s more/)
    expect(log).toMatch(/tests\.duration 30s, 173 % above the median of the last 12 builds on main \(11s\)/)
  })

  test('a duration in minutes, under another name, in another measurement', async () => {
    const builds = Array(6).fill({ duration: 1, fields: { took: '5' } }) as PastBuild[]
    await write(builds, 'jobs')
    const inputs = { captures: '- duration: {report-in: minutes, field: took}', measurement: 'jobs' }
    const { log } = await run({ inputs })
    expect(log).toContain('above the median of the last 6 builds on main (5m 00s)')
  })

  test('another statistic, and the change of every captured number', async () => {
    const builds = Array.from({ length: 9 }, (_, index) => ({
      duration: 300,
      fields: { bundle_kb: `${500 + index}i`, coverage: '80' },
    }))
    await write(builds)
    const inputs = {
      captures: '- property: {name: bundle, field: bundle_kb, type: int}\n- property: coverage\n- property: note',
      'fail-on-error': false,
    }
    const end = (job: Job) => job.step('own', `printf 'bundle=560\\ncoverage=84\\nnote=text\\n' >> "$GITHUB_OUTPUT"`)
    const compare = '{statistic: bundle, warn-above: {value: 550}}'
    const { warnings, job } = await run({ compare, inputs: { ...inputs, steps: '${{ toJSON(steps) }}' }, end })
    expect(warnings).toEqual([
      'CI/test: bundle 560, 11 % above the median of the last 9 builds on main (504). warn-above allows 550.',
    ])
    const rows = job.summary.replace(/ (align|title)="[^"]*"/g, '').replaceAll('\u00a0', ' ')
    expect(rows).toContain('<th>Statistic</th><th>This build</th><th>Usual</th><th>Change</th>')
    expect(rows).toContain('<td>560</td><td>504</td><td><strong>+11 %</strong></td>')
    expect(rows).toMatch(/<td>84<\/td><td>80<\/td><td>(\+5 %)?<\/td>/)
    expect(rows).toMatch(/<code>text<\/code><\/td><td><\/td>/)
  })

  test.each<[string, PastBuild[], string, RegExp]>([
    ['no history', [], '{fail-above: 1.1}', /there is no successful build with this statistic on main within 90 days/],
    [
      'too few builds',
      toUsualBuilds(4),
      '{fail-above: 1.1}',
      /there are 4 successful builds on main within 90 days, fewer than 5/,
    ],
    ['min-builds', toUsualBuilds(9), '{fail-above: 1.1, min-builds: 10}', /are 9 successful builds .* fewer than 10/],
    [
      'another branch',
      toUsualBuilds(),
      '{fail-above: 1.1, branch: other}',
      /no successful build with this statistic on other/,
    ],
    ['no statistic', toUsualBuilds(), '{fail-above: 1.1, statistic: size}', /this build has no statistic "size"/],
  ])('%s: said in one line, and the job is green', async (_, builds, compare, reason) => {
    await write(builds)
    expectGreen(await run({ compare }), reason)
  })

  test('what a build used of its runner', async () => {
    const memory = (index: number) => ({ memory_max: `${(100 + (index % 5)) * 1e6}i` })
    await write(toUsualBuilds().map((build, index) => ({ ...build, fields: memory(index) })))
    const compare = '{statistic: memory_max, fail-above: 1.1}'
    // A busy machine may not have looked at anything before a job ends that does nothing.
    const end = (job: Job) => {
      const { file } = JSON.parse(job.state['build-stats'] ?? '').sampler
      return job.step('own', `for i in $(seq 200); do [ -s '${file}' ] && exit; sleep 0.1; done`)
    }
    const { post, log } = await run({ compare, inputs: { resources: '{every: 1s}' }, end })
    expect(log).toMatch(
      /^Error: CI\/test: memory_max [\d.]+ [GM]B, [\d,]+ % above the median of the last 20 builds on main \(102 MB\)\. fail-above allows 1\.1, which is 112 MB\.$/m,
    )
    expect(post.exitCode).toBe(1)
  })

  test('a build that failed or was cancelled is not judged', async () => {
    await write(toUsualBuilds())
    for (const [end, text] of [
      [
        (job: Job) => job.step('own', 'exit 1'),
        /7m [1-5]\ds; not judged, since the build ended with failure: the median of .* is 5m 03s\./,
      ],
      [(job: Job) => job.cancel(), /7m [1-5]\ds; not compared with earlier builds: this one was cancelled\./],
    ] as const) {
      const { post, log, job } = await run({ compare: '{warn-above: 1s, fail-above: 1.1}', end })
      expect([post.exitCode, textsOf(job.annotations, 'error'), textsOf(job.annotations, 'warning')]).toEqual([
        0,
        [],
        [],
      ])
      expect(log).toMatch(text)
    }
  })

  test('a database that is not there', async () => {
    const finished = await run({
      inputs: { ...influxd.inputs('nowhere'), 'fail-on-error': false, 'start-point': false },
    })
    expect(finished.log).toMatch(
      /not compared with earlier builds: "(?:database not found: nowhere|not executed)", check that the (database|token may read)/,
    )
    expect(finished.post.exitCode).toBe(0)
  })

  test('names and branches that would be queries are names and branches', async () => {
    const hostile = [
      `'; DROP DATABASE ci; --`,
      `\\'; DROP DATABASE ci; --`,
      `"; DROP MEASUREMENT build; --`,
      `x' OR 'a' = 'a`,
      `x\\`,
      `a\nb`,
      `a\rb`,
      `/.*/`,
      'a\u0000b',
    ]
    await write(toUsualBuilds())
    for (const name of hostile) {
      const clean = cleanTag(name)
      await write(Array(6).fill({ duration: 100, tags: { matrix_os: clean }, branch: name, isDefault: true }))
      const options = { contexts: { matrix: { os: name } } }
      const { log } = await run({ options, compare: JSON.stringify({ branch: 'default' }) })
      expect(log, name).toMatch(/above the median of the last \d+ builds on main \(1m 40s\)/)
      const byBranch = await run({ compare: JSON.stringify({ branch: name, statistic: name }), options })
      expect(byBranch.post.exitCode).toBe(0)
      expect(byBranch.log).toMatch(/this build has no (statistic|data)/)
      const named = await run({ compare: JSON.stringify({ branch: name }), options })
      expect(named.post.exitCode).toBe(0)
      expect(named.log).not.toContain('error parsing query')
    }
    const [count] = await influxd.query('ci', 'SELECT count("duration") FROM "build" WHERE "matrix_os" = \'\'')
    expect(count?.rows[0]?.[1]).toBe(30)
  })
})

describeServers([influxdb16, influxdb112], (server) => {
  test('a user that may not read: said in one line, and the row is written', async () => {
    const influxd = await server.start({ auth: true })
    try {
      await influxd.createDatabase('ci')
      await influxd.query('', `CREATE USER "writer" WITH PASSWORD 'writer-password'`)
      await influxd.query('', 'GRANT WRITE ON "ci" TO "writer"')
      await influxd.write('ci', toPastLines(toUsualBuilds()))
      const inputs = { url: influxd.url, database: 'ci', file: '', captures: '- duration', 'fail-on-error': true }
      const runAs = (username: string, password: string) =>
        runScenario({
          with: { ...inputs, username, password, compare: 'fail-above: 1.1' },
          api: { job: toTimedJob(432) },
        })
      const writer = await runAs('writer', 'writer-password')
      expectGreen(writer, /403, ".*requires READ on ci.*", the user may write to the database "ci" but not read it/)
      const admin = await runAs('admin', 'admin-password')
      expect(admin.post.exitCode).toBe(1)
      expect(textsOf(admin.post.annotations, 'error')).toEqual([expect.stringContaining('% above the median')])
      const [count] = await influxd.query('ci', 'SELECT count("duration") FROM "build"')
      expect(count?.rows[0]?.[1]).toBe(32)
    } finally {
      await influxd.stop()
    }
  })

  test('a server that answers later than the deadline', async () => {
    const influxd = await server.start()
    let proxy: Loopback | undefined
    try {
      await influxd.createDatabase('ci')
      await influxd.write('ci', toPastLines(toUsualBuilds()))
      proxy = await startLoopback({
        async answer({ path, query, headers, body }) {
          if (path === '/query') return { hang: true }
          return influxd.write(query.get('db') ?? '', headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body)
        },
      })
      const inputs = { url: proxy.url, database: 'ci', file: '', captures: '- duration', 'fail-on-error': true }
      const startMs = Date.now()
      const finished = await runScenario({
        with: { ...inputs, compare: 'fail-above: 1.1', timeout: '2' },
        api: { job: toTimedJob(432) },
      })
      expectGreen(finished, /the server did not answer (within (1s|\d+ ms)|before the time ran out \(input timeout\))/)
      expect(Date.now() - startMs).toBeLessThan(30_000)
      const [count] = await influxd.query('ci', 'SELECT count("duration") FROM "build"')
      expect(count?.rows[0]?.[1]).toBe(31)
    } finally {
      await proxy?.close()
      await influxd.stop()
    }
  })
})

describeServers([victoriaMetrics179, victoriaMetrics1151, questdb, telegraf], (tried) => {
  test('answers no InfluxQL: said in one line', async () => {
    const server = await tried.start()
    try {
      const inputs = { ...server.inputs('ci'), file: '', captures: '- duration' }
      const finished = await runScenario({
        with: { ...inputs, compare: 'fail-above: 1.1', 'fail-on-error': true },
        api: { job: toTimedJob(432) },
      })
      expectGreen(finished, /InfluxQL/)
    } finally {
      await server.stop()
    }
  })
})

function expectGreen({ post, log, job }: Finished & Scenario, reason: RegExp): void {
  expect(post.exitCode, log).toBe(0)
  expect(job.annotations.filter(({ level }) => level === 'warning' || level === 'error')).toEqual([])
  const lines = log.split('\n').filter((line) => line.includes('not compared with earlier builds: '))
  expect(lines).toEqual([expect.stringMatching(reason)])
  expect(job.summary).toContain('not compared with earlier builds: ')
}
