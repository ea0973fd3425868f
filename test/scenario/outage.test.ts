// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows are written so
import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { startInfluxServer } from '../support/influxdb-server.ts'
import { type Misbehaving, misbehaviours, startBlackhole } from '../support/misbehaving-servers.ts'
import { closing } from './closing.ts'
import { openScenario } from './scenario.ts'

const start = (name: string) => async (): Promise<Misbehaving> =>
  misbehaviours[name]?.start(closing) ?? expect.fail(`no server ${name}`)
const down: Record<string, () => Promise<Misbehaving>> = {
  refused: start('refuses connections'),
  blackholed: () => startBlackhole(closing),
  silent: start('accepts and never answers'),
  reset: start('resets the connection'),
  '503': start('answers 503 and wants a second'),
}

/** How long a phase takes that nothing happens to, on this machine and under its load of the moment. */
async function measureUsualMs(): Promise<number> {
  const server = closing(await startInfluxServer({ api: 'v1', database: 'ci' }))
  const { job, run } = await openScenario({ with: { url: server.url, database: 'ci', file: '' } })
  const { main, post } = await run()
  await job.remove()
  return Math.max(main.durationMs, post.durationMs)
}

async function runJob(url: string, inputs: Readonly<Record<string, string | number>>) {
  const scenario = await openScenario({ with: { url, database: 'ci', file: '', ...inputs } })
  const finished = await scenario.run()
  expect([finished.main.exitCode, finished.post.exitCode]).toEqual([0, 0])
  return { ...scenario, ...finished }
}

describe('a server that is down, and a place for the points', () => {
  test.each(Object.entries(down))(
    '%s: the job loses a second at its start and five at its end',
    async (_name, open) => {
      const { url } = await open()
      const before = await measureUsualMs()
      const { job, main, post, warnings } = await runJob(url, { spool: '${{ runner.temp }}/spool', timeout: 60 })
      const usualMs = Math.max(before, await measureUsualMs())
      // Several times what they take, and a fraction of the timeout.
      expect(main.durationMs - usualMs).toBeLessThan(4000)
      expect(post.durationMs - usualMs).toBeLessThan(16_000)
      expect(warnings).toEqual([expect.stringMatching(/2 points are kept in the folder /)])
      expect(warnings[0]).toMatch(/the server is assumed to be down|s, which is longer than the time left/)
      expect(readdirSync(`${job.temp}/spool`)).toHaveLength(1)
    },
  )
})

describe.concurrent('all the time there is', () => {
  test('has a server that is there, whatever place there is', async () => {
    const { url } = await start('answers 500')()
    const { post, warnings } = await runJob(url, { spool: '${{ runner.temp }}/spool', timeout: 7 })
    expect(post.durationMs).toBeGreaterThan(5500)
    expect(warnings[0]).toMatch(/tried \d+ times before the time ran out/)
  })

  test('is taken where points have no place', async () => {
    const { url } = await start('refuses connections')()
    const { post, warnings } = await runJob(url, { timeout: 7 })
    expect(post.durationMs).toBeGreaterThan(5500)
    expect(warnings[0]).toMatch(/tried \d+ times before the time ran out/)
  })
})

test.skipIf(process.platform !== 'linux')('a spool where no folder can be: the next place has the points', async () => {
  const { url } = await start('refuses connections')()
  const { post, warnings } = await runJob(url, { spool: '/proc/nope/spool', timeout: 3 })
  expect(post.log).toMatch(/The points are not kept in the spool .*: ENOENT/)
  expect(warnings).toEqual([expect.stringMatching(/2 points are in the log of this job/)])
})
