import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ActOptions, actPath, runAct } from '../support/act.ts'
import { exampleRun } from '../support/example-run.ts'
import { exampleJob, startGitHubApi } from '../support/github-api.ts'
import { type Influxd, influxdPath, readTypes, startInfluxd } from '../support/influxd.ts'
import { type Row, readRows } from './rows.ts'

const here = import.meta.dirname

describe.skipIf(!actPath || !influxdPath)('jobs on act', () => {
  let influxd: Influxd
  let databases = 0

  beforeAll(async () => {
    influxd = await startInfluxd()
  })
  afterAll(() => influxd?.stop())

  /** Runs one of the workflows here, with a database of its own. */
  async function run(workflow: string, options: Partial<ActOptions> = {}) {
    const database = `run${++databases}`
    await influxd.createDatabase(database)
    const vars = { INFLUX_URL: `${influxd.url}/`, INFLUX_DATABASE: database }
    const act = await runAct({ workflow: join(here, workflow), vars, ...options })
    const warnings = act.annotations.filter(({ level }) => level === 'warning').map(({ message }) => message)
    const errors = act.annotations.filter(({ level }) => level === 'error').map(({ message }) => message)
    return {
      ...act,
      warnings,
      errors,
      builds: await readRows(influxd, database, 'build'),
      starts: await readRows(influxd, database, 'build_start'),
      rows: (measurement: string) => readRows(influxd, database, measurement),
      types: async (measurement: string) => Object.fromEntries(await readTypes(influxd, database, measurement)),
    }
  }

  test('a job that succeeds, without an API', async () => {
    const env = { GITHUB_RUN_ID: '9007199254740993', GITHUB_RUN_NUMBER: '7', GITHUB_RUN_ATTEMPT: '2' }
    const { output, exitCode, builds, starts, ...act } = await run('success.yml', { env })
    expect(exitCode, output).toBe(0)
    expect(builds, output).toHaveLength(1)
    expect(starts, output).toHaveLength(1)
    const [build, start] = [builds[0] as Row, starts[0] as Row]

    const tags = {
      ...{ repository: act.repository, workflow: 'CI', job: 'build', event: 'push', default_branch: 'true' },
      ...{ runner_os: 'Linux', runner_arch: process.arch === 'arm64' ? 'ARM64' : 'X64' },
    }
    expect(start.tags).toEqual(tags)
    expect(build.tags).toEqual({ ...tags, result: 'success' })

    const identity = {
      ...{ number: 7, attempt: 2, run_id: 9007199254740993n, branch: 'main', sha: act.sha, actor: exampleRun.actor },
      ...{
        url: `https://github.com/${act.repository}/actions/runs/9007199254740993/attempts/2`,
        runner_name: exampleRun.runnerName,
      },
    }
    expect(start.fields).toEqual(identity)
    const times = { start_time: expect.any(String), end_time: expect.any(String), duration: expect.any(Number) }
    // act does not know what defines a job, and nobody tells the job's name.
    expect(build.fields).toEqual({ ...identity, ...times, caller_unknown: true, runner_image: 'ubuntu20' })
    expect(await act.types('build')).toEqual({
      ...{ number: 'integer', attempt: 'integer', run_id: 'integer', branch: 'string', sha: 'string' },
      ...{ actor: 'string', url: 'string', runner_name: 'string', caller_unknown: 'boolean' },
      ...{ start_time: 'string', end_time: 'string', duration: 'float', runner_image: 'string' },
    })

    const startMs = Date.parse(build.fields.start_time as string)
    const endMs = Date.parse(build.fields.end_time as string)
    expect(act.startMs).toBeLessThanOrEqual(startMs)
    expect(startMs + 1_000).toBeLessThanOrEqual(endMs)
    expect(endMs).toBeLessThanOrEqual(act.endMs)
    expect(build.fields.duration).toBeCloseTo((endMs - startMs) / 1_000, 3)
    expect(build.timeNs / 1_000_000n).toBe(BigInt(endMs))
    expect(start.timeNs / 1_000_000n).toBe(BigInt(startMs))

    expect(act.errors).toEqual([])
    expect(act.warnings).toEqual([expect.stringContaining('start')])
    expect(act.summaries.join('')).toMatch(/^<h3>.*: \d+m? ?.*s<\/h3>/)
  })

  test('the exact start, from GitHub', async () => {
    const startedMs = Math.floor(Date.now() / 1_000) * 1_000 - 60_000
    const started_at = new Date(startedMs).toISOString().replace('.000Z', 'Z')
    const created_at = new Date(startedMs - 5_000).toISOString().replace('.000Z', 'Z')
    const job = exampleJob({ name: 'build', created_at, started_at })
    const others = [exampleJob({ id: 1, name: 'lint' }), exampleJob({ id: 2, name: 'build', status: 'completed' })]
    const api = await startGitHubApi({ token: exampleRun.token, jobs: [...others, job] })
    try {
      const { output, exitCode, builds, starts, ...act } = await run('success.yml', {
        secrets: { GITHUB_TOKEN: exampleRun.token },
        env: { GITHUB_API_URL: api.url, GITHUB_RUN_ID: String(exampleRun.runId) },
      })
      expect(exitCode, output).toBe(0)
      expect(act.warnings).toEqual([])
      expect(output).not.toContain(exampleRun.token)
      expect(api.requests).toHaveLength(1)
      expect(builds, output).toHaveLength(1)
      const { fields } = builds[0] as Row
      expect(fields).toMatchObject({ job_id: job.id, job_name: 'build', queue_time: 5 })
      expect(Date.parse(fields.start_time as string)).toBe(startedMs)
      expect(fields.duration).toBeCloseTo((Date.parse(fields.end_time as string) - startedMs) / 1_000, 3)
      expect(fields.duration).toBeGreaterThan(60)
      expect(await act.types('build')).toMatchObject({ job_id: 'integer', job_name: 'string', queue_time: 'float' })
      // Main asks GitHub nothing: the start point has the runner's clock, and is not touched again.
      expect(starts).toHaveLength(1)
      expect(Number((starts[0] as Row).timeNs / 1_000_000n)).toBeGreaterThanOrEqual(act.startMs)
    } finally {
      await api.close()
    }
  })

  test('a job of a pull request that fails', async () => {
    const { output, exitCode, builds, ...act } = await run('failure.yml', {
      event: 'pull_request',
      eventPayload: { number: 5, pull_request: { head: { ref: 'feature/x', sha: 'f00' }, base: { ref: 'main' } } },
    })
    expect(exitCode).toBe(1)
    expect(output).not.toContain('never printed')
    expect(builds, output).toHaveLength(1)
    expect(builds[0]).toMatchObject({
      tags: { result: 'failure', event: 'pull_request', default_branch: 'false', job: 'lint', workflow: 'Checks' },
      fields: { branch: 'feature/x', style: 'failure', status: 'failure', duration: expect.any(Number) },
    })
    expect(act.errors).toEqual([])
  })

  test('a job whose test step fails has the counts of its report, with nothing but the rule', async () => {
    const { output, exitCode, builds, summaries, ...act } = await run('report.yml')
    expect(exitCode).toBe(1)
    expect(output).not.toContain('never printed')
    expect(builds, output).toMatchObject([{ tags: { result: 'failure', job: 'unit' } }])
    expect(await act.rows('tests'), output).toMatchObject([
      { tags: { result: 'failure' }, fields: { tests: 2, passed: 1, failed: 1, skipped: 0, duration: 0.75 } },
    ])
    expect(await act.rows('test_case')).toMatchObject([
      { tags: { outcome: 'failed' }, fields: { name: 'divides', message: 'expected 2', duration: 0.25 } },
    ])
    expect(act.errors).toEqual([])
    expect(summaries.join()).toContain('1 passed, <strong>1 failed</strong>')
  })

  test('a job that is cancelled', async () => {
    const { output, builds, endMs, startMs } = await run('cancelled.yml', { cancelOn: 'at work' })
    expect(endMs - startMs).toBeLessThan(30_000)
    expect(builds, output).toHaveLength(1)
    expect(builds[0]?.tags.result).toBe('cancelled')
  })

  test('four legs of a matrix at once', async () => {
    const { output, exitCode, builds, starts } = await run('matrix.yml')
    expect(exitCode, output).toBe(0)
    const legs = ['linux-20', 'linux-22', 'windows-20', 'windows-22']
    const toLeg = ({ tags }: Row) => `${tags.matrix_os_name}-${tags.matrix_node}`
    expect(builds.map(toLeg).sort(), output).toEqual(legs)
    expect(starts.map(toLeg).sort()).toEqual(legs)
    for (const build of builds) {
      expect(build.fields.leg).toBe(toLeg(build))
      expect(build.tags).not.toHaveProperty('matrix_options')
    }
    expect(new Set(builds.map(({ timeNs }) => timeNs % 1_000_000n)).size).toBe(4)
    const latestStart = Math.max(...builds.map(({ fields }) => Date.parse(fields.start_time as string)))
    const earliestEnd = Math.min(...builds.map(({ fields }) => Date.parse(fields.end_time as string)))
    expect(latestStart, 'the legs ran one after the other').toBeLessThan(earliestEnd)
  })

  test('outputs, line protocol and JSON data', async () => {
    const describeAction = readFileSync(join(here, 'describe-action.yml'), 'utf8')
    const { output, exitCode, builds, ...act } = await run('data.yml', {
      files: { '.github/actions/describe/action.yml': describeAction },
    })
    expect(exitCode, output).toBe(0)
    expect(builds, output).toHaveLength(1)
    const { tags, fields, timeNs } = builds[0] as Row
    expect(tags).toMatchObject({ team: 'core', suite: 'unit', workflow: 'Nightly data' })
    expect(fields).toMatchObject({
      ...{ coverage: 93.5, tests: 118, compiler: 'gcc 12' },
      message: `two words, "quoted" = 'single' \\ 100% <b> 🚀 ünï\nand a second line`,
    })
    expect(fields).not.toHaveProperty('absent')
    expect(await act.types('build')).toMatchObject({ coverage: 'float', tests: 'integer', message: 'string' })

    const identity = { number: 1, attempt: 1, run_id: 1 }
    const { suite: _, ...inherited } = tags
    const bundles = await act.rows('bundle')
    expect(bundles).toEqual([
      {
        tags: inherited,
        fields: { size_js: 1024, size_css: 12.5, minified: true, target: 'es2024', ...identity },
        timeNs: expect.any(BigInt),
      },
    ])
    const benches = await act.rows('bench')
    expect(benches.map(({ tags, fields }) => ({ tags, fields }))).toEqual([
      { tags: { ...inherited, name: 'parse' }, fields: { mean: 12.5, runs: 10, ...identity } },
      { tags: { ...inherited, name: 'print' }, fields: { mean: 3, runs: 10, ...identity } },
    ])
    expect(benches[1]?.timeNs).toBe(1_700_000_000_000_000_000n)
    for (const row of [bundles[0], benches[0]]) expect(row && row.timeNs / 1_000_000n).toBe(timeNs / 1_000_000n)
    expect(await act.types('bundle')).toMatchObject({ size_js: 'float', minified: 'boolean', number: 'integer' })
    expect(await act.types('bench')).toMatchObject({ mean: 'float', runs: 'integer' })
    expect(await act.rows('this')).toEqual([])

    expect(act.warnings).toContainEqual(expect.stringMatching(/line 3\b/))
    expect(act.warnings).toContainEqual(expect.stringContaining('absent'))
    expect(act.warnings).toHaveLength(3)
  })

  test('outputs of a job that is needed', async () => {
    const { output, exitCode, builds, ...act } = await run('needs.yml')
    expect(exitCode, output).toBe(0)
    expect(builds, output).toHaveLength(1)
    expect(builds[0]).toMatchObject({
      tags: { job: 'publish', workflow: 'Release', result: 'success' },
      fields: { version: '1.2.0-rc.1', size_kb: 2048, compile: 'success' },
    })
    expect(await act.types('build')).toMatchObject({ version: 'string', size_kb: 'float' })
  })

  test('without an address to write to, as in the pull request of a fork', async () => {
    const { output, exitCode, annotations, warnings, builds } = await run('success.yml', { vars: {} })
    expect(exitCode, output).toBe(0)
    expect(builds).toEqual([])
    expect(warnings).toEqual([expect.stringContaining('start')])
    const notices = annotations.filter(({ level }) => level === 'notice').map(({ message }) => message)
    expect(notices).toEqual([expect.stringContaining('url')])
    expect(output).toContain('build-stats.lp')
  })

  test('invalid settings fail the job before its work, all problems in one message', async () => {
    const { output, exitCode, errors, builds, starts } = await run('invalid.yml')
    expect(exitCode, output).toBe(1)
    expect(output).not.toContain('never printed')
    expect(errors[0]).toContain('timeout')
    expect(errors[0]).toContain('soon')
    expect(errors[0]).toContain('fortnights')
    expect([...builds, ...starts], output).toEqual([])
  })
})
