// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows are written so
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findPage, readBlocks } from '../docs/pages.ts'
import { runScenario } from '../scenario/scenario.ts'
import { dataFusionPath, querySql } from '../support/datafusion.ts'
import { describeServers } from '../support/describe-servers.ts'
import { exampleRun } from '../support/example-run.ts'
import type { Influxd } from '../support/influxd.ts'
import type { Job } from '../support/job-runner.ts'
import { parseLine, splitLines } from '../support/line-protocol.ts'
import { influxdbs } from '../support/servers.ts'
import { toTimedJob } from './timed-job.ts'

const languages = ['influxql', 'flux', 'sql'] as const
type Language = (typeof languages)[number]

/** The queries of docs/queries.md: each question has one in each language. */
const questions = (() => {
  const blocks = readBlocks(findPage('docs/queries.md')).filter(({ language }) =>
    (languages as readonly string[]).includes(language),
  )
  return Array.from({ length: blocks.length / languages.length }, (_, index) =>
    blocks.slice(index * languages.length, (index + 1) * languages.length),
  )
})()

/** Queries of pages that have InfluxQL alone. */
const others = [findPage('README.md'), findPage('docs/recipes.md')]
  .flatMap(readBlocks)
  .filter(({ language }) => language === 'sql')

/** A row with these texts, and a number from the first to the second. */
type Expected = readonly [texts: readonly string[], from: number, to: number]

const own = exampleRun.repository
const other = 'octo-org/other'
const both: readonly Expected[] = [
  [[own, 'test'], 2000, 2400],
  [[own, 'test'], 1000, 1400],
  [[other, 'test'], 500, 900],
]
/** One build was stored in this time; a day may end between the two. */
const daily: readonly Expected[] = [[[], 1000, 2400]]
const counted: readonly Expected[] = [
  [[own, 'CI', 'test', 'success'], 2, 2],
  [[other, 'CI', 'test', 'failure'], 1, 1],
]
const rates: readonly Expected[] = [
  [[other, 'CI', 'test'], 1, 1],
  [[own, 'CI', 'test'], 0, 0],
]

/** What each question has for an answer, in the order of the page. */
const answers: readonly (readonly Expected[] | Readonly<Record<Language, readonly Expected[]>>)[] = [
  [[[own, 'CI', 'test'], 1500, 1900]],
  daily,
  both,
  [
    [['Test'], 900, 900],
    [['Set up job'], 3, 3],
  ],
  { influxql: counted, flux: counted, sql: rates },
  [[[`https://github.com/${other}/actions/runs/${exampleRun.runId}/job/${exampleRun.jobId}`], 0, Number.MAX_VALUE]],
  [[['divides'], 1, 7]],
  [
    [[own, 'Linux'], 3000 / 3600, 3800 / 3600],
    [[other, 'Linux'], 500 / 3600, 900 / 3600],
  ],
  [
    [[own, 'Linux'], 5, 5],
    [[other, 'Linux'], 5, 5],
  ],
  [[[own], 80, 90]],
]

test('every question has a query in each language, and an answer here', () => {
  expect(questions.map((blocks) => blocks.map(({ language }) => language))).toEqual(answers.map(() => languages))
})

const junit = '<testsuite><testcase name="adds"/><testcase name="divides"><failure message="1"/></testcase></testsuite>'

/** Line protocol of three jobs, as the action writes it: two succeed, one of another repository fails. */
async function runJobs(): Promise<string> {
  const jobs = [
    { number: 41, seconds: 1000, repository: own, coverage: 80 },
    { number: 42, seconds: 2000, repository: own, coverage: 90 },
    { number: 7, seconds: 500, repository: other, coverage: undefined },
  ]
  const written: string[] = []
  for (const { number, seconds, repository, coverage } of jobs) {
    const steps = { 'Set up job': 3, Test: 0.6 * seconds }
    const captures =
      '[duration, steps, property: {name: coverage, on-missing: ignore}, report: {files: junit.xml, cases: failed, on-missing: ignore}]'
    const { job, post } = await runScenario(
      {
        with: { captures, file: '${{ runner.temp }}/points.lp' },
        env: { GITHUB_REPOSITORY: repository, GITHUB_RUN_NUMBER: `${number}` },
        api: { job: toTimedJob(seconds, coverage === undefined ? {} : steps), repository },
      },
      (running: Job) =>
        coverage === undefined
          ? running.step('test', `echo '${junit}' > junit.xml; exit 1`)
          : running.step('test', `echo coverage=${coverage} >> "$GITHUB_OUTPUT"`),
    )
    expect(post.exitCode).toBe(0)
    written.push(readFileSync(join(job.temp, 'points.lp'), 'utf8'))
  }
  return written.join('')
}

let lines = ''
beforeAll(async () => {
  lines = await runJobs()
})

/** Each row matches one that is expected, and the other way round, whatever their order. */
function expectAnswer(rows: readonly object[], index: number, language: Language): void {
  const answer = answers[index] ?? []
  const expected = Array.isArray(answer) ? answer : (answer as Record<Language, Expected[]>)[language]
  const found = rows.map((row) => Object.entries(row).filter(([key]) => !/^_?(time|start|stop)$/.test(key)))
  const isLike = (row: [string, unknown][], [texts, from, to]: Expected) =>
    texts.every((text) => row.some(([, value]) => value === text)) &&
    (to === Number.MAX_VALUE || row.some(([, value]) => Number(value) >= from && Number(value) <= to))
  for (const row of found)
    expect(
      expected.some((one: Expected) => isLike(row, one)),
      inspect(row),
    ).toBe(true)
  for (const one of expected)
    expect(
      found.some((row) => isLike(row, one)),
      inspect(rows),
    ).toBe(true)
}

const textsOf = (language: Language) => questions.map((blocks) => blocks[languages.indexOf(language)]?.text ?? '')

describeServers(influxdbs, (server) => {
  let influxd: Influxd
  beforeAll(async () => {
    influxd = await server.start()
    await influxd.createDatabase('ci')
    expect(await influxd.write('ci', lines)).toMatchObject({ status: 204 })
  })
  afterAll(() => influxd?.stop())

  test('answers the InfluxQL of docs/queries.md', async () => {
    for (const [index, query] of textsOf('influxql').entries()) {
      const series = await influxd.query('ci', query)
      const rows = series.flatMap(({ tags, columns, rows }) =>
        rows.map((row) => ({ ...tags, ...Object.fromEntries(columns.map((column, at) => [column, row[at]])) })),
      )
      expectAnswer(rows, index, 'influxql')
    }
  })

  test.each(others)('takes the InfluxQL of $place', async ({ text }) => {
    const headers = { authorization: `Token ${(influxd as { token?: string }).token}` }
    const answer = await fetch(`${influxd.url}/query?${new URLSearchParams({ db: 'ci', q: text })}`, { headers })
    expect([answer.status, await answer.text()]).toEqual([200, expect.not.stringContaining('"error"')])
  })

  test('takes duration in double quotes only', async () => {
    const answer = (text: string) => influxd.query('ci', text).catch(() => 'an error')
    expect(await answer('SELECT mean("duration") FROM "build"')).toHaveLength(1)
    // 2.x has its error elsewhere.
    expect(['an error', []]).toContainEqual(await answer('SELECT mean(duration) FROM "build"'))
  })

  test('answers Flux, if it is 2.x', async () => {
    const { org, token } = influxd as Influxd & { org?: string; token?: string }
    if (org === undefined) return
    for (const [index, query] of textsOf('flux').entries()) {
      const answer = await fetch(`${influxd.url}/api/v2/query?org=${org}`, {
        method: 'POST',
        headers: { authorization: `Token ${token}`, 'content-type': 'application/vnd.flux' },
        body: query,
      })
      const text = await answer.text()
      expect(answer.status, text).toBe(200)
      expectAnswer(parseFlux(text), index, 'flux')
    }
  })
})

describe.skipIf(dataFusionPath === undefined)('DataFusion', () => {
  test('answers the SQL of docs/queries.md', async () => {
    const found = await querySql(splitLines(lines).map(parseLine), textsOf('sql'))
    for (const [index, rows] of found.entries()) expectAnswer(rows, index, 'sql')
  })
})

/** The rows of annotated CSV, in which tables with other columns have headings of their own. No value here has a comma. */
function parseFlux(text: string): object[] {
  return text
    .split(/\r?\n\r?\n/)
    .map((table) => table.trim().split(/\r?\n/))
    .flatMap(([head = '', ...rows]) => {
      const columns = head.split(',')
      return rows.map((row) => Object.fromEntries(row.split(',').map((value, at) => [columns[at], value])))
    })
}
