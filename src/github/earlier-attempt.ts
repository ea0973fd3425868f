import type { HttpClient } from '../http/client.ts'
import { openApi } from './api-client.ts'
import { parseJob } from './api-job.ts'
import { type JobQuery, openActions, toRepository } from './job.ts'

/**
 * The conclusion of this job in the previous attempt, with one request; undefined if that is not known or if it did not run
 * in it. Never rejects.
 * @param name the job's name as GitHub shows it
 */
export async function readEarlierConclusion(
  query: JobQuery,
  name: string,
  http: HttpClient,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { token, runId, attempt = 1n } = query
  if (token === undefined || runId === undefined || attempt < 2n) return undefined
  try {
    const api = openApi(http, () => {})
    const actions = await openActions(query, token, api, signal)
    const request = {
      ...toRepository(query),
      run_id: Number(runId),
      attempt_number: Number(attempt) - 1,
      per_page: 100,
    }
    const { data } = await actions.listJobsForWorkflowRunAttempt(request)
    const jobs = Array.isArray(data?.jobs) ? data.jobs.map(parseJob) : []
    const found = jobs.filter((job) => job?.name === name && BigInt(job.run_id) === runId)
    return found.length === 1 ? found[0]?.conclusion : undefined
  } catch {
    return undefined
  }
}
