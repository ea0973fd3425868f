import type { Captures } from '../../src/capture/capture.ts'
import type { NativeOptions } from '../../src/point/identity.ts'
import type { TimedBuild } from '../build/example-build.ts'
import { exampleProperties, noCircumstances } from '../build/example-build.ts'

/** A build that ended in January 2026, for tests that need no job. */
export const exampleBuild: TimedBuild = {
  builder: 'CI/test',
  repository: 'octo-org/octo-repo',
  workflow: 'CI',
  job: 'test',
  event: 'push',
  branch: 'main',
  defaultBranch: 'true',
  sha: 'ffac537e6cbbf934b08745a378932722df287a53',
  actor: 'octocat',
  url: 'https://github.com/octo-org/octo-repo/actions/runs/7/job/8',
  runId: 7n,
  number: 42n,
  attempt: 1n,
  jobId: 8n,
  runnerName: 'GitHub Actions 7',
  runnerOs: 'Linux',
  runnerArch: 'X64',
  matrix: {},
  result: 'success',
  caller: '',
  startMs: Date.UTC(2026, 0, 2, 3, 4, 5),
  endMs: Date.UTC(2026, 0, 2, 3, 5, 5),
  queueTime: 8,
  jobName: 'test',
  steps: { ran: [], others: [], late: [] },
  circumstances: noCircumstances,
  properties: exampleProperties(),
}

export const exampleCaptures: Captures = {
  captured: [],
  steps: [],
  misses: [],
  warnings: [],
  notes: [],
  secretNames: [],
}

export const layout: NativeOptions = { measurement: 'build', tags: [], matrixTags: true }
