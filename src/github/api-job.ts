import type { Step } from '../build/build.ts'
import { ApiProblem } from './api-problem.ts'
import { parseTime } from './time.ts'

/** What the API says of a job that is about to end. */
export interface Job {
  readonly id: bigint
  readonly name: string
  readonly startMs: number
  /** Seconds from the job's creation to its start; undefined where the API's times contradict each other. */
  readonly queueTime: number | undefined
  /** Those that ran to their end, in the order of their numbers. */
  readonly steps: readonly Step[]
  /** Names of the others. */
  readonly otherSteps: readonly string[]
  /** Those of them that are over, since this is the end of the job, and that GitHub does not report as over with their times. */
  readonly lateSteps: readonly string[]
}

/** A job of the REST API, as far as it is read here. */
export interface ApiJob {
  readonly id: number
  readonly run_id: number
  readonly name: string
  readonly status: string
  readonly started_at: string
  readonly created_at: string | undefined
  readonly runner_name: string | null
  readonly steps: readonly unknown[]
}

/** Whatever answers, and however: a job only where it is one. */
export function parseJob(value: unknown): ApiJob | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { id, run_id, name, status, started_at, created_at, runner_name, steps } = value as { [key: string]: unknown }
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
  }
}

export function toJob({ id, name, started_at, created_at, steps }: ApiJob): Job {
  const startMs = parseTime(started_at)
  if (startMs === undefined) throw new ApiProblem('GitHub answered without a start time')
  const createdMs = parseTime(created_at)
  const queueTime = createdMs === undefined ? -1 : (startMs - createdMs) / 1000
  const parsed = steps.flatMap(parseStep)
  const late = parsed.filter((step) => !step.isOver && !isOfRunner(step, parsed))
  return {
    id: BigInt(id),
    name,
    startMs,
    queueTime: queueTime >= 0 ? queueTime : undefined,
    steps: parsed.flatMap(({ ran }) => ran ?? []).sort((a, b) => a.number - b.number),
    otherSteps: parsed.flatMap(({ ran, name }) => (ran === undefined ? [name] : [])),
    lateSteps: late.map(({ name }) => name),
  }
}

interface ParsedStep {
  readonly name: string
  readonly number: number
  readonly ran: Step | undefined
  /** Whether there is nothing more to come of it. */
  readonly isOver: boolean
  readonly isRunning: boolean
}

/** Steps of the runner's own that come after the ends of all others. */
const ends = ['Stop containers', 'Complete runner', 'Complete job']

/** What follows this very process, or is it: the ends of other steps, which are named for them, and that of the job. */
function isOfRunner(step: ParsedStep, all: readonly ParsedStep[]): boolean {
  const isLast = all.every(
    ({ name, number }) => number <= step.number || name.startsWith('Post ') || ends.includes(name),
  )
  if (!isLast || ends.includes(step.name)) return isLast
  const isPost = ({ name, number }: ParsedStep) => all.some((one) => name === `Post ${one.name}` && one.number < number)
  // Where the list lacks what it is the end of, the one that runs is this process.
  return isPost(step) || (step.isRunning && step.name.startsWith('Post ') && !all.some(isPost))
}

/** A step that has a name, and what is known of it where it ran to its end. */
function parseStep(value: unknown): ParsedStep[] {
  if (typeof value !== 'object' || value === null) return []
  const { name, conclusion, started_at, completed_at, ...rest } = value as { [key: string]: unknown }
  if (typeof name !== 'string') return []
  const startMs = typeof started_at === 'string' ? parseTime(started_at) : undefined
  const endMs = typeof completed_at === 'string' ? parseTime(completed_at) : undefined
  const number = Number.isSafeInteger(rest.number) ? (rest.number as number) : undefined
  const hasRun = rest.status === 'completed' && typeof conclusion === 'string' && conclusion !== 'skipped'
  const isNever = conclusion === 'skipped' || (conclusion === 'cancelled' && startMs === undefined)
  const ran =
    hasRun && number !== undefined && startMs !== undefined && endMs !== undefined
      ? { name, number, conclusion, startMs, endMs }
      : undefined
  return [
    { name, number: number ?? 0, ran, isOver: isNever || ran !== undefined, isRunning: rest.status === 'in_progress' },
  ]
}
