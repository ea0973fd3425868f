import { addFields } from '../../src/action/compare/late-fields.ts'
import { toBuilder } from '../../src/build/build.ts'
import type { DataRecord, Fields } from '../../src/build/data.ts'
import type { Resources } from '../../src/build/resources.ts'
import { captureBuild } from '../../src/capture/capture.ts'
import { createDataCapture } from '../../src/capture/data.ts'
import { defaultRules, type Rule } from '../../src/capture/rules.ts'
import { toAttemptPoints } from '../../src/collect/points.ts'
import { toLine } from '../../src/line-protocol/writer.ts'
import type { NativeOptions } from '../../src/point/identity.ts'
import { toBuildPoint } from '../../src/point/native.ts'
import { createDataLayout } from '../../src/point/native-data.ts'
import { toStepPoints } from '../../src/point/native-steps.ts'
import type { Point } from '../../src/point/point.ts'
import { exampleProperties, noCircumstances, type TimedBuild } from '../../test/build/example-build.ts'
import { createRandom, type Random } from '../../test/dashboards/random.ts'
import { drawAttempt } from '../../test/dashboards/simulated-attempt.ts'

/** An organisation's builds: as many builders and days as asked for, the same for the same options. */
export interface ScaleOptions {
  readonly builds: number
  readonly builders: number
  readonly days: number
  /** The end of the last day. */
  readonly endMs: number
  /** The measurements that are wanted, where that is not all. */
  readonly only?: readonly string[]
}

export const options: NativeOptions = { measurement: 'build', tags: [], matrixTags: true }

const batchLines = 5_000
const dayMs = 86_400_000

interface Job {
  readonly job: string
  readonly runnerOs: 'Linux' | 'Windows' | 'macOS'
  readonly seconds: number
  readonly matrix: Readonly<Record<string, string>>
}

/** Ten jobs in two workflows make a repository: a hundred of them are a thousand builders. */
const workflows: readonly { readonly workflow: string; readonly jobs: readonly Job[] }[] = [
  {
    workflow: 'CI',
    jobs: [
      { job: 'lint', runnerOs: 'Linux', seconds: 45, matrix: {} },
      { job: 'test', runnerOs: 'Linux', seconds: 240, matrix: { os: 'ubuntu-latest' } },
      { job: 'test', runnerOs: 'Windows', seconds: 420, matrix: { os: 'windows-latest' } },
      { job: 'test', runnerOs: 'macOS', seconds: 330, matrix: { os: 'macos-latest' } },
      { job: 'build', runnerOs: 'Linux', seconds: 150, matrix: {} },
    ],
  },
  {
    workflow: 'Release checks',
    jobs: [
      { job: 'package', runnerOs: 'Linux', seconds: 90, matrix: {} },
      { job: 'integration', runnerOs: 'Linux', seconds: 900, matrix: {} },
      { job: 'e2e', runnerOs: 'Linux', seconds: 1500, matrix: {} },
      { job: 'scan', runnerOs: 'Linux', seconds: 60, matrix: {} },
      { job: 'docs', runnerOs: 'Linux', seconds: 30, matrix: {} },
    ],
  },
]

const common = { builder: undefined, callback: undefined, source: 'captures', line: undefined }
const ignored = { ...common, type: undefined, field: undefined, tag: undefined, onMissing: 'ignore' as const }
export const rules: readonly Rule[] = [...defaultRules, { kind: 'property', match: { name: 'coverage' }, ...ignored }]

/** Line protocol, 5,000 lines a text, in the order of time. Builds go through the code that lays them out in a job. */
export function* simulateBuilds({ builds: wanted, builders, days, endMs, only }: ScaleOptions): Generator<string> {
  const random = createRandom(7)
  const groups = Math.ceil(builders / 5)
  const runs = Math.ceil(wanted / 5)
  const numbers = new Uint32Array(groups)
  const lines: string[] = []
  const add = (points: readonly Point[]) => {
    for (const point of points) if (only?.includes(point.measurement) ?? true) lines.push(toLine(point))
  }
  let made = 0
  for (let index = 0; index < runs; index++) {
    const group = random.below(groups)
    const { workflow, jobs } = workflows[group % 2] ?? { workflow: '', jobs: [] }
    const startMs = Math.floor(endMs - days * dayMs + ((index + random.next()) / runs) * (days * dayMs - 7_200_000))
    const isDefault = random.chance(0.4)
    const runId = BigInt(20_000_000_000 + index)
    const repository = `octo-org/service-${String(group >> 1).padStart(3, '0')}`
    numbers[group] = (numbers[group] ?? 0) + 1
    const run = {
      ...{ repository, workflow, runId, startMs, number: BigInt(numbers[group] ?? 1), sha: random.hex(40) },
      event: isDefault ? 'push' : 'pull_request',
      branch: isDefault ? 'main' : `feature/change-${random.below(200)}`,
      defaultBranch: isDefault ? 'true' : 'false',
      actor: `developer-${random.below(300)}`,
    } as const
    const built: TimedBuild[] = []
    for (const job of jobs.slice(0, builders - 5 * group)) {
      if (made === wanted) break
      const build = drawBuild(run, job, BigInt(60_000_000_000 + made++), random)
      built.push(build)
      add(layOut(build, random))
    }
    add(toRunPoints(run, built))
    if (lines.length >= batchLines) yield lines.splice(0, batchLines).join('\n')
  }
  while (lines.length > 0) yield lines.splice(0, batchLines).join('\n')
}

/** A build of the first repository, as the next one that would ask for those before it. */
export function drawNextBuild(endMs: number): TimedBuild {
  const random = createRandom(1)
  const [job] = workflows[0]?.jobs.slice(-1) ?? []
  if (job === undefined) throw new Error('there is no job')
  const run: Run = {
    ...{ repository: 'octo-org/service-000', workflow: 'CI', runId: 90_000_000_000n, startMs: endMs - 600_000 },
    ...{
      number: 100_000n,
      sha: random.hex(40),
      event: 'push',
      branch: 'main',
      defaultBranch: 'true' as const,
      actor: 'developer-1',
    },
  }
  return { ...drawBuild(run, job, 90_000_000_000n, random), result: 'success' }
}

/** What the jobs of a run share. */
type Run = Pick<
  TimedBuild,
  'repository' | 'workflow' | 'runId' | 'startMs' | 'number' | 'sha' | 'event' | 'branch' | 'defaultBranch' | 'actor'
>

function drawBuild(run: Run, { job, runnerOs, seconds, matrix }: Job, jobId: bigint, random: Random): TimedBuild {
  const chance = random.next()
  const result = chance < 0.08 ? 'failure' : chance < 0.11 ? 'cancelled' : 'success'
  const queueTime = Math.round(random.lognormal(runnerOs === 'macOS' ? 40 : 6, 0.7))
  const startMs = run.startMs + queueTime * 1000
  const share = result === 'success' ? 1 : 0.2 + 0.7 * random.next()
  const isFlaky = result === 'success' && random.chance(0.02)
  return {
    ...run,
    ...{ job, matrix, jobId, result, queueTime, startMs, runnerOs, caller: '' },
    builder: toBuilder(run.workflow, job, matrix),
    url: `https://github.com/${run.repository}/actions/runs/${run.runId}/job/${jobId}`,
    attempt: isFlaky ? 2n : 1n,
    runnerName: `GitHub Actions ${1_000_000 + Number(jobId % 100_000n)}`,
    runnerArch: runnerOs === 'macOS' ? 'ARM64' : 'X64',
    endMs: startMs + Math.max(2000, Math.round(random.lognormal(seconds, 0.2) * share * 1000)),
    jobName: matrix.os === undefined ? job : `${job} (${matrix.os})`,
    steps: { ran: [], others: [], late: [] },
    circumstances: { ...noCircumstances, isFlaky },
    ...(hasSteps(job) && { resources: drawResources(random) }),
    properties: exampleProperties({ own: hasTests(job) ? { coverage: 80 + random.below(100) / 10 } : {} }),
  }
}

/** One builder in ten reports its tests. */
const hasTests = (job: string) => job === 'integration'
/** Two in ten store their steps. */
const hasSteps = (job: string) => job === 'build' || job === 'integration'

const stepNames = ['Set up job', 'Check out', 'Set up Node.js', 'Restore cache', 'Install', 'Compile', 'Run', 'Upload']

function drawResources(random: Random): Resources {
  const [cores, memoryTotal, cpuMean] = [4, 16 * 2 ** 30, 0.2 + 0.6 * random.next()]
  const memoryMax = Math.round(memoryTotal * (0.2 + 0.6 * random.next()))
  return { cores, memoryTotal, memoryMax, cpuMean, cpuMax: Math.min(1, 1.2 * cpuMean), usage: [], hasSeries: false }
}

/** What `compare` would have found in every fiftieth build. */
function toShift({ number = 1n, jobId = 0n }: TimedBuild): Fields {
  if (jobId % 50n !== 0n) return []
  return [
    ['since_number', number],
    ['shift', Number(jobId % 37n) / 100],
  ]
}

function layOut(build: TimedBuild, random: Random): Point[] {
  const points = [addFields(toBuildPoint(build, captureBuild(build, rules), options).point, toShift(build))]
  if (hasSteps(build.job)) {
    const stepMs = (build.endMs - build.startMs) / stepNames.length
    const steps = stepNames.map((name, at) => ({
      ...{ name, number: at + 1, conclusion: at === 6 ? build.result : 'success' },
      startMs: Math.round(build.startMs + at * stepMs),
      endMs: Math.round(build.startMs + (at + 1) * stepMs),
    }))
    points.push(...toStepPoints(build, steps, options))
  }
  if (hasTests(build.job)) {
    const layout = createDataLayout(build, options)
    const capture = createDataCapture(build.builder, rules)
    for (const record of drawReports(build, random)) points.push(...layout.toPoints(capture(record), points.length))
  }
  return points
}

function drawReports({ result }: TimedBuild, random: Random): DataRecord[] {
  const failed = result === 'failure' ? 1 + random.below(5) : 0
  const benchmark = [
    ['benchmark', 'parse/json'],
    ['unit', 's'],
  ] as const
  return [
    {
      name: 'tests',
      tags: [],
      fields: [
        ['passed', 900 - failed],
        ['failed', failed],
        ['skipped', 4],
      ],
    },
    { name: 'coverage', tags: [], fields: [['lines_percent', 80 + random.below(100) / 10]] },
    { name: 'benchmark', tags: benchmark, fields: [['value', random.lognormal(0.0013, 0.05)]] },
  ]
}

function toRunPoints(run: Run, builds: readonly TimedBuild[]): Point[] {
  const of = { repository: run.repository, workflow: run.workflow, weight: 1, jobs: [], event: 'push' as const }
  const attempt = drawAttempt(
    { ...run, of, isDefault: run.defaultBranch === 'true', runId: run.runId ?? 0n, number: run.number ?? 0n },
    builds,
  )
  return toAttemptPoints(attempt, { jobs: false, steps: false }, options)
}
