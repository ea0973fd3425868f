import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openScenario } from '../scenario/scenario.ts'
import { type Influxd, influxdPath, startInfluxd } from '../support/influxd.ts'

const outcomes = ['', '<failure message="expected 1"/>', '<error message="no"/>', '<skipped/>']

/** Cases with a name, a file and a message each: none may become a tag. */
function junit(count: number, build: number): string {
  const cases = Array.from({ length: count }, (_, at) => {
    const outcome = (outcomes[at % 4] ?? '').replace(/message="(.*?)"/, `message="$1 at ${build}.${at}"`)
    return `<testcase classname="c${at}" name="case ${at}" file="src/${at}.ts" time="${at / 1000}">${outcome}</testcase>`
  })
  return `<testsuite name="all">${cases.join('\n')}</testsuite>`
}

describe.skipIf(influxdPath === undefined)('reports in InfluxDB', () => {
  let influxd: Influxd
  beforeAll(async () => {
    influxd = await startInfluxd()
    await influxd.createDatabase('ci')
  })
  afterAll(() => influxd.stop())

  test('10,000 cases of two builds are one series an outcome, and a point each', async () => {
    const captures = '- report: {files: junit.xml, cases: all, limit: 10000}\n- report: junit.xml'
    const { job } = await openScenario({
      with: { url: influxd.url, database: 'ci', file: '', 'start-point': false, captures },
      timeoutMs: 120_000,
    })
    await job.main()
    for (const build of [1, 2]) {
      writeFileSync(join(job.workspace, 'junit.xml'), junit(10_000, build))
      const post = await job.post({ GITHUB_RUN_NUMBER: `${build}` })
      expect(post.annotations.map(({ message }) => message)).toEqual([])
    }
    const series = async (measurement: string) =>
      (await influxd.query('ci', `SHOW SERIES FROM "${measurement}"`)).flatMap(({ rows }) =>
        rows.map(([key]) => String(key)),
      )
    const cases = await series('test_case')
    expect(cases.map((key) => /outcome=(\w+)/.exec(key)?.[1]).sort()).toEqual(['error', 'failed', 'passed', 'skipped'])
    expect(await series('tests')).toHaveLength(1)
    const [counts] = await influxd.query(
      'ci',
      'SELECT count("name"), max("duration") FROM "test_case" GROUP BY "outcome"',
    )
    expect(counts?.rows[0]?.slice(1)).toEqual([5000, expect.closeTo(9.998, 3)])
    const rows = await influxd.query('ci', 'SELECT "tests", "passed", "failed", "errors", "skipped" FROM "tests"')
    expect(rows[0]?.rows.map(([, ...values]) => values)).toEqual(Array(2).fill([10_000, 2500, 5000, 2500, 2500]))
  })
})
