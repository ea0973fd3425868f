import { afterAll, beforeAll, expect, test } from 'vitest'
import { runScenario } from '../scenario/scenario.ts'
import { describeServers } from '../support/describe-servers.ts'
import type { Influxd } from '../support/influxd.ts'
import { influxdbs } from '../support/servers.ts'

const lines = 100_000
const maxMegabytes = 400

/** As a test runner would yield them: a line a test case, half of them at a time of their own and half at the job's end. */
const script = `
seq ${lines} | awk '{
  printf "cases,suite=suite%d,file=test/%d.ts seconds=%.3f,passed=%s,id=%di,name=\\"case number %d, with \\\\\\"quotes\\\\\\"\\"%s\\n",
    $1 % 10, $1 % 50, $1 / 1000, ($1 % 9 ? "t" : "f"), $1, $1, ($1 % 2 ? "" : sprintf(" 1700000000%09d", $1))
}' >> "$BUILD_STATS"`

// A data file of 100,000 lines.
describeServers(influxdbs, (server) => {
  let influxd: Influxd
  beforeAll(async () => {
    influxd = await server.start()
    await influxd.createDatabase('ci')
  })
  afterAll(() => influxd.stop())

  test('is read, laid out and written within bounded memory, and no line is missing', async () => {
    const inputs = { ...influxd.inputs('ci'), file: '', timeout: 120 }
    const { main, post, warnings } = await runScenario({ with: inputs, memory: true, timeoutMs: 150_000 }, (job) =>
      job.step('tests', script),
    )
    expect([main.exitCode, post.exitCode, warnings]).toEqual([0, 0, []])
    const [count] = await influxd.query('ci', 'SELECT COUNT("id") AS count FROM "cases"')
    expect(count?.rows[0]?.[1]).toBe(lines)
    const [sum] = await influxd.query('ci', 'SELECT SUM("id") AS sum FROM "cases"')
    expect(sum?.rows[0]?.[1]).toBe((lines * (lines + 1)) / 2)
    expect(post.maxRssKb).toBeGreaterThan(10_000)
    expect((post.maxRssKb ?? Number.POSITIVE_INFINITY) / 1024).toBeLessThan(maxMegabytes)
    expect(post.log).toContain(`${(lines + 1).toLocaleString('en-US')} points written to ${influxd.url}`)
  })
})
