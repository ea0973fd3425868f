import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { secondsAgo } from '../scenario/scenario.ts'
import { actPath, runAct } from '../support/act.ts'
import { exampleRun } from '../support/example-run.ts'
import { type ApiJob, exampleJob, type GitHubApiOptions, startGitHubApi } from '../support/github-api.ts'
import { type Influxd, influxdPath, startInfluxd } from '../support/influxd.ts'
import { toPastLines } from '../support/past-builds.ts'
import { readRows } from './rows.ts'

/** The jobs of the workflow: what tells each apart, and what its builds usually take. */
const jobs = [
  { machine: 'web', name: 'web / build', tags: { job: 'build', caller: 'web' }, seconds: 600 },
  { machine: 'api', name: 'api / build', tags: { job: 'build', caller: 'api' }, seconds: 100 },
  { machine: 'lint', name: 'legs (lint)', tags: { job: 'legs', matrix_target_name: 'lint' }, seconds: 100 },
  { machine: 'e2e', name: 'legs (e2e)', tags: { job: 'legs', matrix_target_name: 'e2e' }, seconds: 600 },
  { machine: 'named', name: '🧪 Unit tests', tags: { job: 'named' }, seconds: 300 },
]

describe.skipIf(!actPath || !influxdPath)('on act, a workflow that calls another twice', () => {
  let influxd: Influxd
  beforeAll(async () => {
    influxd = await startInfluxd()
  })
  afterAll(() => influxd?.stop())

  async function run(database: string, { slow = '', ...api }: GitHubApiOptions & { readonly slow?: string } = {}) {
    await influxd.createDatabase(database)
    for (const { tags, seconds } of jobs) {
      const past = Array.from({ length: 12 }, (_, index) => ({ duration: seconds + (index % 3), tags }))
      expect(await influxd.write(database, toPastLines(past))).toMatchObject({ status: 204 })
    }
    const listed = jobs.map(({ machine, name, seconds }, index): ApiJob => {
      const started_at = secondsAgo(name === slow ? 2 * seconds : seconds)
      return exampleJob({ id: index + 1, name, runner_name: machine, started_at, created_at: started_at })
    })
    const server = await startGitHubApi({ jobs: listed, ...api })
    const act = await runAct({
      workflow: join(import.meta.dirname, 'callers.yml'),
      files: { '.github/workflows/build.yml': readFileSync(join(import.meta.dirname, 'called.yml'), 'utf8') },
      vars: { INFLUX_URL: influxd.url, INFLUX_DATABASE: database },
      secrets: { GITHUB_TOKEN: exampleRun.token },
      env: {
        GITHUB_API_URL: server.url,
        GITHUB_RUN_ID: String(exampleRun.runId),
        RUNNER_OS: 'Linux',
        RUNNER_NAME: undefined,
      },
    })
    await server.close()
    const rows = (await readRows(influxd, database, 'build')).filter(({ fields }) => fields.sha === act.sha)
    const errors = act.annotations.filter(({ level }) => level === 'error').map(({ message }) => message)
    return { ...act, rows, errors }
  }

  test('has rows that are told apart, and each is compared with its own', async () => {
    const { rows, errors, exitCode, output } = await run('apart')
    expect([exitCode, errors], output).toEqual([0, []])
    const told = jobs.map(({ name, tags }) => {
      const row = rows.find(({ fields }) => fields.job_name === name)
      return [name, row && Object.fromEntries(Object.keys(tags).map((key) => [key, row.tags[key]]))]
    })
    expect(told, output).toEqual(jobs.map(({ name, tags }) => [name, tags]))
    expect(rows.filter(({ tags }) => tags.caller === undefined)).toHaveLength(3)
    for (const { seconds } of jobs) expect(output).toMatch(toVerdict(seconds, 0))
  })

  test('fails the one that took longer than its own builds', async () => {
    const { errors, exitCode } = await run('slow', { slow: 'api / build' })
    expect(exitCode).toBe(1)
    expect(errors).toEqual([expect.stringMatching(toVerdict(100, 1))])
  })

  test('has no verdict where GitHub does not tell which is which', async () => {
    const { rows, errors, exitCode, output } = await run('untold', { status: 403 })
    expect([exitCode, errors], output).toEqual([0, []])
    expect(rows.map(({ fields }) => fields.caller_unknown)).toEqual(jobs.map(() => true))
    expect(output.match(/not compared with earlier builds: whether another workflow called this job/g)).not.toBeNull()
    expect(output).not.toContain('median')
  })
})

/** Around its own builds, or twice as long: a busy machine adds some seconds. */
function toVerdict(seconds: number, far: number): RegExp {
  const median = seconds + 1
  const clock = `${Math.floor(median / 60)}m ${`${median % 60}`.padStart(2, '0')}s`
  return new RegExp(`${far ? '(9\\d|1\\d\\d) % above' : '(\\d+m \\d\\ds).*'} .*${clock}`)
}
