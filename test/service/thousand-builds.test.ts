import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openScenario } from '../scenario/scenario.ts'
import { type Influxd, influxdPath, startInfluxd } from '../support/influxd.ts'

const builds = 1000
const atATime = 20
/** When this many builds have ended, the server is killed and started again. */
const restarts = [300, 700]

// At InfluxDB 1.6.7 alone: it is our processes that are many, and every server takes their requests.
describe.skipIf(influxdPath === undefined)('many builds that end at once', () => {
  let influxd: Influxd
  beforeAll(async () => {
    influxd = await startInfluxd()
    await influxd.createDatabase('ci')
  })
  afterAll(() => influxd.stop())

  test(`${builds} builds, ${atATime} at a time, are ${builds} rows, whatever becomes of the server meanwhile`, async () => {
    const { job } = await openScenario({
      with: { url: influxd.url, database: 'ci', file: '', 'github-token': '', 'start-point': false, timeout: 60 },
      timeoutMs: 120_000,
    })
    await job.main()
    const codes = new Set<number | null>()
    const warnings: string[] = []
    let begun = 0
    let ended = 0
    async function runSome(): Promise<void> {
      while (begun < builds) {
        begun++
        const post = await job.post({ GITHUB_RUN_ID: `${100_000 + begun}`, GITHUB_RUN_NUMBER: `${begun}` })
        codes.add(post.exitCode)
        const told = post.annotations.map(({ message }) => message)
        warnings.push(...told.filter((message) => !message.includes('github-token')))
        ended++
        if (restarts.includes(ended)) {
          influxd.kill('SIGKILL')
          await influxd.restart()
        }
      }
    }
    await Promise.all(Array.from({ length: atATime }, runSome))
    expect([...codes, ...warnings]).toEqual([0])

    const series = await influxd.query('ci', 'SELECT number FROM build')
    const numbers = series.flatMap(({ rows }) => rows.map(([, number]) => Number(number)))
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: builds }, (_, index) => index + 1))
  })
})
