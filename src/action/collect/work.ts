import type { JsonObject } from '../../build/json.ts'
import { matchesWildcard } from '../../capture/matching.ts'
import type { Covered } from '../../collect/points.ts'
import type { Run } from '../../collect/run.ts'
import { ApiProblem } from '../../github/api-problem.ts'
import type { RunsApi } from '../../github/runs-api.ts'
import type { CollectOutcome } from '../../presentation/collect-report.ts'
import type { CollectSettings } from '../../settings/collect.ts'
import type { CollectWriter } from './write-collected.ts'

/** What a collection works with. */
export interface CollectWork {
  readonly settings: CollectSettings
  readonly api: RunsApi
  readonly writer: CollectWriter
  readonly env: Readonly<Record<string, string | undefined>>
  readonly event: JsonObject
  /** Aborted when GitHub is asked no more. */
  readonly asking: AbortSignal
  /** What each storage that can tell was given before, by repository. */
  readonly known: readonly ReadonlyMap<string, Covered>[]
  readonly nowMs: number
}

export type CollectReport = Pick<CollectOutcome, 'repositories' | 'problems' | 'limits' | 'notes'>

export const nothingCollected: CollectReport = { repositories: [], problems: [], limits: [], notes: [] }

/** Whether a run is of a workflow that is wanted, and not of this very one, which would collect itself for ever. */
export function createSelect({ workflows }: CollectSettings, env: CollectWork['env']): (run: Run) => boolean {
  const own = (env.GITHUB_WORKFLOW_REF ?? '').split('@')[0]?.toLowerCase()
  return ({ repository, path, workflow }) => {
    if (`${repository}/${path}`.toLowerCase() === own) return false
    const names = [workflow, path, path.slice(path.lastIndexOf('/') + 1)]
    return workflows.length === 0 || workflows.some((wanted) => names.some((name) => matchesWildcard(wanted, name)))
  }
}

/** Why GitHub tells no more: a clause. */
export interface Stop {
  readonly why: string
  /** `limit`: all is well, and the rest comes next time; `all`: no other repository would do better. */
  readonly kind: 'limit' | 'all' | 'repository'
}

/** @throws what is no problem of the API's */
export function explainStop(error: unknown, asking: AbortSignal): Stop {
  if (!(error instanceof ApiProblem)) throw error
  if (asking.aborted) {
    const isTime = (asking.reason as Error | undefined)?.name === 'TimeoutError'
    return { why: isTime ? 'the time ran out (input timeout)' : 'the job was cancelled', kind: 'limit' }
  }
  if (error.isLimit) return { why: error.message, kind: 'limit' }
  // Without a status nobody answered.
  return { why: error.message, kind: error.status === undefined || error.status === 401 ? 'all' : 'repository' }
}
