import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closing } from '../scenario/closing.ts'
import { action, openScenario } from '../scenario/scenario.ts'
import { describeServers } from '../support/describe-servers.ts'
import { openHttp } from '../support/influxd.ts'
import { createJob } from '../support/job-runner.ts'
import { startLoopback } from '../support/loopback.ts'
import type { RunningServer } from '../support/running-server.ts'
import { influxdb16, influxdb27, influxdb112 } from '../support/servers.ts'

/** Two places of one server that differ in one thing alone. */
interface Places {
  readonly inputs: (place: string) => Record<string, string>
  /** The runs of the builds that are stored there. */
  readonly readRuns: (place: string) => Promise<string[]>
}

const places = ['acme', 'other'] as const

function openSpool(): string {
  const folder = mkdtempSync(join(tmpdir(), 'build-stats-spool-'))
  closing({ close: async () => rmSync(folder, { recursive: true, force: true }) })
  return folder
}

/** A server, and a way to it that can be cut. */
async function openWay(url: string) {
  const way = { isDown: false, url: '' }
  const loopback = await startLoopback({
    async answer({ method, path, query, headers, body }) {
      if (way.isDown) return { status: 503 }
      const { authorization = '', 'content-encoding': encoding = 'identity' } = headers
      const sent = await fetch(`${url}${path}?${query}`, {
        method,
        headers: { ...(authorization === '' ? {} : { authorization }), 'content-encoding': encoding },
        ...(method === 'POST' ? { body: new Uint8Array(body) } : {}),
      })
      return { status: sent.status, body: await sent.text() }
    },
  })
  closing({ close: () => loopback.close() })
  return Object.assign(way, { url: loopback.url })
}

/** What is of one place never comes to the other, whoever finds it first. */
async function tryPlaces(server: RunningServer, { inputs, readRuns }: Places): Promise<void> {
  const way = await openWay(server.url)
  const spool = openSpool()
  const given = (place: string) => ({ ...inputs(place), url: way.url })
  const build = async (place: string, run: string) => {
    const job = await openScenario({
      with: { ...given(place), file: '', timeout: 1, spool, 'github-token': '' },
      env: { GITHUB_RUN_ID: run },
    })
    return await job.run()
  }
  const replay = async (place: string) => {
    const job = await createJob({
      action: join(action, 'replay'),
      with: { ...given(place), spool, 'github-token': '' },
    })
    closing({ close: () => job.remove() })
    const main = await job.main()
    return { main, told: job.annotations, outputs: job.outputs }
  }
  way.isDown = true
  for (const [index, place] of places.entries()) await build(place, `${index + 1}`)
  expect(readdirSync(spool)).toHaveLength(2)

  way.isDown = false
  // A job of each place finds the files of both, and so does a replay.
  const { post } = await build('other', '3')
  expect(post.log).toMatch(/Left in the spool: CI\/test, run 1 \(2 points\): it is for \S+ \(v\d, .*acme/)
  expect([await readRuns('acme'), await readRuns('other')]).toEqual([[], ['2', '3']])
  expect((await replay('other')).outputs).toEqual({ sent: '0', left: '2', lost: '0' })
  expect([await readRuns('acme'), await readRuns('other')]).toEqual([[], ['2', '3']])
  expect(await replay('acme')).toMatchObject({
    told: [],
    main: { exitCode: 0 },
    outputs: { sent: '2', left: '0', lost: '0' },
  })
  expect([await readRuns('acme'), await readRuns('other')]).toEqual([['1'], ['2', '3']])
  expect(readdirSync(spool)).toEqual([])
}

describeServers([influxdb16, influxdb112], (tried) => {
  let server: Awaited<ReturnType<typeof tried.start>>
  beforeAll(async () => {
    server = await tried.start()
    await server.createDatabase('ci')
    for (const place of places)
      await server.query('ci', `CREATE RETENTION POLICY ${place} ON ci DURATION INF REPLICATION 1`)
  })
  afterAll(() => server?.stop())

  test('two retention policies of one database', async () => {
    await tryPlaces(server, {
      inputs: (place) => ({ database: 'ci', 'retention-policy': place }),
      async readRuns(place) {
        const series = await server.query('ci', `SELECT run_id FROM ci.${place}.build`)
        return series.flatMap(({ rows }) => rows.map(([, run]) => `${run}`)).sort()
      },
    })
  })
})

describeServers([influxdb27], (tried) => {
  let server: Awaited<ReturnType<typeof tried.start>>
  beforeAll(async () => {
    server = await tried.start()
  })
  afterAll(() => server?.stop())

  test('two organisations with buckets of one name', async () => {
    const { send, close } = openHttp(server.url, `Token ${server.token}`)
    closing({ close: async () => close() })
    const ask = async (path: string, body: object) =>
      JSON.parse((await send('POST', `/api/v2/${path}`, JSON.stringify(body))).body)
    await server.createDatabase('ci')
    const { id: orgID } = await ask('orgs', { name: 'other' })
    await ask('buckets', { orgID, name: 'ci', retentionRules: [] })
    await tryPlaces(server, {
      inputs: (org) => ({ org, bucket: 'ci', token: server.token }),
      async readRuns(org) {
        const query = `from(bucket: "ci") |> range(start: 0) |> filter(fn: (r) => r._measurement == "build" and r._field == "run_id")`
        const { body } = await send(
          'POST',
          `/api/v2/query?org=${org}`,
          JSON.stringify({ query, dialect: { header: true, annotations: [] } }),
        )
        const [head = '', ...rows] = body.trim().split(/\r?\n/)
        const column = head.split(',').indexOf('_value')
        return rows
          .filter((row) => row.startsWith(','))
          .map((row) => row.split(',')[column] ?? '')
          .filter((run) => run !== '_value')
          .sort()
      },
    })
  })
})
