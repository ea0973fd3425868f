import { isObject } from '../build/json.ts'
import { findOwnJobs, isSkipped } from '../collect/run.ts'
import { parseRun } from '../github/parse-run.ts'
import { type CollectReport, type CollectWork, createSelect, explainStop, nothingCollected } from './collect-work.ts'

/** Collects the run whose end triggered this workflow: its event tells all but the jobs. */
export async function collectTriggering({
  settings,
  api,
  writer,
  env,
  event,
  asking,
}: CollectWork): Promise<CollectReport> {
  const { full_name } = isObject(event.repository) ? event.repository : {}
  const { path } = isObject(event.workflow) ? event.workflow : {}
  const repository = typeof full_name === 'string' ? full_name : (env.GITHUB_REPOSITORY ?? '')
  const payload = isObject(event.workflow_run)
    ? { path, ...event.workflow_run, repository: event.repository }
    : undefined
  const listed = parseRun(payload, repository)
  if (listed === undefined) {
    return { ...nothingCollected, problems: ['The event workflow_run holds no workflow run: nothing is collected.'] }
  }
  const { run, isOver, defaultBranch } = listed
  const name = `Run ${run.id} of ${run.workflow}`
  // The payload may have been made before the run itself was told.
  if (!isOver && event.action !== 'completed') {
    const note = `${name} is not over yet: let the event workflow_run be of the type completed only.`
    return { ...nothingCollected, notes: [note] }
  }
  if (!createSelect(settings, env)(run)) return { ...nothingCollected, notes: [`${name} is not among the workflows.`] }
  try {
    const jobs = await api.listJobs(run)
    if (jobs === undefined) {
      const problem = `${name} was not found: it was deleted, or the token may not read it; give the job \`permissions: actions: read\`.`
      return { ...nothingCollected, problems: [problem] }
    }
    await writer.write({ attempts: [{ run, jobs, defaultBranch }], untilMs: run.startMs }, repository)
    const ran = findOwnJobs(run, jobs).filter((job) => !isSkipped(job)).length
    return { ...nothingCollected, repositories: [{ name: repository, runs: 1, jobs: ran, untilMs: undefined }] }
  } catch (error) {
    return { ...nothingCollected, problems: [`${name} was not collected: ${explainStop(error, asking).why}.`] }
  }
}
