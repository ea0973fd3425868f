import type { FieldValue } from '../build/data.ts'
import { cleanKey, cleanName, cleanString, cleanTag } from '../point/clean.ts'
import { dropTagNames, type Named, type NativeOptions } from '../point/identity.ts'
import type { Point } from '../point/point.ts'
import {
  findOwnJobs,
  findRanSteps,
  findRunnerOs,
  isSkipped,
  type Run,
  type RunJob,
  toDefaultBranch,
  toJobTag,
  toJobTimes,
  toTotals,
} from './run.ts'

/** An attempt and the jobs that GitHub lists with it. */
export interface Attempt {
  readonly run: Run
  readonly jobs: readonly RunJob[]
  /** The default branch; undefined if it is not known. */
  readonly defaultBranch: string | undefined
}

/** Which rows are wanted in addition to those of the runs. */
export interface WantedRows {
  readonly jobs: boolean
  readonly steps: boolean
}

type Options = Pick<NativeOptions, 'measurement' | 'tags'>

/** The rows of an attempt: the run, then its jobs, each followed by its steps. */
export function toAttemptPoints({ run, jobs, defaultBranch }: Attempt, wanted: WantedRows, options: Options): Point[] {
  const own = findOwnJobs(run, jobs)
  const tags = {
    repository: run.repository,
    workflow: run.workflow,
    event: run.event,
    default_branch: toDefaultBranch(run, defaultBranch),
  }
  const ran = wanted.jobs || wanted.steps ? own.filter((job) => !isSkipped(job)) : []
  return [
    toRunPoint(run, own, tags, options),
    ...ran.flatMap((job) => [
      ...(wanted.jobs ? [toJobPoint(run, job, tags, options)] : []),
      ...(wanted.steps ? toJobStepPoints(run, job, tags, options) : []),
    ]),
  ]
}

function toRunPoint(run: Run, own: readonly RunJob[], tags: Tags, options: Options): Point {
  const { endMs, duration, queueTime, jobs, failed, skipped, runnerTime, longestJob } = toTotals(run, own)
  return toPoint(
    'run',
    { ...tags, result: run.result },
    {
      ...toIdentity(run),
      url: `${run.url.replace(/\/attempts\/\d+$/, '')}/attempts/${run.attempt}`,
      actor: run.actor,
      title: run.title,
      pull_request: toInt(run.pullRequest),
      start_time: toIso(run.startMs),
      end_time: toIso(endMs),
      duration,
      queue_time: queueTime,
      jobs: toInt(jobs),
      jobs_failed: toInt(failed),
      jobs_skipped: toInt(skipped),
      runner_time: runnerTime,
      longest_job: longestJob,
    },
    options,
    // A run without jobs has no end: GitHub could not read its workflow.
    toTimeNs(endMs ?? run.startMs, run.id % nsPerSecond, run.attempt),
  )
}

function toJobPoint(run: Run, job: RunJob, tags: Tags, options: Options): Point {
  const { startMs, duration, queueTime } = toJobTimes(job)
  return toPoint(
    'job',
    { ...tags, job: toJobTag(job.name), result: job.result, runner_os: findRunnerOs(job.labels) },
    {
      ...toIdentity(run),
      job_id: toInt(job.id),
      url: job.url,
      job_name: job.name,
      runner_name: job.runnerName,
      runner_group: job.runnerGroup,
      runner_labels: job.labels.toSorted().join(','),
      start_time: toIso(startMs),
      end_time: toIso(job.endMs),
      duration,
      queue_time: queueTime,
    },
    options,
    toTimeNs(job.endMs ?? job.startMs ?? run.startMs, job.id % nsPerSecond, 0),
  )
}

/** As in `build_step`, `number` is the step's. The factor keeps steps of jobs with consecutive ids apart. */
function toJobStepPoints(run: Run, job: RunJob, tags: Tags, options: Options): Point[] {
  const jobTags = { ...tags, job: toJobTag(job.name), result: job.result, runner_os: findRunnerOs(job.labels) }
  return findRanSteps(job).map(({ name, number, result, startMs, endMs }) =>
    toPoint(
      'job_step',
      { ...jobTags, step: name, conclusion: result },
      {
        duration: (endMs - startMs) / 1000,
        number: toInt(number),
        build_number: toInt(run.number),
        attempt: toInt(run.attempt),
        run_id: toInt(run.id),
        job_id: toInt(job.id),
      },
      options,
      toTimeNs(endMs, (job.id % 1_000_000) * 1000, number),
    ),
  )
}

/** The time range that is complete. */
export interface Covered {
  readonly sinceMs: number
  readonly untilMs: number
}

/** How far a repository has been collected, and when. The repository's name is its only tag, since queries select by it. */
export function toCollectPoint(
  repository: string,
  { sinceMs, untilMs }: Covered,
  nowMs: number,
  { measurement }: Pick<NativeOptions, 'measurement'>,
): Point {
  const fields = { since: toIso(sinceMs), until: toIso(untilMs) }
  return toPoint('collect', { repository }, fields, { measurement, tags: [] }, BigInt(nowMs) * 1_000_000n)
}

type Tags = Readonly<Record<string, string>>

/** The fields that identify the attempt. */
function toIdentity({ number, attempt, id, branch, sha }: Run): Record<string, FieldValue | undefined> {
  return { number: toInt(number), attempt: toInt(attempt), run_id: toInt(id), branch, sha }
}

function toPoint(
  name: string,
  given: Tags,
  values: Readonly<Record<string, FieldValue | undefined>>,
  { measurement, tags: own }: Options,
  timeNs: bigint,
): Point {
  const tags: Named<string> = new Map()
  for (const [key, value] of [
    ...Object.entries(given),
    ...own.map(([key, value]) => [cleanKey(key), value] as const),
  ]) {
    const clean = cleanTag(value)
    if (clean === '') tags.delete(key)
    else tags.set(key, clean)
  }
  const fields: Named<FieldValue> = new Map()
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined && value !== '') fields.set(key, typeof value === 'string' ? cleanString(value) : value)
  }
  return {
    measurement: cleanName(`${measurement}_${name}`),
    tags: [...tags],
    fields: [...dropTagNames(fields, tags)],
    timeNs,
  }
}

const nsPerSecond = 1_000_000_000

/**
 * Nanoseconds since 1970: GitHub's whole second plus an id, so that rows that end in the same second stay distinct and collecting
 * them again changes nothing.
 */
function toTimeNs(ms: number, id: number, index: number): bigint {
  return BigInt(Math.floor(ms / 1000)) * BigInt(nsPerSecond) + BigInt((id + index) % nsPerSecond)
}

function toInt(value: number | undefined): bigint | undefined {
  return value === undefined ? undefined : BigInt(value)
}

function toIso(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : new Date(ms).toISOString()
}
