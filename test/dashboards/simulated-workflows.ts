import type { JsonObject } from '../../src/build/json.ts'

/** A workflow of the simulated organisation. */
export interface SimulatedWorkflow {
  readonly repository: string
  readonly workflow: string
  /** How often it runs, compared to the others. */
  readonly weight: number
  /** It runs by the clock or on the default branch alone; else for pull requests too. */
  readonly event?: 'schedule' | 'push'
  readonly jobs: readonly SimulatedJob[]
}

export interface SimulatedJob {
  readonly job: string
  readonly matrix?: JsonObject
  readonly runnerOs: 'Linux' | 'macOS' | 'Windows'
  /** Median of what a good build takes, in seconds. */
  readonly seconds: number
  /** Share of the builds that fail. */
  readonly failing: number
  /** Its steps, with their shares of the time. */
  readonly steps: Readonly<Record<string, number>>
  /** It tells its coverage and its tests. */
  readonly tests?: number
  /** It tells the size of what it builds, in kB. */
  readonly bundle?: number
}

const setUp = { 'Set up job': 2, Checkout: 3 }
const node = { ...setUp, 'Set up Node': 4, 'Install dependencies': 22 }

function testJob(os: 'ubuntu' | 'windows' | 'macos', version: number, seconds: number, failing: number): SimulatedJob {
  return {
    job: 'test',
    matrix: { os: `${os}-latest`, node: version },
    runnerOs: os === 'ubuntu' ? 'Linux' : os === 'macos' ? 'macOS' : 'Windows',
    seconds,
    failing,
    steps: { ...node, Build: 14, Test: 50, 'Upload coverage': 3 },
    tests: 1840,
  }
}

export const simulatedWorkflows: readonly SimulatedWorkflow[] = [
  {
    repository: 'octo-org/web',
    workflow: 'CI',
    weight: 34,
    jobs: [
      { job: 'lint', runnerOs: 'Linux', seconds: 48, failing: 0.05, steps: { ...node, Lint: 30, Typecheck: 25 } },
      testJob('ubuntu', 24, 262, 0.07),
      testJob('windows', 24, 415, 0.09),
      {
        job: 'bundle',
        runnerOs: 'Linux',
        seconds: 126,
        failing: 0.02,
        steps: { ...node, Build: 60, 'Measure bundle': 4 },
        bundle: 412,
      },
    ],
  },
  {
    repository: 'octo-org/web',
    workflow: 'Deploy',
    weight: 8,
    event: 'push',
    jobs: [
      { job: 'deploy', runnerOs: 'Linux', seconds: 188, failing: 0.03, steps: { ...node, Build: 40, Deploy: 45 } },
    ],
  },
  {
    repository: 'octo-org/api',
    workflow: 'CI',
    weight: 26,
    jobs: [
      { job: 'lint', runnerOs: 'Linux', seconds: 36, failing: 0.03, steps: { ...setUp, Lint: 50 } },
      {
        job: 'test',
        runnerOs: 'Linux',
        seconds: 171,
        failing: 0.05,
        steps: { ...setUp, Compile: 40, Test: 60 },
        tests: 920,
      },
      {
        job: 'integration',
        runnerOs: 'Linux',
        seconds: 544,
        failing: 0.11,
        steps: { ...setUp, 'Start services': 18, Migrate: 7, Test: 120, 'Collect logs': 3 },
        tests: 214,
      },
    ],
  },
  {
    repository: 'octo-org/api',
    workflow: 'Nightly',
    weight: 3,
    event: 'schedule',
    jobs: [
      { job: 'load-test', runnerOs: 'Linux', seconds: 1860, failing: 0.08, steps: { ...setUp, 'Load test': 200 } },
      { job: 'scan', runnerOs: 'Linux', seconds: 318, failing: 0.02, steps: { ...setUp, Scan: 100 } },
    ],
  },
  {
    repository: 'octo-org/mobile',
    workflow: 'CI',
    weight: 18,
    jobs: [
      {
        job: 'android',
        runnerOs: 'Linux',
        seconds: 702,
        failing: 0.08,
        steps: { ...setUp, Gradle: 140, Test: 60 },
        tests: 655,
      },
      {
        job: 'ios',
        runnerOs: 'macOS',
        seconds: 934,
        failing: 0.1,
        steps: { ...setUp, Pods: 30, Xcode: 150, Test: 70 },
        tests: 601,
      },
    ],
  },
  {
    repository: 'octo-org/docs',
    workflow: 'Pages',
    weight: 11,
    jobs: [
      { job: 'build', runnerOs: 'Linux', seconds: 64, failing: 0.02, steps: { ...setUp, Build: 30 } },
      { job: 'links', runnerOs: 'Linux', seconds: 92, failing: 0.06, steps: { ...setUp, 'Check links': 60 } },
    ],
  },
]
