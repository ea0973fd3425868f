import { expect, test } from 'vitest'
import { askForBuild } from '../../src/action/ask-build.ts'
import { readBuild } from '../../src/action/read-build.ts'
import type { State } from '../../src/action/state.ts'
import { parseSettings } from '../../src/settings/settings.ts'
import { apiJob, json, startMs } from '../github/api-job.ts'
import { type FakeAnswer, fakeClient } from '../http/fake-client.ts'
import { readFrom, runFacts } from '../settings/inputs.ts'
import { exampleRun } from '../support/example-run.ts'
import { fakeRunner } from './fake-runner.ts'

const env = {
  GITHUB_REPOSITORY: exampleRun.repository,
  GITHUB_RUN_ID: `${exampleRun.runId}`,
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_JOB: 'test',
  GITHUB_API_URL: 'http://api.test/api/v3',
  RUNNER_NAME: exampleRun.runnerName,
}
/** By the runner's clock: 40 s after main. */
const [mainMs, endMs] = [startMs + 10_000, startMs + 50_000]
const state: State = { startMs: mainMs, dataFile: '', startWritten: [], earlier: [] }

/** The ends of the build where GitHub's clock is ahead of the runner's. */
async function readEnds(aheadMs: number, answer: FakeAnswer): Promise<[start: number, end: number]> {
  const inputs = { file: 'f.lp', 'github-token': 'ghs_x', job: `{"check_run_id": ${exampleRun.jobId}}` }
  const settings = await parseSettings(readFrom(inputs), runFacts)
  const http = fakeClient(() => ({
    ...answer,
    headers: { ...answer.headers, date: new Date(Date.now() + aheadMs).toUTCString() },
  }))
  const { runner } = fakeRunner(inputs, env, () => endMs)
  const asked = askForBuild({ runner, http, upload: undefined, cancel: new AbortController().signal })
  const { build } = await readBuild(runner, asked, settings, state)
  return [(build.startMs ?? 0) - startMs, build.endMs - startMs]
}

const noJob = json({ message: 'Resource not accessible by integration' }, { status: 403 })
const toleranceMs = 1500

test.each([3_600_000, -3_600_000])('a clock that is set wrong by %d ms is corrected at both ends', async (aheadMs) => {
  const [start, end] = await readEnds(aheadMs, noJob)
  expect(end - start).toBe(40_000)
  expect(Math.abs(start - 10_000 - aheadMs)).toBeLessThan(toleranceMs)
})

test("where the job's start is GitHub's, the end alone is corrected", async () => {
  const [start, end] = await readEnds(3_600_000, json(apiJob))
  expect(start).toBe(0)
  expect(Math.abs(end - 50_000 - 3_600_000)).toBeLessThan(toleranceMs)
})

test.each([0, 500, -500])('a difference of %d ms is none', async (aheadMs) => {
  expect(await readEnds(aheadMs, noJob)).toEqual([10_000, 50_000])
})
