import type { Attempt } from '../../src/collect/points.ts'
import type { RunJob } from '../../src/collect/run.ts'
import type { TimedBuild } from '../build/example-build.ts'
import type { SimulatedRun } from './simulated-build.ts'

/** GitHub has whole seconds. */
const toSecond = (ms: number) => Math.floor(ms / 1000) * 1000

/** What GitHub records of a run: its builds, and in a workflow for pull requests a job that tells nothing of itself. */
export function drawAttempt(run: SimulatedRun, builds: readonly TimedBuild[]): Attempt {
  const { of, event, branch, sha, actor, number, runId } = run
  const startMs = toSecond(run.startMs)
  const url = `https://github.com/${of.repository}/actions/runs/${runId}`
  const jobs = builds.map(
    (build): RunJob => ({
      ...{ id: Number(build.jobId), attempt: undefined, name: build.jobName ?? build.job, result: build.result },
      ...{ url: build.url, runnerName: build.runnerName, runnerGroup: 'GitHub Actions', steps: [] },
      labels: [{ Linux: 'ubuntu-latest', Windows: 'windows-latest' }[build.runnerOs] ?? 'macos-latest'],
      ...{ createdMs: startMs, startMs: toSecond(build.startMs), endMs: toSecond(build.endMs) },
    }),
  )
  const [first] = jobs
  const triage = { name: 'triage', result: 'success', startMs: startMs + 4000, endMs: startMs + 16_000 }
  const silent = first === undefined || of.event !== undefined ? [] : [{ ...first, id: first.id + 10 ** 9, ...triage }]
  const results = new Set(jobs.map(({ result }) => result))
  return {
    run: {
      ...{ repository: of.repository, id: Number(runId), number: Number(number), workflow: of.workflow },
      ...{ path: `.github/workflows/${of.workflow}.yml`, event, branch, sha, actor, url, title: `Change ${number}` },
      attempt: builds.some(({ attempt }) => attempt === 2n) ? 2 : 1,
      result: ['failure', 'cancelled'].find((result) => results.has(result)) ?? 'success',
      ...{ isOfFork: false, pullRequest: undefined, createdMs: startMs, startMs },
    },
    jobs: [...jobs, ...silent],
    defaultBranch: 'main',
  }
}
