// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows are written so
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHttpClient } from '../../src/http/client.ts'
import { toBuildPoint } from '../../src/point/native.ts'
import type { Point } from '../../src/point/point.ts'
import { toStartPoint } from '../../src/point/start-point.ts'
import { openInfluxDB } from '../../src/storage/influxdb/influxdb.ts'
import { runScenario, secondsAgo } from '../scenario/scenario.ts'
import { openWriting } from '../storage/writing.ts'
import { describeServers } from '../support/describe-servers.ts'
import { exampleJob } from '../support/github-api.ts'
import { type Influxd, readTypes } from '../support/influxd.ts'
import { influxdb16, influxdb27, influxdb112 } from '../support/servers.ts'
import { exampleBuild, exampleCaptures, layout } from './example-build.ts'
import { toTarget } from './target.ts'

const job = exampleJob({ started_at: secondsAgo(90), created_at: secondsAgo(95) })

/** Rows as objects, by column. */
async function readRows(influxd: Influxd, measurement: string): Promise<Record<string, unknown>[]> {
  const series = await influxd.query('ci', `SELECT * FROM "${measurement}"`)
  return series.flatMap(({ columns, rows }) =>
    rows.map((row) => Object.fromEntries(columns.map((c, i) => [c, row[i]]))),
  )
}

const withUsers = [influxdb16, influxdb112].map((server) => ({
  ...server,
  name: `${server.name} with users`,
  start: () => server.start({ auth: true }),
}))

describeServers([influxdb16, influxdb112, ...withUsers, influxdb27], (server) => {
  let influxd: Influxd
  let inputs: Record<string, string>

  beforeAll(async () => {
    influxd = await server.start()
    inputs = { ...influxd.inputs('ci'), url: `${influxd.url}/`, file: '' }
  })
  afterAll(() => influxd.stop())

  async function reset(): Promise<void> {
    await influxd.dropDatabase('ci')
    await influxd.createDatabase('ci')
  }

  test('stores a whole job, with its types, tags and times', async () => {
    await reset()
    const captures =
      '- start-time\n- end-time\n- duration\n- property: coverage\n- property: {name: passed, type: int}\n- data: {regex: .*}'
    const { warnings } = await runScenario({ with: { ...inputs, captures }, api: { job } }, (running) =>
      running.step(
        'tests',
        `printf 'coverage=87\\npassed=12\\n' >> "$GITHUB_OUTPUT"
         echo 'tests,suite=unit passed=10,failed=0i,ok=t,note="a" 1700000000000000001' >> "$BUILD_STATS"`,
      ),
    )
    expect(warnings).toEqual([])
    expect(Object.fromEntries(await readTypes(influxd, 'ci', 'build'))).toEqual({
      number: 'integer',
      attempt: 'integer',
      run_id: 'integer',
      job_id: 'integer',
      branch: 'string',
      sha: 'string',
      actor: 'string',
      url: 'string',
      job_name: 'string',
      runner_name: 'string',
      queue_time: 'float',
      start_time: 'string',
      end_time: 'string',
      duration: 'float',
      coverage: 'float',
      passed: 'integer',
      ...{ runner_image: 'string', runner_labels: 'string', runner_group: 'string', workflow_ref: 'string' },
    })
    const tags = (await influxd.query('ci', 'SHOW TAG KEYS FROM "build"')).flatMap(({ rows }) => rows.flat())
    const common = ['default_branch', 'event', 'job', 'repository', 'runner_arch', 'runner_os', 'workflow']
    expect(tags.sort()).toEqual([...common, 'result'].sort())
    const [build = {}] = await readRows(influxd, 'build')
    expect(build).toMatchObject({ coverage: 87, passed: 12, result: 'success', repository: 'octo-org/octo-repo' })
    expect(Number((build.time as bigint) / 1_000_000n)).toBe(Date.parse(String(build.end_time)))
    const [tests = {}] = await readRows(influxd, 'tests')
    expect(tests).toMatchObject({
      time: 1700000000000000001n,
      suite: 'unit',
      passed: 10,
      failed: 0,
      ok: true,
      note: 'a',
    })
    const [start = {}] = await readRows(influxd, 'build_start')
    expect(start).toMatchObject({ number: 42, branch: 'main' })
    expect(start).not.toHaveProperty('result')
  })

  test('keeps the legs of a matrix apart that end in the same second', async () => {
    await reset()
    const legs = ['ubuntu', 'windows'].flatMap((os) => [20, 24].map((node) => ({ os, node })))
    await Promise.all(
      legs.map((matrix, index) =>
        runScenario({ with: inputs, contexts: { matrix, job: { check_run_id: index + 1 } } }, (running) =>
          running.step('tests', 'echo "tests passed=1" >> "$BUILD_STATS"'),
        ),
      ),
    )
    for (const measurement of ['build_start', 'build', 'tests']) {
      const rows = await readRows(influxd, measurement)
      expect(rows.map(({ matrix_os, matrix_node }) => `${matrix_os} ${matrix_node}`).sort()).toEqual(
        legs.map(({ os, node }) => `${os} ${node}`).sort(),
      )
    }
  })

  test('has two points of builds with equal tags that end in one millisecond, and one of a build sent twice', async () => {
    await reset()
    const storage = openInfluxDB(toTarget(influxd, 'ci'), createHttpClient({}))
    const pointsOf = (attempt: bigint): Point[] => {
      const build = { ...exampleBuild, attempt }
      return [toStartPoint(build, build.startMs, layout), toBuildPoint(build, exampleCaptures, layout).point]
    }
    for (const attempt of [1n, 2n, 1n, 2n]) {
      const written = await storage.write(
        toBatches(pointsOf(attempt)),
        openWriting({ signal: AbortSignal.timeout(10_000) }),
      )
      expect(written).toMatchObject({ written: 2, unsent: 0, lost: 0, gaveUp: false, problems: [], conflicts: [] })
    }
    for (const measurement of ['build_start', 'build']) {
      const rows = await readRows(influxd, measurement)
      expect(rows.map(({ attempt }) => attempt).sort()).toEqual([1, 2])
      expect(new Set(rows.map(({ time }) => (time as bigint) / 1_000_000n)).size).toBe(1)
    }
  })

  test('says what is wrong with the database or the login', async () => {
    await reset()
    const missing = await runScenario({ with: { ...inputs, ...influxd.inputs('nowhere'), 'start-point': false } })
    expect(missing.warnings).toEqual([
      expect.stringMatching(/404 Not Found, "(database not found: .*nowhere|bucket .*nowhere.* not found)/),
    ])
    const secret = 'token' in inputs ? 'token' : 'password'
    if (!(secret in inputs)) return
    const refused = await runScenario({ with: { ...inputs, [secret]: 'not-the-secret', 'start-point': false } })
    expect(refused.warnings).toEqual([
      expect.stringMatching(
        /401 Unauthorized, "(authorization failed", check username|unauthorized access", check the token)/,
      ),
    ])
  })

  test('loses only what conflicts with an earlier type, and says what', async () => {
    await reset()
    await influxd.write('ci', 'tests passed=1.5')
    const { warnings } = await runScenario({ with: { ...inputs, 'start-point': false } }, (running) =>
      running.step('tests', `printf 'tests passed="many"\\nother a=1\\n' >> "$BUILD_STATS"`),
    )
    // It was all that its point had beside what names the build.
    expect(warnings).toEqual([
      expect.stringMatching(
        /^The field "passed" was left out of 1 point of "tests" .*: this build sends it as string, .* as float\. /,
      ),
    ])
    const rows = await Promise.all(['build', 'other'].map((name) => readRows(influxd, name)))
    expect(rows.map(({ length }) => length)).toEqual([1, 1])
    expect(await readRows(influxd, 'tests')).toHaveLength(2)
  })
})

async function* toBatches(points: readonly Point[]): AsyncGenerator<readonly Point[]> {
  yield points
}
