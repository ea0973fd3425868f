import { appendFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openScenario } from '../scenario/scenario.ts'
import { describeServers } from '../support/describe-servers.ts'
import type { Influxd } from '../support/influxd.ts'
import { influxdb16, influxdbs } from '../support/servers.ts'

const lines = 20

// A server that is killed and comes back within the timeout.
describeServers(influxdbs, (server) => {
  const trials = server === influxdb16 ? 50 : 10
  let influxd: Influxd
  beforeAll(async () => {
    influxd = await server.start()
    await influxd.createDatabase('ci')
  })
  afterAll(() => influxd.stop())

  /** A build; the server is killed at some moment of its life, and started again at once. */
  async function runTrial(index: number, lifeMs: number): Promise<{ lifeMs: number; problems: unknown[] }> {
    const { job } = await openScenario({
      with: { ...influxd.inputs('ci'), file: '', 'github-token': '', summary: false },
      env: { GITHUB_RUN_ID: `${1000 + index}`, GITHUB_RUN_NUMBER: `${index}` },
    })
    // From before the first write to after the last, evenly: what is random is where in its work the build is then.
    const killMs = ((index + Math.random()) / trials) * lifeMs * 1.2 - lifeMs * 0.1
    const startedMs = performance.now()
    const kill = async () => {
      if (killMs > 0) await delay(killMs)
      influxd.kill('SIGKILL')
      await influxd.restart()
    }
    const build = async () => {
      const main = await job.main()
      const data = Array.from({ length: lines }, (_, line) => `cases,case=c${line} seconds=${line}\n`)
      appendFileSync(job.exportedEnv.BUILD_STATS ?? '', data.join(''))
      const post = await job.post()
      return { main, post, endMs: performance.now() }
    }
    // The earliest kills come first, and are over before the build begins.
    if (killMs <= 0) await kill()
    const [{ main, post, endMs }] = await Promise.all([build(), killMs > 0 ? kill() : undefined])
    const warnings = post.annotations.filter(({ message }) => !message.includes('github-token'))
    await job.remove()
    return { lifeMs: endMs - startedMs, problems: [main.exitCode, post.exitCode, ...main.annotations, ...warnings] }
  }

  test(`has every point once, in ${trials} trials`, async () => {
    // The life of a build that nothing happens to, as this machine has it today.
    const { lifeMs } = await runTrial(trials, 0)
    for (let index = 0; index < trials; index++) expect((await runTrial(index, lifeMs)).problems).toEqual([0, 0])

    const expected = new Map(Array.from({ length: trials + 1 }, (_, index) => [`${1000 + index}`, 1]))
    expect(await countByRun('build')).toEqual(expected)
    expect(await countByRun('build_start')).toEqual(expected)
    expect(await countByRun('cases')).toEqual(new Map([...expected.keys()].map((run) => [run, lines])))
  })

  /** Points of a measurement by run; the run's id is a field, so that rows are counted here. */
  async function countByRun(measurement: string): Promise<Map<string, number>> {
    const counts = new Map<string, number>()
    for (const { rows } of await influxd.query('ci', `SELECT run_id FROM ${measurement}`)) {
      for (const [, run] of rows) counts.set(`${run}`, (counts.get(`${run}`) ?? 0) + 1)
    }
    return new Map([...counts].sort(([a], [b]) => Number(a) - Number(b)))
  }
})
