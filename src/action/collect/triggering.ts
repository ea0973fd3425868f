import { toObject } from '../../build/json.ts'
import { findOwnJobs, isSkipped } from '../../collect/run.ts'
import { parseRun } from '../../github/parse-run.ts'
import { type CollectReport, type CollectWork, createSelect, explainStop, nothingCollected } from './work.ts'

/** Collects the run whose end triggered this workflow: the event describes all but its jobs. */
export async function collectTriggering({
  settings,
  api,
  writer,
  env,
  event,
  asking,
}: CollectWork): Promise<CollectReport> {
  const told = toObject(event.workflow_run)
  const { path, name } = toObject(event.workflow)
  const place = toObject(told.repository ?? event.repository)
  const repository = typeof place.full_name === 'string' ? place.full_name : (env.GITHUB_REPOSITORY ?? '')
  // GitHub's own examples have runs without a name, or the path of their workflow.
  const listed = parseRun({ path, ...told, name: told.name || name }, repository)
  if (listed === undefined) {
    return {
      ...nothingCollected,
      problems: ['The event workflow_run does not contain a workflow run: nothing is collected.'],
    }
  }
  const { run, isOver } = listed
  const { default_branch } = toObject(event.repository)
  const defaultBranch = listed.defaultBranch ?? (typeof default_branch === 'string' ? default_branch : undefined)
  const title = `Run ${run.id} of ${run.workflow}`
  // The payload may have been created before the run was updated.
  if (!isOver && event.action !== 'completed') {
    const note = `${title} has not ended yet: trigger this workflow on workflow_run with "types: [completed]" only.`
    return { ...nothingCollected, notes: [note] }
  }
  if (!createSelect(settings, env)(run))
    return {
      ...nothingCollected,
      notes: [`${title} is skipped: the input "workflows" does not select its workflow.`],
    }
  try {
    const jobs = await api.listJobs(run)
    if (jobs === undefined) {
      const problem = `${title} was not found: it was deleted, or the token may not read it; give the job \`permissions: actions: read\`.`
      return { ...nothingCollected, problems: [problem] }
    }
    await writer.write({ attempts: [{ run, jobs, defaultBranch }], untilMs: run.startMs }, repository)
    const ran = findOwnJobs(run, jobs).filter((job) => !isSkipped(job)).length
    return { ...nothingCollected, repositories: [{ name: repository, runs: 1, jobs: ran, untilMs: undefined }] }
  } catch (error) {
    return { ...nothingCollected, problems: [`${title} was not collected: ${explainStop(error, asking).why}.`] }
  }
}
