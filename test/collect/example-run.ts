import type { Run, RunJob, RunStep } from '../../src/collect/run.ts'

/** The second of a minute that examples happen in. */
export const at = (second: number) => Date.UTC(2026, 8, 1, 12, 0, second)

export function exampleRun(changes: Partial<Run> = {}): Run {
  return {
    repository: 'acme/shop',
    ...{ id: 16_512_345_678, number: 42, attempt: 1 },
    ...{ workflow: 'CI', path: '.github/workflows/ci.yml', event: 'push', result: 'success' },
    ...{ branch: 'main', isOfFork: false, sha: 'ffac537', actor: 'octocat', title: 'Add a cart' },
    url: 'https://github.com/acme/shop/actions/runs/16512345678',
    ...{ pullRequest: undefined, createdMs: at(0), startMs: at(0) },
    ...changes,
  }
}

/** Created at second 0, run from 5 to 25. */
export function exampleJob(changes: Partial<RunJob> = {}): RunJob {
  return {
    ...{ id: 46_698_812_345, attempt: 1, name: 'test', result: 'success' },
    url: 'https://github.com/acme/shop/actions/runs/16512345678/job/46698812345',
    ...{ runnerName: 'GitHub Actions 7', runnerGroup: 'GitHub Actions', labels: ['ubuntu-latest'] },
    ...{ createdMs: at(0), startMs: at(5), endMs: at(25), steps: [] },
    ...changes,
  }
}

export function exampleStep(changes: Partial<RunStep> = {}): RunStep {
  return { name: 'Test', number: 3, result: 'success', startMs: at(6), endMs: at(20), ...changes }
}
