import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { influxError } from '../support/influxdb-server.ts'
import type { Answer, LoopbackRequest } from '../support/loopback.ts'
import { createRecord, type TrueRun } from '../support/run-record.ts'
import { fail } from '../support/runs-api.ts'
import { openCollecting, toComparable, toRows, toTrueRows } from './collecting.ts'

const now = Math.floor(Date.now() / 1000)
const day = 86_400
const record = (changes: Partial<Parameters<typeof createRecord>[0]> = {}) =>
  createRecord({ repositories: 3, runs: 12, from: now - 3 * day, to: now - day, ...changes })
const repositories = 'acme/app-0\nacme/app-1\nacme/app-2'

/** The numbers of runs that have a row. */
const listRuns = (points: Parameters<typeof toRows>[0]) =>
  [
    ...new Set(
      points.flatMap(({ measurement, fields }) => (measurement === 'build_run' ? [Number(fields.run_id)] : [])),
    ),
  ].toSorted()

const idsOf = (runs: readonly TrueRun[]) => runs.map(({ id }) => id).toSorted()

describe('what GitHub does', () => {
  test('a second limit that is over soon is waited for', async () => {
    let isLimited = false
    const respond = ({ path }: LoopbackRequest): Answer | undefined => {
      if (isLimited || !path.endsWith('/jobs')) return undefined
      isLimited = true
      return fail(403, 'You have exceeded a secondary rate limit.', { 'retry-after': '1' })
    }
    const runs = record()
    const { server, collect } = await openCollecting({ runs, respond })
    const { main, warnings, notices } = await collect({ with: { repositories, since: '4d' } })
    expect([main.exitCode, warnings, notices, isLimited]).toEqual([0, [], [], true])
    expect(listRuns(server.points)).toEqual(idsOf(runs))
    expect(main.durationMs).toBeGreaterThan(1000)
  })

  test.each<[string, Answer, RegExp]>([
    [
      'a limit that is not over soon',
      fail(429, 'Slow down.', { 'retry-after': '3600' }),
      /rate limit is used up \(429\)/,
    ],
    [
      'a token that has no requests left',
      fail(403, 'API rate limit exceeded for installation.', {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-limit': '1000',
      }),
      /rate limit is used up \(403\)/,
    ],
  ])('%s ends it, and the next one goes on from there', async (_, answer, reason) => {
    let left = 6
    const respond = ({ path }: LoopbackRequest) => (path.endsWith('/jobs') && --left < 0 ? answer : undefined)
    const runs = record()
    const { server, collect } = await openCollecting({ runs, respond })
    const first = await collect({ with: { repositories, since: '4d' } })
    expect([first.main.exitCode, first.errors, first.warnings]).toEqual([0, [], []])
    expect(first.notices).toEqual([expect.stringMatching(reason)])
    expect(first.notices[0]).toContain('The next collection continues from there.')
    expect(listRuns(server.points).length).toBeLessThan(12)
    left = Number.POSITIVE_INFINITY
    const second = await collect({ with: { repositories } })
    expect([second.warnings, second.notices]).toEqual([[], []])
    expect(listRuns(server.points)).toEqual(idsOf(runs))
  })

  test('max-requests ends it as well', async () => {
    const runs = record()
    const { server, collect } = await openCollecting({ runs })
    const first = await collect({ with: { repositories, since: '4d', 'max-requests': 5 } })
    expect(first.requests).toHaveLength(5)
    expect(first.notices).toEqual([expect.stringContaining('the limit of 5 requests was reached (input max-requests)')])
    await collect({ with: { repositories } })
    expect(listRuns(server.points)).toEqual(idsOf(runs))
  })

  test('a failure that lasts costs its repository the rest, until the next time', async () => {
    const runs = record()
    const broken = runs.find(({ repository, number }) => repository === 'acme/app-1' && number === 2)
    let isDown = true
    const respond = ({ path }: LoopbackRequest) =>
      isDown && path.includes(`/${broken?.id}/`) ? fail(502, 'Bad Gateway') : undefined
    const { server, collect } = await openCollecting({ runs, respond })
    const first = await collect({ with: { repositories, since: '4d' } })
    expect([first.main.exitCode, first.warnings]).toEqual([
      0,
      [expect.stringMatching(/^acme\/app-1 was collected only up to .*: .*502/)],
    ])
    const lost = runs.filter(({ repository, number }) => repository === 'acme/app-1' && number >= 2)
    expect(listRuns(server.points)).toEqual(idsOf(runs.filter((run) => !lost.includes(run))))
    isDown = false
    await collect({ with: { repositories } })
    expect(listRuns(server.points)).toEqual(idsOf(runs))
  }, 60_000)

  test.each([404, 403])(
    'a repository that may not be read (%d) is reported, and the rest collected',
    async (status) => {
      const respond = ({ path }: LoopbackRequest) =>
        path.startsWith('/repos/acme/app-1') ? fail(status, 'Not Found') : undefined
      const runs = record()
      const { server, collect } = await openCollecting({ runs, respond })
      const { main, warnings, errors } = await collect({
        with: { repositories, since: '4d', 'fail-on-error': status === 403 },
      })
      const told = [
        expect.stringMatching(new RegExp(`acme/app-1 .*may not read it \\(${status}\\).*token of a GitHub App`)),
      ]
      expect([main.exitCode, warnings, errors]).toEqual(status === 403 ? [1, [], told] : [0, told, []])
      expect(listRuns(server.points)).toEqual(idsOf(runs.filter(({ repository }) => repository !== 'acme/app-1')))
    },
  )

  test('a token that is none ends it at once', async () => {
    const { server, collect, api } = await openCollecting({
      runs: record(),
      respond: () => fail(401, 'Bad credentials'),
    })
    const { main, warnings } = await collect({ with: { repositories, since: '4d' } })
    expect([main.exitCode, warnings.length, api.requests.length]).toEqual([0, 1, 1])
    expect(warnings[0]).toContain('does not accept the token (401)')
    expect(server.violations).toEqual([])
  })

  test('runs that vanish between two requests are passed over and reported', async () => {
    const runs = record()
    const [gone, old] = runs
    const respond = ({ path }: LoopbackRequest) =>
      path.endsWith(`/${gone?.id}/attempts/1/jobs`)
        ? fail(404, 'Not Found')
        : path.includes(`/${old?.id}/attempts`)
          ? fail(410, 'Gone')
          : undefined
    const { server, collect } = await openCollecting({ runs, respond })
    const { main, warnings } = await collect({ with: { repositories, since: '4d' } })
    expect(warnings).toEqual([])
    expect(main.log).toMatch(/\d attempts are skipped because GitHub no longer has them: acme\/app-0 run/)
    expect(listRuns(server.points)).toEqual(idsOf(runs.slice(2)))
    const { main: next } = await collect({ with: { repositories } })
    expect(next.log).toContain('no new runs')
  })

  test('runs that are deleted while they are listed hide no others', async () => {
    const runs = record({ repositories: 1, runs: 150 })
    let isDeleted = false
    const respond = ({ query }: LoopbackRequest) => {
      if (query.get('page') !== '2' || isDeleted) return undefined
      isDeleted = true
      // The newest goes: each of the others moves one place forward.
      runs.pop()
      return undefined
    }
    const { server, collect } = await openCollecting({ runs, respond })
    await collect({ with: { repositories: 'acme/app-0', since: '4d' } })
    expect(isDeleted).toBe(true)
    expect(listRuns(server.points)).toEqual(expect.arrayContaining(idsOf(runs)))
  })
})

describe('what the storage does', () => {
  test('one that is down ends it, what it was given is kept, and nothing gets ahead of that', async () => {
    const runs = record({ runs: 150 })
    let isDown = false
    let left = 3
    const { server, collect, api } = await openCollecting({ runs }, () => {
      isDown ||= --left < 0
      return isDown && left < 0 ? influxError('v1', 503, 'down') : undefined
    })
    const { main, warnings } = await collect({ with: { repositories, since: '4d', timeout: 40 } })
    expect(main.exitCode).toBe(0)
    expect(warnings).toEqual([expect.stringMatching(/points could not be written .* in the log of this job/)])
    expect(api.requests.length).toBeLessThan(150)
    const states = server.points.filter(({ measurement }) => measurement === 'build_collect').length
    left = Number.POSITIVE_INFINITY
    isDown = false
    await collect({ with: { repositories } })
    expect(states).toBeGreaterThan(0)
    const rows = toRows(server.points)
    expect(toComparable(rows, 'build_job')).toEqual(toComparable(toTrueRows(runs), 'build_job'))
  }, 60_000)

  test('one of two that is down keeps nothing from the other', async () => {
    const runs = record({ from: now - 20 * 3600, to: now - 10_000 })
    const { server, open } = await openCollecting({ runs })
    const job = await open({ with: { url: '', database: '', config: 'stats.yml', repositories } })
    const storages = [server.url, 'http://127.0.0.1:1'].map((url) => ({ influxdb: { url, database: 'ci' } }))
    writeFileSync(join(job.workspace, 'stats.yml'), JSON.stringify({ storages }))
    const { log } = await job.main()
    expect(listRuns(server.points)).toEqual(idsOf(runs))
    expect(log).toMatch(/^Warning: http:\/\/127\.0\.0\.1:1 .*assumed to be down/m)
  })

  test('one that cannot tell where the last one stopped is reported', async () => {
    const runs = record({ from: now - 20 * 3600, to: now - 3600 })
    const { collect, server } = await openCollecting({ runs })
    const { warnings, outputs } = await collect({ with: { repositories, database: 'nope' } })
    expect(warnings.length).toBeGreaterThan(0)
    expect(server.points).toEqual([])
    expect(outputs.runs).toBe('0')
  })

  test('a file has no memory, and is given the last 25 hours', async () => {
    const runs = [...record(), ...record({ from: now - 20 * 3600, to: now - 10_000, seed: 4 })]
    const { collect } = await openCollecting({ runs })
    const { main, folder, outputs } = await collect({
      with: { repositories, url: '', database: '', file: '../runs.lp' },
    })
    expect(main.log).toMatch(/file \.\.\/runs\.lp does not say where the last collection stopped, so the last 25 hours/)
    expect(Number(outputs.runs)).toBeGreaterThan(3)
    expect(Number(outputs.runs)).toBeLessThan(20)
    expect(folder).toBeTruthy()
  })

  test('a file beside an InfluxDB is given what the InfluxDB lacks', async () => {
    const runs = record({ from: now - 20 * 3600, to: now - 10_000 })
    const { collect } = await openCollecting({ runs })
    const inputs = { repositories, file: '../runs.lp' }
    expect((await collect({ with: inputs })).outputs.runs).toBe('12')
    expect((await collect({ with: inputs })).outputs.runs).toBe('0')
  })
})
