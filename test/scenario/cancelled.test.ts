import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { startInfluxServer } from '../support/influxdb-server.ts'
import type { Answer } from '../support/loopback.ts'
import { closing } from './closing.ts'
import { openScenario, textsOf } from './scenario.ts'

const maxMs = 5000

async function open(respond: () => Answer | undefined, api: Parameters<typeof openScenario>[0] = {}) {
  const server = closing(await startInfluxServer({ api: 'v1', database: 'ci', respond }))
  const scenario = await openScenario({ ...api, with: { url: server.url, database: 'ci', file: '', timeout: 60 } })
  return { server, ...scenario }
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await delay(5)
}

describe.for(['SIGINT', 'SIGTERM'] as const)('%s', (signal) => {
  test('while the server does not answer: post ends soon, and its points are kept', async () => {
    let isOpen = true
    const { server, job } = await open(() => (isOpen ? undefined : { hang: true }))
    await job.main()
    isOpen = false
    const posting = job.post()
    await until(() => server.requests.length === 2)
    const cancelledMs = performance.now()
    job.signal(signal)
    const post = await posting
    expect(performance.now() - cancelledMs).toBeLessThan(maxMs)
    expect(post.exitCode).toBe(0)
    expect(textsOf(post.annotations, 'warning')).toEqual([
      expect.stringMatching(
        /^1 of 1 point could not be written to .*: no answer before the job was cancelled\. 1 point is in the log/,
      ),
    ])
    expect(post.stdout).toMatch(/^build,/m)
  })

  test('while the server takes its time: post ends soon, and its points are written', async () => {
    const { server, job } = await open(() => ({ status: 204, delayMs: 500 }))
    await job.main()
    const posting = job.post()
    await until(() => server.requests.length === 2)
    job.signal(signal)
    const post = await posting
    expect([post.exitCode, ...post.annotations]).toEqual([0])
    expect(server.points.map(({ measurement }) => measurement)).toEqual(['build_start', 'build'])
  })

  test('while GitHub does not answer: the points are written without it', async () => {
    const { server, api, job } = await open(() => undefined, { api: { respond: () => ({ hang: true }) } as never })
    await job.main()
    const posting = job.post()
    await until(() => api.requests.length === 1)
    const cancelledMs = performance.now()
    job.signal(signal)
    const post = await posting
    expect(performance.now() - cancelledMs).toBeLessThan(maxMs)
    expect(post.exitCode).toBe(0)
    expect(textsOf(post.annotations, 'warning')).toEqual([
      expect.stringContaining('the job was cancelled before GitHub answered'),
    ])
    expect(server.points.map(({ measurement }) => measurement)).toEqual(['build_start', 'build'])
  })

  test('at any moment of post: the points are somewhere, and nothing is printed that is not ours', async () => {
    for (let moment = 0; moment < 10; moment++) {
      const { server, job } = await open(() => undefined)
      const main = await job.main()
      const posting = job.post()
      // From before there is a handler on: a process that is killed before it has begun is the runner's affair.
      await delay((main.durationMs * (moment + 5)) / 10)
      job.signal(signal)
      const post = await posting
      if (post.signal !== null) continue
      expect([post.exitCode, post.stderr]).toEqual([0, ''])
      const written = server.points.filter(({ measurement }) => measurement === 'build').length
      expect(written + (post.stdout.match(/^build,/gm)?.length ?? 0)).toBe(1)
    }
  })

  test('while main waits for the server: it ends at once, and post writes the start', async () => {
    let isOpen = false
    const { server, job } = await open(() => (isOpen ? undefined : { hang: true }))
    const starting = job.main()
    await until(() => server.requests.length === 1)
    job.signal(signal)
    const main = await starting
    expect([main.exitCode, ...main.annotations]).toEqual([0])
    isOpen = true
    const post = await job.post()
    expect([post.exitCode, ...post.annotations]).toEqual([0])
    expect(server.points.map(({ measurement }) => measurement)).toEqual(['build_start', 'build'])
  })
})
