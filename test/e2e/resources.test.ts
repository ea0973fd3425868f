import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actPath, runAct } from '../support/act.ts'
import { type Influxd, influxdPath, readTypes, startInfluxd } from '../support/influxd.ts'
import { readRows } from './rows.ts'

/** Processes that look at a runner, of jobs whose folders are below that of act's. */
function listSamplers(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
        return words.some((word) => word.endsWith('sampler.js') && /\bact\b/.test(word)) ? [words.join(' ')] : []
      } catch {
        return []
      }
    })
}

describe.skipIf(!actPath || !influxdPath)('two jobs at once on act', () => {
  let influxd: Influxd

  beforeAll(async () => {
    influxd = await startInfluxd()
  })
  afterAll(() => influxd?.stop())

  test.each([
    ['true', false],
    ['{every: 1s, series: true}', true],
  ])('each have what they used, with resources: %s', async (resources, hasSeries) => {
    const database = hasSeries ? 'series' : 'plain'
    await influxd.createDatabase(database)
    const { exitCode, output, summaries } = await runAct({
      workflow: join(import.meta.dirname, 'resources.yml'),
      vars: { INFLUX_URL: influxd.url, INFLUX_DATABASE: database, RESOURCES: resources },
    })
    expect(exitCode, output).toBe(0)
    const builds = await readRows(influxd, database, 'build')
    expect(builds.map(({ tags }) => tags.job).toSorted(), output).toEqual(['one', 'other'])
    for (const { fields } of builds) {
      for (const name of ['cpu_mean', 'cpu_max', 'memory_max', 'memory_total', 'disk_free_min', 'cores']) {
        expect(fields[name], name).toBeGreaterThan(0)
      }
      expect(fields.cpu_mean).toBeLessThanOrEqual(1)
    }
    expect(Object.fromEntries(await readTypes(influxd, database, 'build'))).toMatchObject({
      ...{ cpu_mean: 'float', cpu_max: 'float', cores: 'integer', memory_max: 'integer', memory_total: 'integer' },
      ...{ disk_free_min: 'integer', oom_kills: 'integer' },
    })
    const series = await readRows(influxd, database, 'build_resources')
    for (const job of ['one', 'other']) {
      const own = series.filter(({ tags }) => tags.job === job)
      if (hasSeries) expect(own.length).toBeGreaterThanOrEqual(3)
      else expect(own).toEqual([])
    }
    expect(summaries.join('')).toMatch(/>CPU: \d+ % of \d+ cores?, \d+ % at most\. Memory: at most /)
    expect(summaries.join('').includes('<details><summary>CPU: ')).toBe(hasSeries)
    expect(listSamplers()).toEqual([])
  })
})
