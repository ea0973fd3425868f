import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { askForBuild } from '../../src/action/ask-build.ts'
import { finish } from '../../src/action/finish.ts'
import type { State } from '../../src/action/state.ts'
import type { HttpClient, HttpResponse } from '../../src/http/client.ts'
import type { Runner } from '../../src/runner/runner.ts'
import { fakeClient } from '../http/fake-client.ts'
import { fakeRunner } from './fake-runner.ts'

test('a defect in the comparison is a warning, and the points are written', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'build-stats-finish-'))
  try {
    // A job that nothing called, whose start is known.
    const inputs = { url: 'http://influx:8086', database: 'ci', compare: 'true', job: '{"workflow_ref": "ci.yml"}' }
    const env = { RUNNER_TEMP: folder, GITHUB_JOB: 'test', GITHUB_WORKFLOW_REF: 'ci.yml' }
    const { runner: fake, told } = fakeRunner(inputs, env, () => 1000)
    const state: State = { startMs: 0, dataFile: '', startWritten: [], earlier: [] }
    const runner: Runner = { ...fake, readState: () => JSON.stringify(state) }
    const server = fakeClient(() => ({ status: 204 }))
    // An answer that no client gives: what reads it throws.
    const broken = { status: 200 } as HttpResponse
    const http: HttpClient = {
      ...server,
      request: async (request) => (request.url.pathname === '/query' ? broken : await server.request(request)),
    }
    const outside = { runner, http, upload: undefined, cancel: new AbortController().signal }
    await finish(outside, askForBuild(outside), new URL('file:///no-callbacks.js'))
    const warnings = told.filter((text) => text.startsWith('warning: '))
    expect(warnings).toContainEqual(
      expect.stringContaining('This build was not compared with earlier ones, because of a defect in Build Stats: '),
    )
    expect(server.requests.map(({ url, body }) => [url.pathname, `${body}`])).toContainEqual([
      '/write',
      expect.stringMatching(/^build,/m),
    ])
    expect(told.at(-1)).toMatch(/^info: Build Stats: .* points written to http:/)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
