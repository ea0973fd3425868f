import type { Step } from '../build/build.ts'
import { ApiProblem } from './api-problem.ts'
import { parseSteps } from './steps.ts'
import { parseTime } from './time.ts'

/** A job that is about to end, as the API reports it. */
export interface Job {
  readonly id: bigint
  readonly name: string
  readonly startMs: number
  /** Seconds from the job's creation to its start; undefined if the API's times contradict each other. */
  readonly queueTime: number | undefined
  /** The steps that ran to their end, in the order of their numbers. */
  readonly steps: readonly Step[]
  /** Names of the other steps. */
  readonly otherSteps: readonly string[]
  /** Those of them that must have ended, since this is the end of the job, but that GitHub does not report as ended yet. */
  readonly lateSteps: readonly string[]
  /** The labels of the runner that the job requested. */
  readonly labels: readonly string[]
  /** The runner's group; empty if there is none. */
  readonly group: string
}

/** The part of a job in the REST API that is used here. */
export interface ApiJob {
  readonly id: number
  readonly run_id: number
  readonly name: string
  readonly status: string
  readonly started_at: string
  readonly created_at: string | undefined
  readonly runner_name: string | null
  readonly steps: readonly unknown[]
  readonly conclusion: string
  readonly labels: readonly string[]
  readonly group: string
}

/** Checks an untrusted answer; undefined if it is not a job. */
export function parseJob(value: unknown): ApiJob | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { id, run_id, name, status, started_at, created_at, runner_name, steps, ...rest } = value as {
    [key: string]: unknown
  }
  if (!Number.isSafeInteger(id) || !Number.isSafeInteger(run_id) || typeof name !== 'string') return undefined
  return {
    id: id as number,
    run_id: run_id as number,
    name,
    status: typeof status === 'string' ? status : '',
    started_at: typeof started_at === 'string' ? started_at : '',
    created_at: typeof created_at === 'string' ? created_at : undefined,
    runner_name: typeof runner_name === 'string' ? runner_name : null,
    steps: Array.isArray(steps) ? steps : [],
    conclusion: typeof rest.conclusion === 'string' ? rest.conclusion : '',
    labels: Array.isArray(rest.labels) ? rest.labels.filter((label) => typeof label === 'string') : [],
    group: typeof rest.runner_group_name === 'string' ? rest.runner_group_name : '',
  }
}

export function toJob({ id, name, started_at, created_at, steps, labels, group }: ApiJob): Job {
  const startMs = parseTime(started_at)
  if (startMs === undefined) throw new ApiProblem('GitHub answered without a start time')
  const createdMs = parseTime(created_at)
  const queueTime = createdMs === undefined ? -1 : (startMs - createdMs) / 1000
  const { ran, others, late } = parseSteps(steps)
  return {
    id: BigInt(id),
    name,
    startMs,
    queueTime: queueTime >= 0 ? queueTime : undefined,
    steps: ran,
    otherSteps: others,
    lateSteps: late,
    labels,
    group,
  }
}
