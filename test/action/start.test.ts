import { mkdtempSync, rmSync } from 'node:fs'
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

test('the state is there before the network is asked, and again with what came of it', async () => {
  const inputs = { url: 'http://influx:8086', database: 'ci' }
  const { runner, told } = fakeRunner(inputs, { RUNNER_TEMP: folder, GITHUB_JOB: 'test' }, () => 1000)
  const http = fakeClient(() => {
    told.push('request')
    return { status: 204 }
  })
  await start({ runner, http })
  expect(told.map((text) => text.split(':')[0])).toEqual(['saveState', 'request', 'saveState', 'info'])
  const states = told.filter((text) => text.startsWith('saveState')).map((text) => JSON.parse(text.slice(10)))
  const state = { startMs: 1000, dataFile: expect.any(String), storagesKnown: true, startProblems: [] }
  expect(states).toEqual([
    { ...state, startWritten: [] },
    { ...state, startWritten: ['http://influx:8086 (v1, database ci)'] },
  ])
})

test('storages that a checkout has yet to bring are not known', async () => {
  const { runner, told } = fakeRunner({ config: join(folder, 'none.yml') }, { RUNNER_TEMP: folder }, () => 1000)
  await start({ runner, http: fakeClient(() => ({})) })
  expect(told.find((text) => text.startsWith('saveState'))).toContain('"storagesKnown":false')
  expect(told.filter((text) => text.startsWith('fail'))).toEqual([])
})
