import { readFileSync, statSync } from 'node:fs'
import { type Identity, toBuilder } from '../build/build.ts'
import { isObject, type Json, type JsonObject } from '../build/json.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** The event payload of the run; empty if it cannot be read. */
export function readEvent(env: Environment): JsonObject {
  try {
    const path = env.GITHUB_EVENT_PATH ?? ''
    // Reading a device may never end.
    if (!statSync(path).isFile()) return {}
    const payload: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return isObject(payload) ? payload : {}
  } catch {
    return {}
  }
}

/**
 * The identity of this build from the environment, the event payload and the job's contexts.
 * @param builder the user's name for it, or empty
 */
export function toIdentity(
  env: Environment,
  event: JsonObject,
  contexts: { matrix: JsonObject; job: JsonObject },
  builder = '',
): Identity {
  const workflow = env.GITHUB_WORKFLOW ?? ''
  const job = env.GITHUB_JOB ?? ''
  const jobId = toInteger(contexts.job.check_run_id)
  return {
    builder: builder || toBuilder(workflow, job, contexts.matrix),
    repository: env.GITHUB_REPOSITORY ?? '',
    workflow,
    job,
    event: env.GITHUB_EVENT_NAME ?? '',
    branch: toBranch(env, event),
    defaultBranch: toDefaultBranch(env, event),
    sha: env.GITHUB_SHA ?? '',
    actor: env.GITHUB_ACTOR ?? '',
    url: toRunUrl(env, jobId),
    runId: toInteger(env.GITHUB_RUN_ID),
    number: toInteger(env.GITHUB_RUN_NUMBER),
    attempt: toInteger(env.GITHUB_RUN_ATTEMPT),
    jobId,
    runnerName: env.RUNNER_NAME ?? '',
    runnerOs: env.RUNNER_OS ?? '',
    runnerArch: env.RUNNER_ARCH ?? '',
    matrix: contexts.matrix,
  }
}

/** The page of the job, or of the run's attempt if the job's id is not known. */
export function toRunUrl(env: Environment, jobId: bigint | undefined): string {
  const server = env.GITHUB_SERVER_URL ?? 'https://github.com'
  const run = `${server}/${env.GITHUB_REPOSITORY ?? ''}/actions/runs/${env.GITHUB_RUN_ID ?? ''}`
  return jobId === undefined ? `${run}/attempts/${env.GITHUB_RUN_ATTEMPT ?? '1'}` : `${run}/job/${jobId}`
}

/** The head branch of a pull request, else the branch or tag of the run. */
export function toBranch(env: Environment, event: JsonObject): string {
  return env.GITHUB_HEAD_REF || textAt(event, 'pull_request', 'head', 'ref') || env.GITHUB_REF_NAME || ''
}

/** Whether this is a build of the default branch. A pull request into it (`pull_request_target`) is not. */
function toDefaultBranch(env: Environment, event: JsonObject): Identity['defaultBranch'] {
  const name = env.GITHUB_EVENT_NAME ?? ''
  if (name === 'schedule') return 'true'
  if (name.startsWith('pull_request')) return 'false'
  const defaultBranch = textAt(event, 'repository', 'default_branch')
  if (defaultBranch === undefined || env.GITHUB_REF === undefined) return 'unknown'
  return env.GITHUB_REF === `refs/heads/${defaultBranch}` ? 'true' : 'false'
}

/** Whether the run has no secrets, and a sentence about why a secret may be empty. */
export function toSecretHint(env: Environment, event: JsonObject): { hasNoSecrets: boolean; secretHint: string } {
  if (isFork(env, event)) {
    const secretHint = 'Secrets are not passed to workflows that a pull request from a fork triggers.'
    return { hasNoSecrets: env.GITHUB_EVENT_NAME !== 'pull_request_target', secretHint }
  }
  if (env.GITHUB_ACTOR === 'dependabot[bot]') {
    return { hasNoSecrets: true, secretHint: 'Runs that Dependabot triggers see Dependabot secrets only.' }
  }
  const secretHint =
    'If it is set from a secret or variable, make sure that it exists and is available in this workflow.'
  return { hasNoSecrets: false, secretHint }
}

/** If the fork was deleted, it is null. */
function isFork(env: Environment, event: JsonObject): boolean {
  const head = isObject(event.pull_request) ? event.pull_request.head : undefined
  if (!isObject(head)) return false
  const name = textAt(head, 'repo', 'full_name')
  return head.repo === null || (name !== undefined && name !== env.GITHUB_REPOSITORY)
}

export function textAt(root: JsonObject, ...keys: string[]): string | undefined {
  let value: Json | undefined = root
  for (const key of keys) value = isObject(value) ? value[key] : undefined
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function toInteger(value: Json | undefined): bigint | undefined {
  // Lists and objects are not numbers, and converting them to text can fail: one of their keys may be `toString`.
  const text = typeof value === 'object' ? '' : String(value)
  return /^\d{1,18}$/.test(text) ? BigInt(text) : undefined
}
