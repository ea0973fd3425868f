import { toBuilder } from '../../src/build/build.ts'
import type { JsonObject } from '../../src/build/json.ts'
import type { Resources } from '../../src/build/resources.ts'
import type { TimedBuild } from '../build/example-build.ts'
import { exampleProperties, noCircumstances } from '../build/example-build.ts'
import type { Random } from './random.ts'
import { toYearShare } from './simulated-times.ts'
import type { SimulatedJob, SimulatedWorkflow } from './simulated-workflows.ts'

/** What the jobs of a run have in common. */
export interface SimulatedRun {
  readonly of: SimulatedWorkflow
  readonly startMs: number
  readonly event: string
  readonly branch: string
  readonly isDefault: boolean
  readonly runId: bigint
  readonly number: bigint
  readonly sha: string
  readonly actor: string
}

const people = ['ada', 'grace', 'linus', 'margaret', 'dennis', 'barbara', 'ken', 'radia']
const topics = ['checkout-form', 'search', 'retry-uploads', 'dark-mode', 'cursor-paging', 'rate-limits', 'a11y', 'sso']

/** What the jobs of the next run share. */
export function drawRun(
  of: SimulatedWorkflow,
  startMs: number,
  { number, id }: { number: number; id: number },
  random: Random,
): SimulatedRun {
  const isDefault = of.event !== undefined || random.chance(0.4)
  const week = Math.floor(toYearShare(startMs) * 52)
  const branch = random.chance(0.2)
    ? `dependabot/npm_and_yarn/week-${week}`
    : `${random.pick(['feature', 'fix'])}/${random.pick(topics)}-${week}`
  return {
    of,
    startMs,
    event: of.event ?? (isDefault ? 'push' : 'pull_request'),
    branch: isDefault ? 'main' : branch,
    isDefault,
    runId: BigInt(id),
    number: BigInt(number),
    sha: random.hex(40),
    actor: random.pick(people),
  }
}

/** One build of a run, and what its steps took. */
export function drawBuild(run: SimulatedRun, job: SimulatedJob, jobId: bigint, random: Random): TimedBuild {
  const { of, startMs: createdMs } = run
  const result = drawResult(run, job, random)
  const share = toYearShare(createdMs)
  const whole = random.lognormal(job.seconds * toTrend(of, job, share), 0.13)
  const ended = { success: 1, failure: 0.35 + 0.6 * random.next(), cancelled: 0.05 + 0.7 * random.next() }[result]
  const queueTime = Math.round(drawQueueTime(job, createdMs, random))
  const startMs = createdMs + queueTime * 1000
  const matrix = job.matrix ?? {}
  const attempt = random.chance(0.03) ? 2n : 1n
  return {
    builder: toBuilder(of.workflow, job.job, matrix),
    repository: of.repository,
    workflow: of.workflow,
    job: job.job,
    event: run.event,
    branch: run.branch,
    defaultBranch: run.isDefault ? 'true' : 'false',
    sha: run.sha,
    actor: run.actor,
    url: `https://github.com/${of.repository}/actions/runs/${run.runId}/job/${jobId}`,
    runId: run.runId,
    number: run.number,
    attempt,
    jobId,
    runnerName: `GitHub Actions ${1_000_000 + Number(jobId % 100_000n)}`,
    runnerOs: job.runnerOs,
    runnerArch: job.runnerOs === 'macOS' ? 'ARM64' : 'X64',
    matrix,
    result,
    caller: '',
    startMs,
    endMs: startMs + Math.max(2000, Math.round(whole * ended * 1000)),
    queueTime,
    jobName: job.matrix === undefined ? job.job : `${job.job} (${Object.values(matrix).join(', ')})`,
    steps: { reason: 'they are drawn apart' },
    resources: drawResources(job, jobId),
    circumstances: { ...noCircumstances, isFlaky: attempt === 2n && result === 'success' },
    properties: exampleProperties({ own: result === 'success' ? drawProperties(job, share, random) : {} }),
  }
}

function drawResult(run: SimulatedRun, job: SimulatedJob, random: Random): 'success' | 'failure' | 'cancelled' {
  if (random.chance(run.isDefault ? 0.01 : 0.05)) return 'cancelled'
  const share = toYearShare(run.startMs)
  // Three weeks in which a service that the tests need was down every other day.
  const outage = job.job === 'integration' && share > 0.86 && share < 0.92 ? 3.5 : 1
  return random.chance(job.failing * outage * (run.isDefault ? 0.6 : 1.3)) ? 'failure' : 'success'
}

/**
 * Code grows, and so does the time it takes. A dependency made the tests of web slow in summer, until it was replaced;
 * since autumn they have a cache.
 */
function toTrend({ repository }: SimulatedWorkflow, { job }: SimulatedJob, share: number): number {
  const growth = 1 + 0.2 * share
  if (repository !== 'octo-org/web' || job !== 'test') return growth
  if (share > 0.9) return growth * 0.78
  return share > 0.79 && share < 0.85 ? growth * 1.4 : growth
}

/** Some jobs have a machine that is too big, some one that is hardly big enough. Drawn from the id: nothing else is another for it. */
function drawResources({ job, runnerOs, seconds }: SimulatedJob, jobId: bigint): Resources {
  const chance = Number((jobId * 7919n) % 1000n) / 1000
  const cores = { Linux: 4, Windows: 8, macOS: 3 }[runnerOs]
  const cpuMean = Math.round((Math.min(0.75, seconds / 900) + 0.1 * chance) * 1000) / 1000
  const memoryTotal = cores * 4 * 2 ** 30
  const share = job === 'integration' ? 0.85 : 0.3
  return {
    ...{ cores, cpuMean, cpuMax: Math.min(1, Math.round(1300 * cpuMean) / 1000), memoryTotal },
    memoryMax: Math.round(memoryTotal * (share + 0.1 * chance)),
    ...{ usage: [], hasSeries: false },
  }
}

/** Macs are few, and in the middle of the day everybody wants one. */
function drawQueueTime({ runnerOs }: SimulatedJob, ms: number, random: Random): number {
  const hour = new Date(ms).getUTCHours()
  const rush = hour >= 9 && hour < 17 ? 2.2 : 1
  return random.lognormal({ Linux: 5, Windows: 9, macOS: 38 }[runnerOs] * rush, 0.7)
}

function drawProperties(job: SimulatedJob, share: number, random: Random): JsonObject {
  const drop = share > 0.83 && share < 0.88 ? -3 : 0
  const coverage = Math.round((81 + 7 * share + drop + 0.4 * random.normal()) * 100) / 100
  return {
    ...(job.tests !== undefined && { coverage }),
    ...('Install dependencies' in job.steps && { cache_hit: random.chance(0.4 + 0.45 * share) }),
  }
}
