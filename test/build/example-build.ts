import type { Build, Circumstances } from '../../src/build/build.ts'
import { type Properties, type PropertySources, toProperties } from '../../src/build/properties.ts'
import { exampleRun } from '../support/example-run.ts'

const nothing: PropertySources = {
  steps: {},
  needs: {},
  matrix: {},
  job: {},
  strategy: {},
  inputs: {},
  runner: {},
  github: {},
  event: {},
  env: {},
  own: {},
}

export function exampleProperties(sources: Partial<PropertySources> = {}): Properties {
  return toProperties({ ...nothing, ...sources })
}

export const noCircumstances: Circumstances = {
  ...{ runnerImage: '', runnerImageVersion: '', runnerLabels: [], runnerGroup: '', workflowRef: '' },
  ...{ pullRequest: undefined, isFlaky: false },
}

/** One whose start is known. */
export type TimedBuild = Build & { readonly startMs: number }

/** A successful build of 90.5 s on the default branch, unless a test says otherwise. */
export function exampleBuild(changes: Partial<TimedBuild> = {}): TimedBuild {
  return {
    builder: `${exampleRun.workflow}/${exampleRun.job}`,
    repository: exampleRun.repository,
    workflow: exampleRun.workflow,
    job: exampleRun.job,
    event: 'push',
    branch: exampleRun.branch,
    defaultBranch: 'true',
    sha: exampleRun.sha,
    actor: exampleRun.actor,
    url: `https://github.com/${exampleRun.repository}/actions/runs/${exampleRun.runId}/job/${exampleRun.jobId}`,
    runId: BigInt(exampleRun.runId),
    number: BigInt(exampleRun.runNumber),
    attempt: BigInt(exampleRun.runAttempt),
    jobId: BigInt(exampleRun.jobId),
    runnerName: exampleRun.runnerName,
    runnerOs: 'Linux',
    runnerArch: 'X64',
    matrix: {},
    result: 'success',
    caller: '',
    startMs: Date.UTC(2026, 7, 1, 12),
    endMs: Date.UTC(2026, 7, 1, 12, 1, 30, 500),
    queueTime: 3,
    jobName: exampleRun.job,
    steps: { ran: [], others: [], late: [] },
    circumstances: noCircumstances,
    properties: exampleProperties(),
    ...changes,
  }
}
