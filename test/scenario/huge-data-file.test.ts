import { rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { startInfluxServer } from '../support/influxdb-server.ts'
import { runScenario } from './scenario.ts'

test.each([
  ['a file', {}],
  ['a server', { url: 'SERVER' }],
])('a data file of a terabyte costs itself: %s has the build', async (_name, inputs) => {
  const server = await startInfluxServer({ api: 'v1', database: 'ci' })
  const given = 'url' in inputs ? { file: '', url: server.url, database: 'ci' } : {}
  const { job, points } = await runScenario({ with: { timeout: '2', ...given } }, (job) =>
    job.step('tests', 'truncate -s 1T "$BUILD_STATS"'),
  )
  rmSync(job.exportedEnv.BUILD_STATS ?? '')
  await server.close()
  const measurements = [...points, ...server.points].map(({ measurement }) => measurement)
  expect(measurements).toEqual(['build_start', 'build'])
})
