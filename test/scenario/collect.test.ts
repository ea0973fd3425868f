import { expect, test } from 'vitest'
import { createRandom } from '../dashboards/random.ts'
import { createRecord, type TrueRun } from '../support/run-record.ts'
import { openCollecting, toComparable, toRows, toTrueRows } from './collecting.ts'

const now = Math.floor(Date.now() / 1000)
const day = 86_400

/** Requests that a record is worth: a run has one, more for further jobs and attempts, and a hundred share one of a list. */
function countRequests(runs: readonly TrueRun[]): number {
  const repositories = Map.groupBy(runs, ({ repository }) => repository)
  const lists = [...repositories.values()].map((some) => Math.ceil(some.length / 100))
  const ofRuns = runs.map(({ attempts }) => {
    const pages = attempts.map(({ jobs, carried }) => Math.ceil((jobs.length + carried.length) / 100))
    return pages.reduce((sum, count) => sum + count, 0) + attempts.length - 1
  })
  return [...lists, ...ofRuns].reduce((sum, count) => sum + count, 0)
}

function expectRows(points: Parameters<typeof toRows>[0], runs: readonly TrueRun[]): void {
  const rows = toRows(points)
  const expected = toTrueRows(runs)
  for (const measurement of ['build_run', 'build_job']) {
    expect(toComparable(rows, measurement)).toEqual(toComparable(expected, measurement))
  }
}

test('2,000 runs of an organisation are collected as they were, within three schedules of 1,000 requests an hour', async () => {
  const runs = createRecord({ repositories: 10, runs: 2000, from: now - 20 * day, to: now - day })
  const rate = { limit: 1000, remaining: 1000 }
  const { server, collect } = await openCollecting({ runs, rate })
  let total = 0
  let collected = 0
  for (const since of ['30d', '', '']) {
    rate.remaining = 1000
    const given = { with: { repositories: 'acme/*', since, lookback: '1d' }, memory: true }
    const { main, outputs, warnings, errors, notices, requests } = await collect(given)
    expect([errors, warnings, main.stderr, main.exitCode, server.violations]).toEqual([[], [], '', 0, []])
    // The last fifth is left alone, and the message says so.
    expect(rate.remaining).toBeGreaterThanOrEqual(200)
    expect(notices.join('')).toMatch(
      rate.remaining === 200 ? /only 200 of its 1000 .* The next collection continues from there/ : /^$/,
    )
    expect(main.maxRssKb).toBeLessThan(400_000)
    total += requests.length
    collected += Number(outputs.runs)
  }
  expectRows(server.points, runs)
  expect(toTrueRows(runs).length).toBeGreaterThan(10_500)
  expect(collected).toBeLessThan(2000 + 2 * 10)
  // A list of repositories and those of their runs are asked for by each schedule.
  expect(total).toBeLessThan(countRequests(runs) + 3 + 2 * 25 + 20)

  rate.remaining = 1000
  const count = server.points.length
  const again = await collect({ with: { repositories: 'acme/*', lookback: '1d' } })
  expect(again.main.log).toContain('no new runs of 10 repositories, up to')
  expect(again.requests).toHaveLength(1 + 10)
  const added = server.points.slice(count).map(({ measurement }) => measurement)
  expect(added).toEqual(Array(10).fill('build_collect'))
}, 240_000)

test('what was collected before is the same when it is collected again', async () => {
  const runs = createRecord({ repositories: 2, runs: 60, from: now - 3 * day, to: now - day })
  const { server, collect } = await openCollecting({ runs })
  const since = new Date((now - 4 * day) * 1000).toISOString()
  const until = new Date(now * 1000).toISOString()
  const given = { with: { repositories: 'acme/app-0, acme/app-1', since, until, steps: true } }
  await collect(given)
  const rows = toRows(server.points)
  const steps = runs.flatMap(({ attempts }) => attempts.flatMap(({ jobs }) => jobs.flatMap((job) => job.steps)))
  const toStep = (name: string, number: number, seconds: number, end: number) => `${name} ${number} ${seconds} ${end}`
  const found = rows.filter(({ measurement }) => measurement === 'build_job_step')
  expect(
    found
      .map(({ tags, fields, timeNs }) =>
        toStep(tags.step ?? '', Number(fields.number), Number(fields.duration), Number(timeNs / 1_000_000_000n)),
      )
      .toSorted(),
  ).toEqual(steps.map(({ name, number, start, end }) => toStep(name, number, end - start, end)).toSorted())
  // A time with an end is no word about where the next one goes on.
  expect(rows.filter(({ measurement }) => measurement === 'build_collect')).toEqual([])
  await collect(given)
  expect(server.points).toHaveLength(2 * rows.length)
  expect(toRows(server.points)).toHaveLength(rows.length)
  expectRows(server.points, runs)
})

test('killed at twenty moments, and started anew each time, it loses nothing', async () => {
  const runs = createRecord({ repositories: 3, runs: 250, from: now - 3 * day, to: now - day, seed: 7 })
  const random = createRandom(3)
  let kill = () => {}
  let left = Number.POSITIVE_INFINITY
  const respond = () => {
    if (--left === 0) kill()
    return undefined
  }
  const { server, open, collect } = await openCollecting({ runs, respond }, respond)
  const inputs = { repositories: 'acme/*', since: '4d' }
  let killed = 0
  for (let moment = 0; moment < 20; moment++) {
    const job = await open({ with: inputs })
    kill = () => job.signal('SIGKILL')
    left = 1 + random.below(90)
    const { signal } = await job.main()
    if (signal === 'SIGKILL') killed++
  }
  left = Number.POSITIVE_INFINITY
  expect(killed).toBeGreaterThan(10)
  // It has come some way by then, and does not begin again.
  const { main, requests } = await collect({ with: inputs })
  expect(main.exitCode).toBe(0)
  expect(requests.length).toBeLessThan(countRequests(runs))
  expectRows(server.points, runs)
}, 240_000)
