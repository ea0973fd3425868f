import { describe, expect, test } from 'vitest'
import { startInfluxServer } from '../support/influxdb-server.ts'
import type { Answer } from '../support/loopback.ts'
import { misbehaviours } from '../support/misbehaving-servers.ts'
import { closing } from './closing.ts'
import { openScenario, textsOf } from './scenario.ts'

const timeout = 2

/** How long a phase of a build takes that nothing happens to, on this machine and under its load of the moment. */
async function measureUsualMs(): Promise<number> {
  const server = closing(await startInfluxServer({ api: 'v1', database: 'ci' }))
  const { job, run } = await openScenario({ with: { url: server.url, database: 'ci', file: '', timeout } })
  const { main, post } = await run()
  await job.remove()
  return Math.max(main.durationMs, post.durationMs)
}

describe.concurrent.for(Object.entries(misbehaviours))('a server that %s', ([, { start, tries, told }]) => {
  test.for([false, true])('fail-on-error: %s', async (failOnError, { expect }) => {
    const { url, count, env = {} } = await start(closing)
    const usualMs = await measureUsualMs()
    const { run } = await openScenario({
      with: { url, database: 'ci', file: '', timeout, 'fail-on-error': failOnError },
      env,
    })
    const { main, post } = await run()
    expect([main.exitCode, post.exitCode]).toEqual([0, failOnError ? 1 : 0])
    // Main has its say when the job ends.
    expect(main.annotations).toEqual([])
    const [text = '', ...others] = textsOf(post.annotations, failOnError ? 'error' : 'warning')
    expect(others).toEqual([])
    expect(text).toMatch(/^2 of 2 points could not be written to /)
    expect(text).toMatch(told)
    expect(text).toMatch(/2 points are in the log of this job/)
    expect(post.stdout).toMatch(/^# build-stats unsent \{.*\}\nbuild_start,.*\nbuild,.*\n::build-stats-/m)
    // Nothing outlives the timeout by more than a second.
    for (const { durationMs } of [main, post]) expect(durationMs - usualMs).toBeLessThan(timeout * 1000 + 1000)
    if (tries === 'again') expect(count()).toBeGreaterThan(2)
    // Main's line, then both of post: together, and where it may be for one of them, each alone.
    else expect(count()).toBeLessThanOrEqual(/400|413|422/.test(told.source) ? 4 : 2)
  })
})

describe('a server that comes to its senses', () => {
  const bad: Record<string, Answer> = {
    'after resets': { reset: true },
    'after 500': { status: 500 },
    'after 502': { status: 502 },
    'after 503, in a second': { status: 503, headers: { 'retry-after': '1' } },
    'after 429': { status: 429, headers: { 'retry-after': '0' } },
    'after it broke off': { status: 500, body: 'a long story', truncateAt: 3 },
  }
  test.for(Object.entries(bad))('%s has all points once', async ([, answer]) => {
    const server = closing(
      await startInfluxServer({
        api: 'v1',
        database: 'ci',
        respond: ({ index }) => (index % 3 < 2 ? answer : undefined),
      }),
    )
    const { run } = await openScenario({ with: { url: server.url, database: 'ci', file: '', timeout: 20 } })
    const { main, post } = await run()
    expect([main.exitCode, post.exitCode, ...main.annotations, ...post.annotations]).toEqual([0, 0])
    expect(server.points.map(({ measurement }) => measurement)).toEqual(['build_start', 'build'])
    // What is down when the job starts is not tried for long.
    expect([3, 6]).toContain(server.requests.length)
  })

  test('waits as long as the server asks', async () => {
    const times: number[] = []
    const respond = ({ index, receivedMs }: { index: number; receivedMs: number }) => {
      times.push(receivedMs)
      return index === 0 ? { status: 503, headers: { 'retry-after': '1' } } : undefined
    }
    const server = closing(await startInfluxServer({ api: 'v1', database: 'ci', respond }))
    const inputs = { url: server.url, database: 'ci', file: '', 'start-point': false }
    await (await openScenario({ with: inputs })).run()
    expect(times).toHaveLength(2)
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(1000)
  })

  test('of a limit to its requests gets them in halves', async () => {
    const respond = ({ lines }: { lines: readonly string[] }) => (lines.length > 40 ? { status: 413 } : undefined)
    const server = closing(await startInfluxServer({ api: 'v1', database: 'ci', respond }))
    const { job, run } = await openScenario({ with: { url: server.url, database: 'ci', file: '' } })
    const { post } = await run(() =>
      job.step('tests', `seq 1000 | sed 's/.*/cases,case=& seconds=&/' >> "$BUILD_STATS"`),
    )
    expect([post.exitCode, ...post.annotations]).toEqual([0])
    const ids = server.points.filter(({ measurement }) => measurement === 'cases').map(({ tags }) => tags.case)
    expect(ids.map(Number)).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1))
  })
})
