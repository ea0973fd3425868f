import type { Attempt } from '../collect/points.ts'
import type { Run } from '../collect/run.ts'
import { collectBatch, collectOverlapMs } from '../limits.ts'
import { listWindows } from './run-windows.ts'
import type { RepositoryFacts, RunsApi, Window } from './runs-api.ts'

/** Attempts that have ended, and the time up to which nothing is missing once they are written. */
export interface Collected {
  readonly attempts: readonly Attempt[]
  readonly untilMs: number
}

export interface CollectRange {
  /** Runs that ended before this time are already stored; ms since 1970. */
  readonly sinceMs: number
  readonly untilMs: number
  /** The longest time between a run's creation and its end, in ms. */
  readonly lookbackMs: number
}

/** Selects runs, and receives those that no longer exist. */
export interface Collector {
  readonly api: RunsApi
  /** Whether a run is wanted. */
  selects(run: Run): boolean
  /** Called for a run or attempt that GitHub no longer has. */
  onVanished(run: Run): void
}

/**
 * Collects the runs of a repository that ended in a range of time, oldest first. Lists are ordered by creation, not by end: runs that
 * were created before the range are searched for later updates. On failure, what was collected is yielded first.
 */
export async function* collectRuns(
  collector: Collector,
  { name, defaultBranch }: Pick<RepositoryFacts, 'name' | 'defaultBranch'>,
  { sinceMs, untilMs, lookbackMs }: CollectRange,
): AsyncGenerator<Collected> {
  const created: Window = { fromMs: sinceMs - lookbackMs, toMs: untilMs }
  let attempts: Attempt[] = []
  let reachedMs = sinceMs
  let branch: Promise<string | undefined> | undefined
  try {
    for await (const window of listWindows(collector.api, name, created)) {
      for (const { run, isOver, updatedMs, ...told } of window.runs) {
        if (!isOver || updatedMs < sinceMs - collectOverlapMs || !collector.selects(run)) continue
        branch ??= Promise.resolve(defaultBranch ?? told.defaultBranch ?? collector.api.findDefaultBranch(name))
        attempts.push(...(await collectAttempts(collector, run, await branch)))
        reachedMs = Math.max(reachedMs, run.createdMs)
        if (attempts.length < collectBatch) continue
        yield { attempts, untilMs: reachedMs }
        attempts = []
      }
      reachedMs = Math.max(reachedMs, window.toMs)
    }
  } catch (error) {
    yield { attempts, untilMs: reachedMs }
    throw error
  }
  yield { attempts, untilMs: Math.max(reachedMs, untilMs) }
}

/** Every attempt of a run with its jobs, in order. */
async function collectAttempts(
  { api, onVanished }: Collector,
  last: Run,
  defaultBranch: string | undefined,
): Promise<Attempt[]> {
  const attempts: Attempt[] = []
  for (let number = 1; number <= last.attempt; number++) {
    const found = number === last.attempt ? last : await api.findAttempt(last, number)
    const run = found && { ...found, attempt: number }
    const jobs = run && (await api.listJobs(run))
    if (run === undefined || jobs === undefined) onVanished({ ...last, attempt: number })
    else attempts.push({ run, jobs, defaultBranch })
  }
  return attempts
}
