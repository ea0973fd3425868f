import type { JsonObject } from '../../build/json.ts'
import { matchesWildcard } from '../../capture/matching.ts'
import type { Covered } from '../../collect/points.ts'
import type { Run } from '../../collect/run.ts'
import { ApiProblem } from '../../github/api-problem.ts'
import type { RunsApi } from '../../github/runs-api.ts'
import type { CollectOutcome } from '../../presentation/collect-report.ts'
import type { CollectSettings } from '../../settings/collect.ts'
import type { CollectWriter } from './write-collected.ts'

/** The parts that a collection uses. */
export interface CollectWork {
  readonly settings: CollectSettings
  readonly api: RunsApi
  readonly writer: CollectWriter
  readonly env: Readonly<Record<string, string | undefined>>
  readonly event: JsonObject
  /** Aborted when no more requests to GitHub may be sent. */
  readonly asking: AbortSignal
  /** What each readable storage received before, by repository. */
  readonly known: readonly ReadonlyMap<string, Covered>[]
  readonly nowMs: number
}

export type CollectReport = Pick<CollectOutcome, 'repositories' | 'problems' | 'limits' | 'notes'>

export const nothingCollected: CollectReport = { repositories: [], problems: [], limits: [], notes: [] }

/** Whether a run belongs to a wanted workflow other than this one, which would collect itself forever. */
export function createSelect({ workflows }: CollectSettings, env: CollectWork['env']): (run: Run) => boolean {
  const own = (env.GITHUB_WORKFLOW_REF ?? '').split('@')[0]?.toLowerCase()
  return ({ repository, path, workflow }) => {
    if (`${repository}/${path}`.toLowerCase() === own) return false
    const names = [workflow, path, path.slice(path.lastIndexOf('/') + 1)]
    return workflows.length === 0 || workflows.some((wanted) => names.some((name) => matchesWildcard(wanted, name)))
  }
}

/** A clause that says why GitHub returns no more. */
export interface Stop {
  readonly why: string
  /** `limit`: nothing is wrong, and the rest is collected next time; `all`: the other repositories would fail too. */
  readonly kind: 'limit' | 'all' | 'repository'
}

/** @throws errors that are not API problems */
export function explainStop(error: unknown, asking: AbortSignal): Stop {
  if (!(error instanceof ApiProblem)) throw error
  if (asking.aborted) {
    const isTime = (asking.reason as Error | undefined)?.name === 'TimeoutError'
    return { why: isTime ? 'the time ran out (input timeout)' : 'the job was cancelled', kind: 'limit' }
  }
  if (error.isLimit) return { why: error.message, kind: 'limit' }
  // Without a status, there was no answer.
  return { why: error.message, kind: error.status === undefined || error.status === 401 ? 'all' : 'repository' }
}
