import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rollupTags } from '../../dashboards/rollups.ts'
import { simulateBuilds } from '../../script/scale/builds.ts'
import { installRollups, type Rollups } from '../../script/scale/install-rollups.ts'
import { listViews, toQuestions } from '../../script/scale/questions.ts'
import { describeServers } from '../support/describe-servers.ts'
import type { Influxd, Series } from '../support/influxd.ts'
import { influxdb16, influxdb27, influxdb112, influxdbs } from '../support/servers.ts'

const database = 'ci'
const days = 6
const dayMs = 86_400_000
const deadlineMs = 60_000
const builds = [...simulateBuilds({ builds: 20_000, builders: 20, days, endMs: Date.now(), only: ['build', 'tests'] })]

/** What a day of a group says: numbers by field, and of the 95th percentile the values between which it may lie. */
type Day = ReadonlyMap<string, number | readonly [least: number, most: number]>

describeServers(influxdbs, (server) => {
  let influxd: Influxd
  let rollups: Rollups
  let expected: ReadonlyMap<string, Day>

  beforeAll(async () => {
    const one = [influxdb16, influxdb112].find((other) => other === server)
    influxd = await (one === undefined ? influxdb27.start() : one.start({ continuousQueries: true }))
    await influxd.createDatabase(database)
    for (const lines of builds) expect((await influxd.write(database, lines)).body).toBe('')
    expected = toDays(await influxd.query(database, 'SELECT * FROM "build"'))
    rollups = await installRollups(influxd, database)
  })
  afterAll(() => influxd?.stop())

  test('what runs by itself rolls up the last three days', async () => {
    await rollups.run()
    const since = Math.floor(Date.now() / dayMs - 2) * dayMs
    const recent = new Map([...expected].filter(([key]) => Number(key.split('|')[0]) >= since))
    expect(recent.size).toBeGreaterThan(30)
    await expectDays(recent)
  })

  test('the days before are filled in, and every rollup agrees with its rows', async () => {
    await rollups.backfill(Date.now() - (days + 1) * dayMs)
    await expectDays(expected)
    const stored = await influxd.query(database, 'SELECT * FROM "rollups"."build_daily"')
    expect([...toStored(stored).keys()].sort()).toEqual([...expected.keys()].sort())
  })

  test('the dashboard counts the same, whether it asks rows or rollups', async () => {
    const range = { fromMs: Math.floor(Date.now() / dayMs - days) * dayMs, toMs: Date.now() }
    const [, ...views] = listViews({})
    const [rows = new Map(), daily = new Map()] = await Promise.all(
      views.map((view) => toQuestions(view, range, (query) => influxd.query(database, query))),
    )
    for (const title of [
      'Builds',
      'Failure rate',
      'Time on runners',
      'Builds by result',
      'Time on runners by workflow',
    ]) {
      const [ofRows, ofRollups] = [await sumUp(rows.get(title)), await sumUp(daily.get(title))]
      expect(ofRows, title).toBeGreaterThan(0)
      expect(ofRollups / ofRows, title).toBeCloseTo(1, 6)
    }
  })

  /** All numbers that the queries of a panel are answered with. */
  async function sumUp(queries: readonly string[]): Promise<number> {
    const answers = await Promise.all(queries.map((query) => influxd.query(database, query)))
    const values = answers.flat().flatMap(({ rows }) => rows.flatMap((row) => row.slice(1)))
    return values.reduce<number>((sum, value) => sum + Number(value ?? 0), 0)
  }

  /** Continuous queries run in their own time. */
  async function expectDays(days: ReadonlyMap<string, Day>): Promise<void> {
    for (const startMs = Date.now(); ; await delay(250)) {
      const stored = toStored(await influxd.query(database, 'SELECT * FROM "rollups"."build_daily"'))
      const problems = [...days].flatMap(([key, day]) => findProblems(key, day, stored.get(key)))
      if (problems.length === 0) return
      if (Date.now() - startMs > deadlineMs) expect(problems.slice(0, 20)).toEqual([])
    }
  }
})

type Row = ReadonlyMap<string, unknown>

/** Rows by the day and the tags of their rollup. */
function groupRows(answer: readonly Series[]): Map<string, Row[]> {
  const rows = answer.flatMap(({ columns, rows }) =>
    rows.map((row) => new Map(columns.map((name, at) => [name, row[at]]))),
  )
  return Map.groupBy(rows, (row) => {
    const dayStartMs = Math.floor(Number((row.get('time') as bigint) / 1_000_000n) / dayMs) * dayMs
    return [dayStartMs, ...rollupTags.map((tag) => row.get(tag))].join('|')
  })
}

/** What rollups of these rows should say, worked out from the rows one by one. */
function toDays(answer: readonly Series[]): Map<string, Day> {
  return new Map([...groupRows(answer)].map(([key, rows]) => [key, toDay(rows)]))
}

function toDay(rows: readonly Row[]): Day {
  const ended = (result: string) => rows.filter((row) => row.get('result') === result)
  const numbers = (of: readonly Row[], field: string) =>
    of.flatMap((row) => (typeof row.get(field) === 'number' ? [row.get(field) as number] : [])).sort((a, b) => a - b)
  const [durations, queueTimes, good] = [
    numbers(rows, 'duration'),
    numbers(rows, 'queue_time'),
    numbers(ended('success'), 'duration'),
  ]
  return new Map(
    Object.entries({
      builds: rows.length,
      duration_sum: durations.reduce((sum, one) => sum + one, 0),
      duration_max: durations.at(-1),
      queue_time_p50: toMedian(queueTimes),
      queue_time_p95: toRanks(queueTimes),
      successes: ended('success').length || undefined,
      duration_p50: toMedian(good),
      duration_p95: toRanks(good),
      failures: ended('failure').length || undefined,
      cancellations: ended('cancelled').length || undefined,
      flaky_builds: rows.filter((row) => row.get('flaky') === true).length || undefined,
    }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  )
}

function toMedian(sorted: readonly number[]): number | undefined {
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]]
  return low === undefined || high === undefined ? undefined : (low + high) / 2
}

/** InfluxQL takes the nearest rank, Flux the next one. */
function toRanks(sorted: readonly number[]): [number, number] | undefined {
  const rank = 0.95 * sorted.length
  const [least, most] = [sorted[Math.max(0, Math.floor(rank + 0.5) - 1)], sorted[Math.max(0, Math.ceil(rank) - 1)]]
  return least === undefined || most === undefined ? undefined : [Math.min(least, most), Math.max(least, most)]
}

function toStored(answer: readonly Series[]): Map<string, Row> {
  return new Map([...groupRows(answer)].map(([key, [row = new Map()]]) => [key, row]))
}

function findProblems(key: string, day: Day, stored: Row | undefined): string[] {
  if (stored === undefined) return [`${key}: no rollup`]
  const others = [...stored].filter(([name, value]) => value !== null && !day.has(name))
  const extra = others.filter(([name]) => name !== 'time' && !rollupTags.some((tag) => tag === name))
  const wrong = [...day].flatMap(([name, wanted]) => {
    const [least, most] = typeof wanted === 'number' ? [wanted, wanted] : wanted
    const value = Number(stored.get(name))
    // Sums of floats depend on their order.
    const isRight = value >= least - 1e-6 * least && value <= most + 1e-6 * most
    return isRight ? [] : [`${key}: ${name} is ${stored.get(name)} instead of ${wanted}`]
  })
  return [...wrong, ...extra.map(([name, value]) => `${key}: ${name} is ${value} instead of nothing`)]
}
