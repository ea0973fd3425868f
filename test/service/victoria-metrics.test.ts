import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { runScenario, secondsAgo } from '../scenario/scenario.ts'
import { describeServers } from '../support/describe-servers.ts'
import { exampleJob } from '../support/github-api.ts'
import { victoriaMetrics179, victoriaMetrics1151 } from '../support/servers.ts'
import type { VictoriaMetrics } from '../support/victoria-metrics.ts'

const apis = {
  v1: { database: 'ci' },
  v2: { org: 'acme', bucket: 'ci', token: 'token-0123456789' },
  v3: { database: 'ci', token: 'token-0123456789', api: 'v3' },
} as const

describeServers([victoriaMetrics179, victoriaMetrics1151], (server) => {
  let victoriaMetrics: VictoriaMetrics
  beforeAll(async () => {
    victoriaMetrics = await server.start()
  })
  afterAll(() => victoriaMetrics.stop())

  test.each(Object.entries(apis))('takes a job through %s, and gives its numbers back', async (api, inputs) => {
    const startedAt = secondsAgo(60)
    const { post, warnings } = await runScenario(
      {
        with: { ...inputs, url: victoriaMetrics.url, file: '', tags: `api: ${api}` },
        api: { job: exampleJob({ created_at: secondsAgo(75), started_at: startedAt }) },
      },
      (job) => job.step('tests', 'echo "tests,suite=unit passed=10,rate=0.5,ok=t,note=\\"a\\"" >> "$BUILD_STATS"'),
    )
    expect([post.exitCode, warnings]).toEqual([0, []])

    // It caches what a search did not find for a second or two.
    const [duration] = await vi.waitFor(
      async () => {
        const found = await victoriaMetrics.export(`build_duration{api="${api}"}`)
        expect(found.length).toBe(1)
        return found
      },
      { timeout: 30_000, interval: 300 },
    )
    expect(duration?.values).toEqual([expect.any(Number)])
    expect(duration?.values[0]).toBeGreaterThanOrEqual(60)
    expect(duration?.values[0]).toBeLessThanOrEqual((Date.now() - Date.parse(startedAt)) / 1000)
    expect(duration?.metric).toMatchObject({ repository: 'octo-org/octo-repo', job: 'test', result: 'success' })
    expect(duration?.timestamps).toEqual([expect.closeTo(Date.now(), -5)])
    const [rate] = await victoriaMetrics.export(`tests_rate{api="${api}",suite="unit"}`)
    expect(rate?.values).toEqual([0.5])
    // Numbers are all that it keeps.
    for (const [field, value] of [
      ['ok', 1],
      ['note', 0],
    ] as const) {
      const [stored] = await victoriaMetrics.export(`tests_${field}{api="${api}"}`)
      expect(stored?.values).toEqual([value])
    }
    const [number] = await victoriaMetrics.export(`build_start_number{api="${api}"}`)
    expect(number?.values).toEqual([42])
  })
})
