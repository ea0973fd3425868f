import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actPath, runAct } from '../support/act.ts'
import { storeActArtifacts } from '../support/act-artifacts.ts'
import { type ArtifactsApi, startArtifactsApi } from '../support/artifacts-api.ts'
import { exampleRun } from '../support/example-run.ts'
import { type Influxd, influxdPath, startInfluxd } from '../support/influxd.ts'
import { type Row, readRows } from './rows.ts'

const here = import.meta.dirname
const login = { INFLUX_USER: 'admin', INFLUX_PASSWORD: 'admin-password' }

describe.skipIf(!actPath || !influxdPath)('points that a job cannot write', () => {
  let influxd: Influxd
  let api: ArtifactsApi
  const folder = mkdtempSync(join(tmpdir(), 'build-stats-replay-'))
  const artifacts = join(folder, 'artifacts')
  const store = storeActArtifacts(artifacts)

  beforeAll(async () => {
    influxd = await startInfluxd({ auth: true })
    await influxd.createDatabase('ci')
    api = await startArtifactsApi(store)
  })
  afterAll(async () => {
    await influxd?.stop()
    await api?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const run = (workflow: string, more: object = {}) =>
    runAct({
      workflow: join(here, workflow),
      secrets: { ...login, GITHUB_TOKEN: exampleRun.token },
      vars: { INFLUX_URL: influxd.url },
      env: { GITHUB_API_URL: api.url, GITHUB_RUN_ID: '4711', GITHUB_REPOSITORY: exampleRun.repository },
      ...more,
    })
  const readAll = async () => {
    const measurements = ['build', 'build_start', 'tests']
    return Object.fromEntries(
      await Promise.all(measurements.map(async (name) => [name, await readRows(influxd, 'ci', name)] as const)),
    ) as Record<string, Row[]>
  }

  test('are in an artifact, and replay sends them once', async () => {
    influxd.kill('SIGKILL')
    const first = await run('unsent.yml', { artifacts })
    expect(first.exitCode, first.output).toBe(0)
    expect(
      store.list().map(({ name }) => name),
      first.output,
    ).toEqual([expect.stringMatching(/^build-stats-unsent-4711-1-[0-9a-f]+$/)])
    expect(first.summaries.join('')).toContain('kept in the artifact')
    expect(first.output).not.toContain(login.INFLUX_PASSWORD)

    await influxd.restart()
    expect(Object.values(await readAll()).flat()).toEqual([])
    const copy = join(folder, 'copy')
    cpSync(artifacts, copy, { recursive: true })
    const second = await run('replay.yml')
    expect(second.exitCode, second.output).toBe(0)
    expect(store.list(), second.output).toEqual([])
    const rows = await readAll()
    expect(rows.build, second.output).toHaveLength(1)
    expect(rows.build?.[0]).toMatchObject({
      tags: { job: 'measure', result: 'success', workflow: 'Unsent' },
      fields: { coverage: 87.5, duration: expect.any(Number) },
    })
    expect(rows.build_start).toHaveLength(1)
    expect(rows.tests?.map(({ fields, tags }) => [tags.suite, fields.passed, fields.note])).toEqual([
      ['s1', 1, 'two words, ünï'],
      ['s2', 2, 'two words, ünï'],
      ['s3', 3, 'two words, ünï'],
    ])
    expect(second.summaries.join('')).toContain('5 points of 1 artifact sent; none is left.')

    const third = await run('replay.yml')
    expect(third.output).toContain('there are no points to send')
    cpSync(copy, artifacts, { recursive: true })
    const fourth = await run('replay.yml')
    expect([third.exitCode, fourth.exitCode], fourth.output).toEqual([0, 0])
    expect(fourth.output).toContain('5 points of 1 artifact sent; none is left.')
    expect([store.list(), await readAll()]).toEqual([[], rows])
  })
})
