import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closing } from '../scenario/closing.ts'
import { action } from '../scenario/scenario.ts'
import { startArtifactsApi, storeArtifacts } from '../support/artifacts-api.ts'
import { describeServers } from '../support/describe-servers.ts'
import { exampleRun } from '../support/example-run.ts'
import { createJob } from '../support/job-runner.ts'
import { startResultsService } from '../support/results-service.ts'
import type { RunningServer } from '../support/running-server.ts'
import { influxdbs, questdb } from '../support/servers.ts'
import { openTrial } from './trial.ts'

// A line in an artifact that the server will never take; the matrix has the spool.
describeServers([...influxdbs, questdb], (tried) => {
  let server: RunningServer
  beforeAll(async () => {
    server = await tried.start()
  })
  afterAll(() => server?.stop())

  test('is sent once, reported once, and gone with its artifact', async () => {
    const trial = await openTrial(tried.name, server, { retentionHours: 1 })
    const tooOld = `${Date.now() - 864_000_000}000000`
    const never = tried.name === questdb.name ? 'cases,case=c2 a?b=2' : `cases,case=c2 id=2 ${tooOld}`
    const results = closing(await startResultsService({}))
    trial.forward.isDown = true
    const lines = `cases,case=c1 id=1\n${never}\ncases,case=c3 id=3\n`
    await trial.run({ lines, env: results.env, with: { spool: '', timeout: '4' } })
    trial.forward.isDown = false

    const stored = [...results.artifacts].map(([name, zip], index) => ({ id: index + 1, name, zip: Buffer.from(zip) }))
    expect(stored).toHaveLength(1)
    const store = storeArtifacts(stored)
    const api = closing(await startArtifactsApi(store))
    const replay = async () => {
      const env = { GITHUB_API_URL: api.url }
      const job = await createJob({
        action: join(action, 'replay'),
        with: trial.inputs,
        env,
        token: exampleRun.token,
      })
      closing({ close: () => job.remove() })
      const { log } = await job.main()
      return { log, annotations: job.annotations, requests: trial.forward.takeWrites() }
    }
    trial.forward.takeWrites()
    const first = await replay()
    expect(store.names).toEqual([])
    expect((await trial.readRows('cases')).map((row) => row.case).sort()).toEqual(['c1', 'c3'])
    const told = first.annotations.filter(({ message }) => message.includes('the server refused'))
    expect(told, first.log).toHaveLength(1)
    expect(told[0]?.message).toContain('case=c2')
    expect((await replay()).requests).toBe(0)
  })
})
