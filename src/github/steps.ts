import type { Step } from '../build/build.ts'
import { parseTime } from './time.ts'

interface ParsedStep {
  readonly name: string
  readonly number: number
  readonly ran: Step | undefined
  /** Whether it has ended. */
  readonly isOver: boolean
  readonly isRunning: boolean
}

/** The steps of a job that may still be running. */
export interface ParsedSteps {
  /** The steps that ran to their end, in the order of their numbers. */
  readonly ran: readonly Step[]
  /** Names of the other steps. */
  readonly others: readonly string[]
  /** Those of them that must have ended, since this is the end of the job, but that GitHub does not report as ended yet. */
  readonly late: readonly string[]
}

export function parseSteps(steps: readonly unknown[]): ParsedSteps {
  const all = steps.flatMap(parseStep)
  const parsed = all.filter((step) => !isGroup(step, all))
  return {
    ran: parsed.flatMap(({ ran }) => ran ?? []).sort((a, b) => a.number - b.number),
    others: all.filter((step) => step.ran === undefined || isGroup(step, all)).map(({ name }) => name),
    late: parsed.filter((step) => !step.isOver && !isOfRunner(step, parsed)).map(({ name }) => name),
  }
}

/** GitHub's name for the step that contains the steps of `parallel`. */
const groupName = 'Parallel group'

/**
 * Whether a step only contains other steps, which GitHub lists too. A user's own step of that name has no other steps
 * within it.
 */
function isGroup({ name, ran }: ParsedStep, all: readonly ParsedStep[]): boolean {
  if (name !== groupName || ran === undefined) return name === groupName
  const isWithin = ({ name: inner, startMs, endMs }: Step) =>
    inner !== groupName && endMs > startMs && startMs >= ran.startMs && endMs <= ran.endMs
  return all.some((step) => step.ran !== undefined && isWithin(step.ran))
}

/** The runner's own steps, which come after all post steps. */
const ends = ['Stop containers', 'Complete runner', 'Complete job']

/** This post step and the steps after it: the post steps of earlier steps, which have names after them, and the end of the job. */
function isOfRunner(step: ParsedStep, all: readonly ParsedStep[]): boolean {
  const isLast = all.every(
    ({ name, number }) => number <= step.number || name.startsWith('Post ') || ends.includes(name),
  )
  if (!isLast || ends.includes(step.name)) return isLast
  const isPost = ({ name, number }: ParsedStep) => all.some((one) => name === `Post ${one.name}` && one.number < number)
  // If the list does not contain this action's step, the post step that is running is this process.
  return isPost(step) || (step.isRunning && step.name.startsWith('Post ') && !all.some(isPost))
}

/** A step with a name, and its times if it ran to its end. */
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
