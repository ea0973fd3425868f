// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows are written so
import { describe, expect, test } from 'vitest'
import { exampleRun } from '../support/example-run.ts'
import { exampleJob } from '../support/github-api.ts'
import { startInfluxServer } from '../support/influxdb-server.ts'
import { type Answer, json, type LoopbackRequest, startLoopback } from '../support/loopback.ts'
import { closing } from './closing.ts'
import { openScenario, runScenario, type ScenarioOptions, secondsAgo, textsOf } from './scenario.ts'

/** It began seven minutes and twelve seconds before it is asked for. */
const toJob = () => exampleJob({ started_at: secondsAgo(432), created_at: secondsAgo(440) })

/** An InfluxDB that takes every write, and answers queries with builds of these durations. */
async function startServer(query: (request: LoopbackRequest) => Answer = () => answerWith(Array(20).fill(300))) {
  return closing(await startLoopback({ answer: (request) => (isQuery(request) ? query(request) : { status: 204 }) }))
}

const isQuery = ({ path }: LoopbackRequest) => path.endsWith('/query')

function answerWith(durations: readonly unknown[]): Answer {
  const values = durations.map((duration, index) => [Date.now() - (index + 1) * 1e6, index + 1, 1, index + 1, duration])
  const columns = ['time', 'run_id', 'attempt', 'number', 'duration']
  return json({ results: [{ statement_id: 0, series: [{ name: 'build', columns, values }] }] })
}

async function run(url: string, inputs: NonNullable<ScenarioOptions['with']>, options: ScenarioOptions = {}) {
  const common = { url, file: '', captures: '- duration', 'fail-on-error': true }
  return await runScenario({ ...options, with: { ...common, ...inputs }, api: { job: toJob() } })
}

describe('without compare', () => {
  test.each([undefined, '', 'false'])('%j asks nothing', async (compare) => {
    const server = await startServer()
    const { post, log } = await run(server.url, { database: 'ci', ...(compare === undefined ? {} : { compare }) })
    expect(post.exitCode).toBe(0)
    expect(server.requests.map(({ path }) => path)).toEqual(['/write', '/write'])
    expect(log).not.toContain('median')
  })
})

describe('one question, when the job ends', () => {
  test.each([
    [
      { database: 'ci', username: 'me', password: 'a-password', 'retention-policy': 'year' },
      { db: 'ci', epoch: 'ms', rp: 'year' },
      `Basic ${btoa('me:a-password')}`,
    ],
    [{ org: 'acme', bucket: 'a b', token: 'a-token-012' }, { db: 'a b', epoch: 'ms' }, 'Token a-token-012'],
    [{ api: 'v3', database: 'ci', token: 'a-token-012' }, { db: 'ci', epoch: 'ms' }, 'Bearer a-token-012'],
  ])('%j', async (inputs, query, authorization) => {
    const server = await startServer()
    const { log, post, warnings } = await run(`${server.url}/base/`, { ...inputs, compare: 'true' })
    expect([post.exitCode, warnings]).toEqual([0, []])
    const questions = server.requests.filter(isQuery)
    expect(questions).toHaveLength(1)
    const [question] = questions
    expect(question).toMatchObject({
      ...{ method: 'POST', path: '/base/query', headers: { authorization, accept: 'application/json' } },
    })
    expect(Object.fromEntries(question?.query ?? [])).toEqual(query)
    const { q, ...others } = Object.fromEntries(new URLSearchParams(question?.body.toString()))
    expect(others).toEqual({})
    const [builds = '', ...collected] = (q ?? '').split('; ')
    expect(builds).toMatch(
      /^SELECT "run_id", "attempt", "number", "caller_unknown", "runner_image", "runner_image_version", "runner_labels", "duration", "since_number" FROM "build" WHERE [^;]* LIMIT 111$/,
    )
    // InfluxDB 3 takes one statement a request: what was collected is asked for where the builds are too few.
    const isApart = query.db === 'ci' && authorization.startsWith('Bearer')
    const ofJob = /^SELECT [^;]* FROM "build_job" WHERE [^;]* AND "job_name" = 'test' ORDER BY time DESC LIMIT 111$/
    expect(collected).toEqual(isApart ? [] : [expect.stringMatching(ofJob)])
    expect(q).toContain(
      `"workflow" = 'CI' AND "job" = 'test' AND "caller" = '' AND "result" = 'success' AND "default_branch" = 'true'`,
    )
    expect(log).toMatch(/CI\/test: [78]m \d\ds, [456]\d % above the median of the last 20 builds on main \(5m 00s\); /)
  })
})

const ref = 'octo-org/octo-repo/.github/workflows/ci.yml@refs/heads/main'
/** With this, the question depends on nothing that GitHub answers. */
const askedEarly = { check_run_id: exampleRun.jobId, workflow_ref: ref }

describe('the question is asked while GitHub is asked', () => {
  test('where nothing in it is for GitHub to tell, once', async () => {
    const delayMs = 2000
    const times: { gitHub?: number; question?: number } = {}
    const server = await startServer(() => {
      times.question = performance.now()
      return answerWith(Array(20).fill(300))
    })
    const respond = () => {
      times.gitHub = performance.now()
      return { ...json(toJob()), delayMs }
    }
    const { post, log } = await runScenario({
      with: { url: server.url, file: '', database: 'ci', compare: 'true', captures: '[duration, steps]' },
      contexts: { job: askedEarly },
      api: { respond },
    })
    expect([post.exitCode, server.requests.filter(isQuery).length]).toEqual([0, 1])
    expect((times.question ?? Number.POSITIVE_INFINITY) - (times.gitHub ?? 0)).toBeLessThan(delayMs)
    expect(log).toMatch(/[456]\d % above the median of the last 20 builds on main \(5m 00s\)/)
  })

  test.each([
    [
      'statistic: queue_time',
      /^CI\/test: queue_time 8s; not compared with earlier builds: there is no successful build/m,
    ],
    [
      'statistic: tests.passed',
      /^CI\/test: tests\.passed is not compared with earlier builds: this build has no data "tests": capture it/m,
    ],
  ])('where %s waits for more, it is asked then, once', async (compare, verdict) => {
    const server = await startServer()
    const { post, log } = await runScenario({
      with: { url: server.url, file: '', database: 'ci', compare, captures: '[duration, data: tests]' },
      contexts: { job: askedEarly },
      api: { job: toJob() },
    })
    expect(post.exitCode).toBe(0)
    expect(server.requests.filter(isQuery).length).toBeLessThanOrEqual(1)
    expect(log).toMatch(verdict)
  })
})

test('InfluxDB 3 is asked one statement a request', async () => {
  const columns = ['time', 'run_id', 'attempt', 'number', 'duration']
  const values = Array.from({ length: 20 }, (_, index) => [
    Date.now() - (index + 1) * 1e6,
    index + 1,
    1,
    index + 1,
    300,
  ])
  const steps = values.map(([time, run]) => [time, 57, run, 1])
  const server = closing(
    await startInfluxServer({
      ...{ api: 'v3', database: 'ci', token: 'a-token-0123456789' },
      query: (statement) =>
        statement.includes('"build_step"')
          ? {
              series: [
                {
                  name: 'build_step',
                  tags: { step: 'Run npm test' },
                  columns: ['time', 'duration', 'run_id', 'attempt'],
                  values: steps,
                },
              ],
            }
          : { series: [{ name: 'build', columns, values }] },
    }),
  )
  const inputs = { database: 'ci', token: 'a-token-0123456789', captures: '[duration, steps]', compare: 'true' }
  const { log, warnings } = await run(server.url, inputs)
  expect(warnings).toEqual([])
  expect(server.questions).toHaveLength(2)
  expect(log).toMatch(/[456]\d % above the median of the last 20 builds on main \(5m 00s\)/)
  expect(server.violations).toEqual([])
})

describe('what answers', () => {
  test.each<[string, () => Answer, RegExp]>([
    ['401', () => json({ error: 'unauthorized access' }, { status: 401 }), /401, "unauthorized access", check that/],
    [
      '403',
      () => json({ message: 'no' }, { status: 403 }),
      /403, "no", the user may write to the database "ci" but not/,
    ],
    [
      '404',
      () => json({ error: 'not found' }, { status: 404 }),
      /404, "not found", check that the database "ci" exists/,
    ],
    [
      '405',
      () => ({ status: 405, body: 'Method POST not supported' }),
      /405, "Method POST not supported", the server does not answer InfluxQL/,
    ],
    ['500', () => ({ status: 500, body: 'oh  \n no' }), /500, "oh\s+no"/],
    ['a redirect', () => ({ status: 302, headers: { location: '/login' } }), /302/],
    ['an error of the statement', () => json({ results: [{ error: 'timeout' }] }), /"timeout"/],
    ['a page', () => ({ body: '<html>' }), /not an InfluxQL result/],
    ['null', () => json(null), /not an InfluxQL result/],
    ['a list', () => json([]), /not an InfluxQL result/],
    ['results that are none', () => json({ results: 'x' }), /not an InfluxQL result/],
    [
      'a list of databases',
      () => json({ results: [{ series: [{ name: 'databases', columns: ['name'] }] }] }),
      /does not answer InfluxQL/,
    ],
    ['nothing', () => json({ results: [{ statement_id: 0 }] }), /there is no successful build/],
    ['rows of something else', () => answerWith(['a', null, {}, true, [], Number.MAX_VALUE]), /is 1 successful build/],
    ['a reset', () => ({ reset: true }), /cannot be reached: .*ECONNRESET/],
    ['a part', () => ({ ...answerWith(Array(30).fill(1)), truncateAt: 40 }), /cannot be reached: aborted/],
  ])('%s: said in one line, and the job is green', async (_, answer, reason) => {
    const server = await startServer(answer)
    const finished = await run(server.url, { database: 'ci', compare: 'fail-above: 1.1' })
    expect([finished.post.exitCode, finished.warnings]).toEqual([0, []])
    const lines = finished.log.split('\n').filter((line) => line.includes('not compared with earlier builds'))
    expect(lines).toEqual([expect.stringMatching(reason)])
    expect(server.requests.filter(isQuery)).toHaveLength(1)
  })

  test('the server has five seconds, or half of what is left of the timeout; the points are written beside it', async () => {
    const runAgainstHanging = async (timeout: number, statistic: string) => {
      const server = await startServer(() => ({ hang: true }))
      const inputs = { url: server.url, file: '', database: 'ci', captures: '- duration', timeout }
      const { log, post } = await runScenario({
        with: { ...inputs, compare: `statistic: ${statistic}` },
        contexts: { job: askedEarly },
        api: { respond: () => ({ ...json(toJob()), delayMs: 2000 }) },
      })
      expect(post.exitCode).toBe(0)
      expect(log).toContain('1 point written to http://')
      expect(server.requests.filter(isQuery)).toHaveLength(1)
      return { reason: /the server did not answer .*/.exec(log)?.[0], durationMs: post.durationMs }
    }
    const [usual, early, short] = await Promise.all([
      runAgainstHanging(60, 'queue_time'),
      runAgainstHanging(60, 'duration'),
      runAgainstHanging(3, 'queue_time'),
    ])
    expect(usual.reason).toBe('the server did not answer within 5s.')
    // Five seconds after it was asked, which are three after GitHub has answered.
    expect(early.reason).toBe('the server did not answer in time.')
    expect(short.reason).toMatch(/^the server did not answer within (\d+ ms|1(\.\d)?s)\.$/)
    // Half of the timeout is thirty seconds.
    for (const { durationMs } of [usual, early, short]) expect(durationMs).toBeLessThan(25_000)
  })

  test.each(['duration', 'queue_time', 'tests.duration'])(
    'nobody waits for it when the job is cancelled: %s',
    async (statistic) => {
      const cancel: { job?: () => void } = {}
      const server = await startServer(() => {
        cancel.job?.()
        return { hang: true }
      })
      const inputs = { url: server.url, database: 'ci', file: '', captures: '- duration\n- data: tests' }
      const { job, run } = await openScenario({
        with: { ...inputs, 'start-point': false, compare: JSON.stringify({ statistic }) },
        api: { job: toJob() },
      })
      cancel.job = () => job.signal('SIGINT')
      const { post, log, warnings } = await run(() => job.step('own', 'echo "tests duration=5" >> "$BUILD_STATS"'))
      expect([post.exitCode, warnings]).toEqual([0, []])
      expect(log).toContain('the server did not answer before the job was cancelled')
      expect(log).toContain('2 points written to http://')
    },
  )
})

describe('where nobody can be asked', () => {
  test.each<[string, NonNullable<ScenarioOptions['with']>]>([
    ['a file', { url: '', file: 'points.lp' }],
    ['the Buildbot layout', { database: 'ci', layout: 'buildbot' }],
  ])('%s: said in one line, and the job is green', async (_, inputs) => {
    const server = await startServer()
    const { log, post, warnings } = await run(server.url, { ...inputs, compare: 'fail-above: 1.1' })
    expect([post.exitCode, warnings]).toEqual([0, []])
    expect(log).toContain(
      'not compared with earlier builds: they are read from InfluxDB, and no storage is an InfluxDB with the layout native',
    )
    expect(server.requests.filter(isQuery)).toEqual([])
  })

  test('a limit that is a value holds all the same', async () => {
    const { log, post } = await run('', { file: 'points.lp', compare: 'fail-above: 5m' })
    expect(post.exitCode).toBe(1)
    expect(log).toMatch(
      /^Error: CI\/test: [78]m \d\ds; not compared with earlier builds: .*\. fail-above allows 5m 00s\.$/m,
    )
  })
})

describe('of several storages', () => {
  const config = (...lines: string[]) => `${lines.join('\n')}\n`

  test('the first InfluxDB in the native layout is asked; what the file says goes before the input', async () => {
    const [first, second] = [await startServer(), await startServer()]
    const text = config(
      'compare: {warn-above: 1.2}',
      'captures: [duration]',
      'storages:',
      '  - file: points.lp',
      `  - influxdb: {url: ${first.url}, database: ci}`,
      '    layout: buildbot',
      `  - influxdb: {url: ${second.url}, database: ci}`,
      '    measurement: build',
    )
    const { post, warnings } = await runConfig(text, { compare: 'fail-above: 1.1' })
    expect(post.exitCode).toBe(0)
    expect(warnings).toEqual([expect.stringMatching(/[456]\d % above .* warn-above allows 1\.2, which is 6m 00s\./)])
    expect([first, second].map(({ requests }) => requests.filter(isQuery).length)).toEqual([0, 1])
  })

  test('false in the file is no comparison, whatever the input says; without a word the input counts', async () => {
    const server = await startServer()
    const storages = ['storages:', `  - influxdb: {url: ${server.url}, database: ci}`]
    await runConfig(config('compare: false', ...storages), { compare: 'true' })
    expect(server.requests.filter(isQuery)).toHaveLength(0)
    await runConfig(config(...storages), { compare: 'true' })
    expect(server.requests.filter(isQuery)).toHaveLength(1)
  })

  async function runConfig(text: string, inputs: NonNullable<ScenarioOptions['with']>) {
    return await runScenario({ with: { file: '', config: 'stats.yml', ...inputs }, api: { job: toJob() } }, (running) =>
      running.step('write', `cat > stats.yml <<'END'\n${text}END`),
    )
  }
})

test('what is wrong with compare is told when the job starts, with its line', async () => {
  const compare = 'last: 0\nbranch: [main]\nwarn-above: 600\nfail_above: 2\nmin-builds: 3'
  const { main } = await run('http://127.0.0.1:9', { database: 'ci', compare })
  expect(main.exitCode).toBe(1)
  expect(textsOf(main.annotations, 'error').join('\n').split('\n').slice(1)).toEqual([
    expect.stringMatching(/^ {2}compare, line 1: "last" must be a whole number from 1 to 1000, but is 0$/),
    expect.stringMatching(/^ {2}compare, line 2: "branch" must be text: .*, but is \["main"\]$/),
    expect.stringMatching(/^ {2}compare, line 3: "warn-above" must be a ratio .*, but is 600; write 600s for seconds$/),
    expect.stringMatching(/^ {2}compare, line 4: unknown key "fail_above"; did you mean "fail-above"\?/),
  ])
})

test('summary: verdict is one line', async () => {
  const server = await startServer()
  const inputs = { database: 'ci', summary: 'verdict' }
  const compared = await run(server.url, { ...inputs, compare: 'true' })
  expect(compared.job.summary).toMatch(
    /^<p><strong>CI\/test<\/strong>: [78]m \d\ds, [456]\d % above the median of the last 20 builds on main \(5m 00s\); its longest step is <em>Run npm test<\/em>, 57s\.<\/p>\n\n$/,
  )
  const plain = await run(server.url, inputs)
  expect(plain.job.summary).toMatch(/^<p><strong>CI\/test<\/strong>: ended with success after 7m \d\ds<\/p>\n\n$/)
})

test('what GitHub records of the job is not needed, and costs nothing where a server does not answer it', async () => {
  const columns = ['time', 'run_id', 'attempt', 'number', 'duration']
  const values = Array.from({ length: 20 }, (_, index) => [index, index + 1, 1, index + 1, 300])
  const answers = [{ series: [{ name: 'build', columns, values }] }, { error: 'no such thing' }]
  const server = await startServer(() => json({ results: answers }))
  const { log, warnings } = await run(server.url, { database: 'ci', compare: 'true' })
  expect(warnings).toEqual([])
  expect(log).toContain('above the median of the last 20 builds on main')
})
