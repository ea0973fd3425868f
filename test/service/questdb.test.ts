import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeServers } from '../support/describe-servers.ts'
import type { QuestDB } from '../support/questdb.ts'
import { questdb } from '../support/servers.ts'
import { openTrial } from './trial.ts'

// What docs/servers.md says of it.
describeServers([questdb], (tried) => {
  let server: QuestDB
  beforeAll(async () => {
    server = await tried.start()
  })
  afterAll(() => server?.stop())

  test('stores a point that is sent twice once, with the keys that the docs name', async () => {
    const trial = await openTrial(tried.name, server)
    await trial.run()
    await trial.readRows('build')
    await server.ask('ALTER TABLE build DEDUP ENABLE UPSERT KEYS(timestamp, repository, workflow, job)')
    trial.forward.lost = 1
    expect((await trial.run()).requests).toBe(2)
    expect(await trial.readRows('build')).toHaveLength(2)
  })

  test.each([...'-?.,/:*%~"\'()+'])('has no column with %s in its name', async (character) => {
    const name = character === ',' ? '\\,' : character
    expect(await server.write('ci', `columns a${name}b=1`)).toMatchObject({ status: 400 })
    expect(await server.write('ci', 'columns a_b=2')).toMatchObject({ status: 204 })
  })

  test("has no table that is called as one of Buildbot's layout", async () => {
    expect(await server.write('ci', 'CI/test-build-times duration=1')).toMatchObject({
      status: 400,
      body: expect.stringContaining('INVALID_TABLE_NAME'),
    })
  })
})
