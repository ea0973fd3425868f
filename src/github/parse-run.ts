import type { Run, RunJob, RunStep } from '../collect/run.ts'
import { parseTime } from './time.ts'

/** A run as the API lists it: its last attempt. */
export interface ListedRun {
  readonly run: Run
  readonly isOver: boolean
  /** Never before the end of the attempt; later if the run was changed afterwards. */
  readonly updatedMs: number
  /** The repository's default branch, if the answer contains it. */
  readonly defaultBranch: string | undefined
}

type Data = { readonly [key: string]: unknown }

/**
 * Parses a run of the API or of an event's payload; undefined if it is not a run.
 * @param repository `owner/name`
 */
export function parseRun(value: unknown, repository: string): ListedRun | undefined {
  const data = toData(value)
  const id = toCount(data.id)
  const number = toCount(data.run_number)
  const createdMs = toTime(data.created_at)
  if (id === undefined || number === undefined || createdMs === undefined) return undefined
  // Workflows that an organisation requires have a reference after `@`.
  const [path = ''] = toText(data.path).split('@')
  const head = toText(toData(data.head_repository).full_name)
  const [pullRequest] = Array.isArray(data.pull_requests) ? data.pull_requests.map(toData) : []
  return {
    run: {
      ...{ repository, id, number, attempt: toCount(data.run_attempt) ?? 1 },
      ...{ workflow: toText(data.name) || path, path, event: toText(data.event), result: toText(data.conclusion) },
      ...{ branch: toText(data.head_branch), sha: toText(data.head_sha), actor: toText(toData(data.actor).login) },
      isOfFork: head !== '' && head.toLowerCase() !== repository.toLowerCase(),
      ...{ url: toText(data.html_url), title: toText(data.display_title) },
      pullRequest: toCount(pullRequest?.number),
      ...{ createdMs, startMs: toTime(data.run_started_at) ?? createdMs },
    },
    isOver: data.status === 'completed',
    updatedMs: toTime(data.updated_at) ?? Number.POSITIVE_INFINITY,
    defaultBranch: toText(toData(data.repository).default_branch) || undefined,
  }
}

/** Parses a job that has ended; empty if it has not, or is not a job. */
export function parseRunJob(value: unknown): RunJob[] {
  const data = toData(value)
  const id = toCount(data.id)
  if (id === undefined || typeof data.name !== 'string' || data.status !== 'completed') return []
  return [
    {
      ...{ id, attempt: toCount(data.run_attempt), name: data.name, result: toText(data.conclusion) },
      ...{ url: toText(data.html_url), runnerName: toText(data.runner_name) },
      runnerGroup: toText(data.runner_group_name),
      labels: Array.isArray(data.labels) ? data.labels.filter((label) => typeof label === 'string') : [],
      ...{ createdMs: toTime(data.created_at), startMs: toTime(data.started_at), endMs: toTime(data.completed_at) },
      steps: Array.isArray(data.steps) ? data.steps.flatMap(parseStep) : [],
    },
  ]
}

/** A step that ran to its end. */
function parseStep(value: unknown): RunStep[] {
  const { name, number, status, conclusion, ...times } = toData(value)
  const [startMs, endMs] = [toTime(times.started_at), toTime(times.completed_at)]
  const count = toCount(number)
  if (typeof name !== 'string' || count === undefined || startMs === undefined || endMs === undefined) return []
  if (status !== 'completed' || typeof conclusion !== 'string' || conclusion === 'skipped') return []
  return [{ name, number: count, result: conclusion, startMs, endMs }]
}

function toData(value: unknown): Data {
  return typeof value === 'object' && value !== null ? (value as Data) : {}
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function toCount(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined
}

function toTime(value: unknown): number | undefined {
  return typeof value === 'string' ? parseTime(value) : undefined
}
