// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows are written so
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cleanTag } from '../../src/point/clean.ts'
import { runScenario } from '../scenario/scenario.ts'
import { describeServers } from '../support/describe-servers.ts'
import { exampleRun } from '../support/example-run.ts'
import type { Influxd } from '../support/influxd.ts'
import type { Job } from '../support/job-runner.ts'
import { type PastBuild, toPastLines, toUsualBuilds } from '../support/past-builds.ts'
import { influxdbs } from '../support/servers.ts'
import { toTimedJob } from './timed-job.ts'

const steps = (test: number) => ({ 'Set up job': 3, 'Run npm test': test, Lint: 40 })

/** Builds that take a minute longer from the 41st on, all of it in one step, with another image. */
const shifting = (count: number): PastBuild[] =>
  Array.from({ length: count }, (_, index) => {
    const isAfter = index >= 40
    const test = (isAfter ? 260 : 200) + ((index * 7) % 5)
    const fields = { runner_image: '"ubuntu24"', runner_image_version: isAfter ? '"20261116.1"' : '"20261109.1"' }
    return { duration: test + 100, steps: steps(test), fields }
  })

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

  const write = async (lines: string) => expect(await influxd.write('ci', lines)).toMatchObject({ status: 204 })

  interface Given {
    readonly number?: number
    readonly seconds?: number
    readonly test?: number
    readonly compare?: string
    readonly captures?: string
    readonly env?: Readonly<Record<string, string>>
    readonly event?: object
    readonly end?: (job: Job) => unknown
  }

  /** A build of that number, and what its row says of since when. */
  async function build({ number = 99, seconds = 362, test: took = 262, env, end, ...given }: Given) {
    const { compare = 'true', captures = '[duration, steps]' } = given
    const options = {
      with: { ...influxd.inputs('ci'), file: '', captures, compare, 'fail-on-error': true },
      api: { job: toTimedJob(seconds, steps(took)) },
      env: { GITHUB_RUN_NUMBER: `${number}`, ImageVersion: '20261116.1', ...env },
      ...(given.event === undefined ? {} : { event: given.event }),
    }
    const finished = await runScenario(options as Parameters<typeof runScenario>[0], end)
    const [row] = await influxd.query(
      'ci',
      `SELECT "since_number", "shift" FROM "build" WHERE "run_id" = ${exampleRun.runId}`,
    )
    return { ...finished, since: row?.rows[0]?.slice(1) ?? [null, null] }
  }

  test.each([46, 55, 61, 70])('looked at from build %d, it is slower since the 41st', async (number) => {
    await write(toPastLines(shifting(number - 1)))
    const { log, since, warnings, job } = await build({ number })
    expect(warnings).toEqual([])
    const sentence = new RegExp(
      `Slower since build #41 \\(${number - 40} builds\\): 5m 02s to 6m 0\\ds, \\+(19|20) %; ` +
        String.raw`step \*Run npm test\* went from 3m 22s to 4m 2\ds; ` +
        String.raw`with it the runner image's version changed from \*20261109\.1\* to \*20261116\.1\*\.`,
    )
    expect(log).toMatch(sentence)
    expect(since).toEqual([41, expect.closeTo(0.2, 1)])
    expect(job.summary).toContain('Slower since build #41')
    expect(job.summary).toMatch(/median \(line\) 5.* before, 6.* since/)
  })

  test('the number that a row has stays, and two fields are all that a row gets of it', async () => {
    const builds = shifting(60).map((one, index) =>
      index < 55 ? one : { ...one, fields: { ...one.fields, since_number: '38i', shift: '0.2' } },
    )
    await write(toPastLines(builds))
    const { log, since } = await build({ number: 61 })
    expect(log).toContain('Slower since build #38 (24 builds)')
    expect(since).toEqual([38, expect.closeTo(0.2, 1)])
  })

  test('it is quicker, too, and a change of less is none', async () => {
    await write(toPastLines(shifting(60).map((one) => ({ ...one, duration: 600 - one.duration }))))
    expect((await build({ number: 61, seconds: 240 })).log).toMatch(
      /Faster since build #41 \(21 builds\): 4m 58s to 3m 5\ds, −\d+ %/,
    )
    await influxd.dropDatabase('ci')
    await influxd.createDatabase('ci')
    await write(toPastLines(toUsualBuilds(60)))
    const { log, since } = await build({ number: 61, seconds: 305 })
    expect([log.includes('since build'), since]).toEqual([false, [null, null]])
  })

  test('on a pull request it is a line further down, and no field', async () => {
    await write(toPastLines(shifting(60)))
    const env = { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/5/merge', GITHUB_HEAD_REF: 'feature' }
    const { log, since, job } = await build({ number: 61, env })
    expect(since).toEqual([null, null])
    expect(log).toContain('main is slower since build #41 (20 builds)')
    expect(job.summary).toMatch(/<(li|p)>main is slower since build #41/)
    const [row] = await influxd.query('ci', `SELECT "pull_request" FROM "build" WHERE "branch" = 'feature'`)
    expect(row?.rows[0]?.[1]).toBe(5)
  })

  test('confirm: 3 warns at the third', async () => {
    const slow = { duration: 400, steps: steps(300) }
    for (const before of [0, 1, 2]) {
      await influxd.dropDatabase('ci')
      await influxd.createDatabase('ci')
      await write(toPastLines([...toUsualBuilds(30), ...Array<PastBuild>(before).fill(slow)]))
      const { warnings } = await build({ seconds: 410, compare: '{warn-above: 1.2, confirm: 3}' })
      expect(warnings, `${before} before`).toHaveLength(before === 2 ? 1 : 0)
      if (before === 2) expect(warnings[0]).toContain('3 builds in a row passed it.')
    }
  })

  describe('statistics of data', () => {
    const record = (suite: string, duration: number, failed: number) => ({ suite, duration, failed })
    /** What builds of the example's job have yielded as `tests`. */
    const toDataLines = (count: number, of: (index: number) => ReturnType<typeof record>[]) =>
      Array.from({ length: count }, (_, index) => {
        const ns = `${Date.now() - (count - index) * 3_600_000}000000`
        const tags = `repository=${exampleRun.repository},workflow=CI,job=test,result=success,default_branch=true`
        return of(index).map(
          ({ suite, duration, failed }) =>
            `tests,${tags},suite=${suite} duration=${duration},failed=${failed},number=${index + 1}i,attempt=1i,run_id=${index + 1}i ${ns}`,
        )
      })
        .flat()
        .join('\n')
    const yieldTests = (duration: number) => (job: Job) =>
      job.step(
        'own',
        `printf 'tests,suite=unit duration=${duration}\\ntests,suite=e2e duration=9\\n' >> "$BUILD_STATS"`,
      )

    test('are compared, both ways, and have a name of their own for since when', async () => {
      await write(toPastLines(toUsualBuilds(30)))
      await write(toDataLines(30, (index) => [record('unit', index < 20 ? 60 : 75, 0), record('e2e', 9, 0)]))
      const compare = JSON.stringify([
        { statistic: 'duration', 'fail-above': 2 },
        { statistic: 'tests.duration', where: { suite: 'unit' }, 'warn-above': '70s', 'fail-above': 1.5 },
        { statistic: { measurement: 'tests', field: 'duration' }, where: { suite: 'e2e' }, 'warn-below': '10%' },
      ])
      const captures = '[duration, data: tests]'
      const { log, warnings } = await build({ number: 31, seconds: 303, compare, captures, end: yieldTests(76) })
      expect(warnings).toEqual([
        expect.stringMatching(/^CI\/test: tests\.duration \(unit\) 1m 16s, .* warn-above allows 1m 10s\. /),
      ])
      expect(log).toContain('tests.duration (unit): slower since build #21 (11 builds): 1m 00s to 1m 15s, +25 %')
      expect(log).toMatch(/tests\.duration \(e2e\) 9s, as usual/)
      const [row] = await influxd.query(
        'ci',
        `SELECT "since_number", "since_number_tests_duration_unit", "shift_tests_duration_unit" FROM "build" WHERE "run_id" = ${exampleRun.runId}`,
      )
      expect(row?.rows[0]?.slice(1)).toEqual([null, 21, 0.25])
    })

    test('of a report are statistics of data', async () => {
      await write(toPastLines(toUsualBuilds(30)))
      await write(toDataLines(30, () => [record('', 60, 0)]).replaceAll(',suite= ', ' '))
      const end = (job: Job) =>
        job.step(
          'own',
          `printf '<testsuite><testcase name="a" time="95"/><testcase name="b" time="5"/></testsuite>' > junit.xml`,
        )
      const compare = '{statistic: tests.duration, warn-above: 1.3}'
      const { warnings } = await build({ seconds: 303, compare, captures: '[duration, report: junit.xml]', end })
      expect(warnings).toEqual([
        'CI/test: tests.duration 1m 40s, 67 % above the median of the last 20 builds on main (1m 00s). warn-above allows 1.3, which is 1m 18s.',
      ])
    })

    test('of several records one has to be chosen', async () => {
      const { log } = await build({
        compare: 'statistic: tests.duration',
        captures: '[duration, data: tests]',
        end: yieldTests(60),
      })
      expect(log).toContain(
        'only one record can be compared, but 2 of "tests" have this field: add "where: {suite: unit}" to choose one',
      )
    })

    test('names that would be queries are names', async () => {
      const hostile = [
        `'; DROP DATABASE ci; --`,
        `"; DROP MEASUREMENT build; --`,
        `x' OR 'a' = 'a`,
        'x\\',
        'a\nb',
        '/.*/',
      ]
      await write(
        toPastLines(toUsualBuilds(30).map((one) => ({ ...one, steps: { [cleanTag(hostile[0] ?? '')]: 200 } }))),
      )
      const compare = JSON.stringify(
        hostile.flatMap((name) => [
          { statistic: { measurement: name, field: name }, where: { [name]: name } },
          { statistic: { measurement: 'tests', field: 'duration' }, where: { suite: name } },
        ]),
      )
      const end = (job: Job) => {
        const records = hostile.map((name) => JSON.stringify({ suite: name, duration: 5, [name]: 1 }))
        return job.step(
          'own',
          `printf '%s' 'tests=[${records.join(',').replaceAll("'", "'\\''")}]' >> "$GITHUB_OUTPUT"`,
        )
      }
      const captures = '[duration, steps, data: {name: tests, tags: [suite]}]'
      const { log, post } = await build({ compare, captures, seconds: 303, end })
      expect([post.exitCode, log.includes('error parsing query')], log).toEqual([0, false])
      expect(log).toContain('there is no successful build with this statistic')
      const [count] = await influxd.query('ci', 'SELECT count("duration") FROM "build"')
      expect(count?.rows[0]?.[1]).toBe(31)
    })
  })
})
