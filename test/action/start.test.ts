import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { start } from '../../src/action/start.ts'
import { fakeClient } from '../http/fake-client.ts'
import { fakeRunner } from './fake-runner.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'build-stats-test-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const samplerScript = () => new URL('file:///nowhere')
const rest = { upload: undefined, cancel: new AbortController().signal }
const statesOf = (told: readonly string[]) =>
  told.filter((text) => text.startsWith('saveState')).map((text) => JSON.parse(text.slice(10)))

test('the state is there before the network is asked, and again with what came of it', async () => {
  const inputs = { url: 'http://influx:8086', database: 'ci' }
  const { runner, told } = fakeRunner(inputs, { RUNNER_TEMP: folder, GITHUB_JOB: 'test' }, () => 1000)
  const http = fakeClient(() => {
    told.push('request')
    return { status: 204 }
  })
  await start({ runner, http, ...rest }, samplerScript)
  expect(told.map((text) => text.split(':')[0])).toEqual(['saveState', 'request', 'saveState', 'debug'])
  const destination = { kind: 'influxdb', ...inputs, api: 'v1' }
  const storages = [{ destination, isOpen: true, layout: 'native', measurement: 'build' }]
  const state = { startMs: 1000, storages, inputs, otherInputs: [], earlier: [] }
  // The data file is made while the server answers.
  const files = { dataFile: expect.any(String), filesMs: expect.any(Number) }
  expect(statesOf(told)).toEqual([
    { ...state, startWritten: [] },
    { ...state, ...files, startWritten: [expect.stringMatching(/^0 .*"http:\/\/influx:8086"/)] },
  ])
})

test('a start that could not be written is left to the end of the job: no warning, and the state does not have it', async () => {
  const inputs = { url: 'http://influx:8086', database: 'ci' }
  const { runner, told } = fakeRunner(inputs, { RUNNER_TEMP: folder, GITHUB_JOB: 'test' }, () => 1000)
  const http = fakeClient(() => ({ status: 401 }))
  await start({ runner, http, ...rest }, samplerScript)
  expect(statesOf(told).map(({ startWritten }) => startWritten)).toEqual([[], []])
  expect(told.filter((text) => text.startsWith('info'))[0]).toBe(
    'info: Build Stats: the start of this job is not yet written to http://influx:8086 (v1, database ci): 401, check username and password. The end of the job tries again.',
  )
  expect(told.filter((text) => /^(warning|error|fail|notice)/.test(text))).toEqual([])
})

test('of several storages, those that took the start are in the state', async () => {
  const config = join(folder, 'two.yml')
  writeFileSync(config, 'storages:\n  - file: a.lp\n  - influxdb: {url: "http://influx:8086", database: ci}\n')
  const env = { RUNNER_TEMP: folder, GITHUB_WORKSPACE: folder, GITHUB_JOB: 'test' }
  const { runner, told } = fakeRunner({ config, timeout: '0.2' }, env, () => 1000)
  const http = fakeClient(() => ({ status: 204 }))
  await start({ runner, http, ...rest }, samplerScript)
  expect(statesOf(told).at(-1).startWritten).toEqual([expect.stringMatching(/^1 .*"http:\/\/influx:8086"/)])
})

test('of two storages of one place that only the organisation tells apart, the one that took the start is known', async () => {
  const config = join(folder, 'twins.yml')
  const twin = (org: string) =>
    `  - influxdb: {url: "http://influx:8086", org: ${org}, bucket: ci, token: token-of-${org}}\n`
  writeFileSync(config, `storages:\n${['acme', 'other', 'acme'].map(twin).join('')}`)
  const { runner, told } = fakeRunner(
    { config, timeout: '0.2' },
    { RUNNER_TEMP: folder, GITHUB_JOB: 'test' },
    () => 1000,
  )
  let acme = 0
  const http = fakeClient(({ url }) => ({ status: url.searchParams.get('org') === 'acme' && ++acme === 2 ? 204 : 401 }))
  await start({ runner, http, ...rest }, samplerScript)
  expect(statesOf(told).at(-1).startWritten).toEqual([expect.stringMatching(/^2 .*"acme"/)])
})

test('a config that a checkout has yet to bring is no failure', async () => {
  const { runner, told } = fakeRunner({ config: join(folder, 'none.yml') }, { RUNNER_TEMP: folder }, () => 1000)
  const http = fakeClient(() => ({}))
  await start({ runner, http, ...rest }, samplerScript)
  expect(statesOf(told).at(-1).startWritten).toEqual([])
  expect(http.requests).toEqual([])
  expect(told.filter((text) => text.startsWith('fail'))).toEqual([])
})
