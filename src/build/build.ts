import type { JsonObject } from './json.ts'
import { toLegSuffix } from './matrix.ts'
import type { Properties } from './properties.ts'
import type { Resources, UsageTotals } from './resources.ts'

/** What identifies a build: known when the job starts, and the same when it ends. */
export interface Identity {
  /** The user's name for it, else `<workflow>/<job id>`, for a matrix leg followed by ` (v1, v2)`. */
  readonly builder: string
  /** `owner/name`. */
  readonly repository: string
  readonly workflow: string
  /** The job's id, its key under `jobs:` of the workflow. */
  readonly job: string
  readonly event: string
  readonly branch: string
  readonly defaultBranch: 'true' | 'false' | 'unknown'
  readonly sha: string
  readonly actor: string
  /** The page of the job, or of the run's attempt if the job's id is not known. */
  readonly url: string
  readonly runId: bigint | undefined
  /** GITHUB_RUN_NUMBER: Buildbot's build number. */
  readonly number: bigint | undefined
  readonly attempt: bigint | undefined
  /** The job's id in the REST API. */
  readonly jobId: bigint | undefined
  readonly runnerName: string
  readonly runnerOs: string
  readonly runnerArch: string
  readonly matrix: JsonObject
}

/** A step of the job that ran to its end, as GitHub lists it. */
export interface Step {
  readonly name: string
  /** Its place in the job, from 1. */
  readonly number: number
  /** `success`, `failure`, `cancelled`. */
  readonly conclusion: string
  /** GitHub's times have whole seconds. */
  readonly startMs: number
  readonly endMs: number
  /** What the step used of the runner; absent if it was not sampled. */
  readonly use?: Pick<UsageTotals, 'cpuMean' | 'memoryMax'>
}

/** The steps of a job; or why they are not known, a clause with its remedy. */
export type Steps =
  | {
      readonly ran: readonly Step[]
      /** Names of steps that were skipped or have not ended, such as the post step of Build Stats itself. */
      readonly others: readonly string[]
      /** Those of them that must have ended, since Build Stats runs last, but that GitHub does not report as ended yet. */
      readonly late: readonly string[]
    }
  | { readonly reason: string }

/** Facts that may explain why a build differs from others; empty or undefined if not known. */
export interface Circumstances {
  /** Of a hosted runner, `ubuntu24` and `20261116.1.0`. */
  readonly runnerImage: string
  readonly runnerImageVersion: string
  readonly runnerLabels: readonly string[]
  readonly runnerGroup: string
  /** The file that defines the job, and its ref. */
  readonly workflowRef: string
  readonly pullRequest: bigint | undefined
  /** Whether it succeeded after the previous attempt at the same commit had failed. */
  readonly isFlaky: boolean
}

/** A build that ends: one attempt of one job of a workflow run. */
export interface Build extends Identity {
  /** `success`, `failure` or `cancelled`, as `job.status` says. */
  readonly result: string
  /**
   * The caller of the workflow that defines the job, as GitHub shows it; empty if nothing called it, undefined if that is
   * not known.
   */
  readonly caller: string | undefined
  /** Undefined if neither GitHub nor the state of main contains it. */
  readonly startMs: number | undefined
  readonly endMs: number
  /** Seconds between the job's creation and its start. */
  readonly queueTime: number | undefined
  /** The job's name as GitHub shows it. */
  readonly jobName: string | undefined
  readonly steps: Steps
  readonly circumstances: Circumstances
  /** What it used of its runner; absent if it was not sampled. */
  readonly resources?: Resources
  readonly properties: Properties
}

/** `<workflow>/<job id>`; a matrix leg is followed by its values, in the order of the matrix. */
export function toBuilder(workflow: string, job: string, matrix: JsonObject): string {
  return `${workflow}/${job}${toLegSuffix(matrix)}`
}

/**
 * Seconds from start to end; undefined if the start is not known. A build that ends before it starts lasts 0 seconds, as
 * in Buildbot.
 */
export function toDuration({ startMs, endMs }: Pick<Build, 'startMs' | 'endMs'>): number | undefined {
  return startMs === undefined ? undefined : Math.max(0, endMs - startMs) / 1000
}
