import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeServers } from '../support/describe-servers.ts'
import type { RunningServer } from '../support/running-server.ts'
import { servers } from '../support/servers.ts'
import { cases } from './matrix.ts'
import { openTrial } from './trial.ts'

// docs/servers.md has it as a table, which `npm run matrix` writes.
describeServers(servers, (tried) => {
  let server: RunningServer
  beforeAll(async () => {
    server = await tried.start()
  })
  afterAll(() => server?.stop())

  test.each(cases.filter(({ cells }) => !cells[tried.name]?.startsWith('not applicable: ')))('$what', async (one) => {
    const trial = await openTrial(tried.name, server, one)
    const seen = await one.try(trial)
    expect(seen, seen).toBe(one.cells[tried.name])
  })
})
