/** One attempt of a finished workflow run, as GitHub records it. Times are in ms, of whole seconds. */
export interface Run {
  /** `owner/name`. */
  readonly repository: string
  readonly id: number
  readonly number: number
  readonly attempt: number
  readonly workflow: string
  /** The path of the workflow's file in its repository. */
  readonly path: string
  readonly event: string
  /** GitHub's conclusion. */
  readonly result: string
  readonly branch: string
  readonly isOfFork: boolean
  readonly sha: string
  readonly actor: string
  readonly url: string
  readonly title: string
  readonly pullRequest: number | undefined
  readonly createdMs: number
  /** When this attempt began. */
  readonly startMs: number
}

/** A job of an attempt, as GitHub records it. */
export interface RunJob {
  readonly id: number
  /** Undefined on servers that do not report it. */
  readonly attempt: number | undefined
  readonly name: string
  readonly result: string
  readonly url: string
  /** Empty if the job never had a runner. */
  readonly runnerName: string
  readonly runnerGroup: string
  readonly labels: readonly string[]
  readonly createdMs: number | undefined
  readonly startMs: number | undefined
  readonly endMs: number | undefined
  readonly steps: readonly RunStep[]
}

export interface RunStep {
  readonly name: string
  readonly number: number
  readonly result: string
  readonly startMs: number
  readonly endMs: number
}

/**
 * The jobs that an attempt ran itself. A re-run carries over the jobs that it does not run again: they are listed with it, under
 * new ids, and keep the times of the attempt that ran them.
 */
export function findOwnJobs(run: Run, jobs: readonly RunJob[]): RunJob[] {
  return jobs.filter(
    ({ attempt, startMs }) =>
      (attempt ?? run.attempt) === run.attempt &&
      (run.attempt === 1 || startMs === undefined || startMs >= run.startMs),
  )
}

/** Whether GitHub skipped the job: it has no runner and no row. */
export function isSkipped({ result }: RunJob): boolean {
  return result === 'skipped'
}

/** The times of a job, as far as it ran. */
export interface JobTimes {
  readonly startMs?: number
  /** Seconds. */
  readonly duration?: number
  /** Seconds from the job's creation to its start; absent where the record contradicts itself. */
  readonly queueTime?: number
}

/** Empty if a job was cancelled before it started: GitHub still gives it a start, which may be later than its end. */
export function toJobTimes({ result, runnerName, createdMs, startMs, endMs }: RunJob): JobTimes {
  const neverStarted = result === 'skipped' || (result === 'cancelled' && runnerName === '')
  if (startMs === undefined || endMs === undefined || endMs < startMs || neverStarted) return {}
  const isQueued = createdMs !== undefined && startMs >= createdMs
  return {
    startMs,
    duration: (endMs - startMs) / 1000,
    ...(isQueued ? { queueTime: (startMs - createdMs) / 1000 } : {}),
  }
}

/** The totals of an attempt. */
export interface RunTotals {
  /** The end of its last job; undefined if it has no job. A run's `updated_at` is not its end: it changes with each attempt, and later. */
  readonly endMs?: number
  /** Seconds. */
  readonly duration?: number
  /** Seconds until its first job started. */
  readonly queueTime?: number
  readonly jobs: number
  readonly failed: number
  readonly skipped: number
  /** Seconds that runners were busy. */
  readonly runnerTime: number
  /** Name of the job that took longest. */
  readonly longestJob?: string
}

/** @param own jobs of this attempt (`findOwnJobs`) */
export function toTotals(run: Run, own: readonly RunJob[]): RunTotals {
  const timed = own.map((job) => ({ ...toJobTimes(job), name: job.name }))
  const ends = own.flatMap(({ endMs }) => endMs ?? [])
  const starts = timed.flatMap(({ startMs }) => startMs ?? [])
  const endMs = ends.length === 0 ? undefined : Math.max(...ends)
  const firstMs = starts.length === 0 ? undefined : Math.min(...starts)
  const longest = timed.reduce<(typeof timed)[number] | undefined>(
    (best, one) => ((one.duration ?? -1) > (best?.duration ?? -1) ? one : best),
    undefined,
  )
  return {
    ...(endMs === undefined ? {} : { endMs }),
    ...(endMs === undefined || endMs < run.startMs ? {} : { duration: (endMs - run.startMs) / 1000 }),
    ...(firstMs === undefined || firstMs < run.startMs ? {} : { queueTime: (firstMs - run.startMs) / 1000 }),
    jobs: own.length,
    failed: own.filter(({ result }) => result === 'failure' || result === 'timed_out').length,
    skipped: own.filter(isSkipped).length,
    runnerTime: timed.reduce((sum, { duration = 0 }) => sum + duration, 0),
    ...(longest === undefined ? {} : { longestJob: longest.name }),
  }
}

/**
 * The steps that ran. GitHub's own step `Parallel group` spans the steps that run in parallel in it: if it were included,
 * their time would count twice.
 */
export function findRanSteps({ steps }: RunJob): RunStep[] {
  const isGroup = (step: RunStep) =>
    step.name === 'Parallel group' &&
    steps.some((other) => other !== step && other.startMs >= step.startMs && other.endMs <= step.endMs)
  return steps.filter((step) => step.endMs >= step.startMs && !isGroup(step))
}

/** The job's name without the values of its matrix or of the matrix of the calling job. */
export function toJobTag(name: string): string {
  const bare = name.replace(/ \([^()]*\)(?= \/ )/g, '')
  const at = bare.indexOf(' (')
  return at > 0 ? bare.slice(0, at) : bare
}

const systems = [
  ['Linux', /(?:^|[-_.])(?:linux|ubuntu)(?:[-_.]|$)/i],
  ['Windows', /(?:^|[-_.])windows(?:[-_.]|$)/i],
  ['macOS', /(?:^|[-_.])macos(?:[-_.]|$)/i],
] as const

/** The runner's system as `runner.os` names it; empty if no label names one, or if labels contradict each other. */
export function findRunnerOs(labels: readonly string[]): string {
  const found = systems.filter(([, pattern]) => labels.some((label) => pattern.test(label)))
  return found.length === 1 ? (found[0]?.[0] ?? '') : ''
}

/** As for builds: a pull request into the default branch does not count as that branch; a schedule always runs on it. */
export function toDefaultBranch(run: Run, defaultBranch: string | undefined): 'true' | 'false' | 'unknown' {
  if (run.event === 'schedule') return 'true'
  if (run.event.startsWith('pull_request') || run.isOfFork) return 'false'
  if (defaultBranch === undefined) return 'unknown'
  return run.branch === defaultBranch ? 'true' : 'false'
}
