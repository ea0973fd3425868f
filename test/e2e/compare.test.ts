import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { secondsAgo } from '../scenario/scenario.ts'
import { actPath, runAct } from '../support/act.ts'
import { exampleRun } from '../support/example-run.ts'
import { type ApiJob, exampleJob, startGitHubApi } from '../support/github-api.ts'
import { type Influxd, influxdPath, startInfluxd } from '../support/influxd.ts'
import { startLoopback } from '../support/loopback.ts'
import { toPastLines, toUsualBuilds } from '../support/past-builds.ts'

const usual =
  /7m \d\ds, [45]\d % above the median of the last 20 builds on main \(5m 03s\); step \*Run npm test\* took 2m 04s more\./

/** A job of 7 minutes and 12 seconds, and two minutes more than usual in one of its steps. */
function toJob(): ApiJob {
  const step = (number: number, name: string, from: number, to: number) => ({
    ...{ name, number, status: 'completed' as const, conclusion: 'success' },
    ...{ started_at: secondsAgo(from), completed_at: secondsAgo(to) },
  })
  const steps = [step(1, 'Set up job', 432, 429), step(2, 'Run npm test', 429, 85), step(3, 'Lint', 85, 5)]
  return exampleJob({ created_at: secondsAgo(432), started_at: secondsAgo(432), steps })
}

describe.skipIf(!actPath || !influxdPath)('on act, after 30 builds', () => {
  let influxd: Influxd

  beforeAll(async () => {
    influxd = await startInfluxd({ auth: true })
  })
  afterAll(() => influxd?.stop())

  /** The newest of the builds before this one are gone from the database. */
  async function run(compare: string, builds = 30, summary = 'true', vars: Readonly<Record<string, string>> = {}) {
    await influxd.query('', 'DROP DATABASE ci')
    await influxd.createDatabase('ci')
    // What a user may goes with its database.
    await influxd.query('', `CREATE USER "writer" WITH PASSWORD 'admin-password'`)
    await influxd.query('', 'GRANT WRITE ON "ci" TO "writer"')
    const past = toUsualBuilds().slice(0, builds)
    const lines = toPastLines(past.map((build) => ({ ...build, fields: { coverage: '80' } })))
    if (builds > 0) expect(await influxd.write('ci', lines)).toMatchObject({ status: 204 })
    const api = await startGitHubApi({ job: toJob() })
    const act = await runAct({
      workflow: join(import.meta.dirname, 'compare.yml'),
      vars: { INFLUX_URL: influxd.url, COMPARE: compare, SUMMARY: summary, INFLUX_USER: 'admin', ...vars },
      secrets: { GITHUB_TOKEN: exampleRun.token, INFLUX_PASSWORD: 'admin-password' },
      env: { GITHUB_API_URL: api.url, GITHUB_RUN_ID: String(exampleRun.runId), RUNNER_OS: 'Linux' },
    })
    await api.close()
    const annotations = act.annotations.filter(({ level }) => level !== 'debug')
    const [count] = await influxd.query('ci', 'SELECT count("duration") FROM "build"')
    expect(count?.rows[0]?.[1], act.output).toBe(builds + 1)
    return { ...act, annotations, summary: act.summaries.join('') }
  }

  test('the verdict comes first in the summary', async () => {
    const { exitCode, output, annotations, summary } = await run('true')
    expect([exitCode, annotations], output).toEqual([0, []])
    expect(output).toMatch(usual)
    expect(summary).toMatch(
      /^<h3>CI\/test: 7m \d\ds, [45]\d % slower than usual<\/h3>\n\n<p>Success\..*\n\n<p>7m \d\ds, [45]\d % above .*; step <em>Run npm test<\/em> took 2m 04s more\.<\/p>\n/,
    )
    expect(summary).toMatch(
      /coverage<\/code><\/td><td align="right">84<\/td><td align="right">80<\/td><td align="right">\+5.%<\/td>/,
    )
  })

  test('warn-above warns', async () => {
    const { exitCode, output, annotations } = await run('warn-above: 1.2')
    expect(exitCode, output).toBe(0)
    expect(annotations).toMatchObject([{ level: 'warning', message: expect.stringMatching(usual) }])
  })

  test('fail-above fails the job', async () => {
    const { exitCode, output, annotations } = await run('{warn-above: 1.2, fail-above: 1.3}')
    expect(exitCode, output).toBe(1)
    expect(annotations).toMatchObject([{ level: 'error', message: expect.stringMatching(usual) }])
  })

  test.each([
    [0, 'there is no successful build with this statistic on main within 90 days'],
    [4, 'there are 4 successful builds on main within 90 days, fewer than 5'],
  ])('with %d builds there is no comparison, and the job is green', async (count, reason) => {
    const { exitCode, output, annotations, summary } = await run('fail-above: 1.1', count, 'verdict')
    expect([exitCode, annotations], output).toEqual([0, []])
    expect(output).toContain(`not compared with earlier builds: ${reason}`)
    expect(summary).toMatch(
      new RegExp(`^<p><strong>CI/test</strong>: 7m \\d\\ds; not compared with earlier builds: ${reason}.*</p>\\n\\n$`),
    )
  })

  test('a user who may write and not read: the job is green, and its row is written', async () => {
    const { exitCode, output, annotations } = await run('fail-above: 1.1', 30, 'true', { INFLUX_USER: 'writer' })
    expect([exitCode, annotations], output).toEqual([0, []])
    expect(output).toMatch(
      /not compared with earlier builds: 403, ".*", the user may write to the database "ci" but not read it/,
    )
  })

  test('a server that answers later than the deadline: the job is green, and its row is written', async () => {
    const authorization = `Basic ${btoa('admin:admin-password')}`
    const proxy = await startLoopback({
      async answer({ path, query, headers, body }) {
        if (path === '/query') return { hang: true }
        const lines = headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
        return headers.authorization === authorization ? influxd.write(query.get('db') ?? '', lines) : { status: 401 }
      },
    })
    try {
      const { exitCode, output, annotations } = await run('fail-above: 1.1', 30, 'true', {
        INFLUX_URL: proxy.url,
        TIMEOUT: '3',
      })
      expect([exitCode, annotations], output).toEqual([0, []])
      expect(output).toMatch(/not compared with earlier builds: the server did not answer (within|before) /)
    } finally {
      await proxy.close()
    }
  })
})
