import { isObject, type Json, type JsonObject } from '../build/json.ts'
import { cutRunValues, findCaller } from './caller.ts'
import { type Environment, textAt, toBranch, toInteger } from './context.ts'

/**
 * The caller of the workflow that defines this job, without values of this run (caller.ts); undefined if it is not known.
 * @param name the job's name as GitHub shows it
 */
export function toCaller(
  env: Environment,
  event: JsonObject,
  contexts: { matrix: JsonObject; job: JsonObject; inputs: JsonObject },
  name: string | undefined,
): string | undefined {
  const caller = findCaller({
    ...{ name, job: env.GITHUB_JOB ?? '', matrix: contexts.matrix },
    definedIn: textAt(contexts.job, 'workflow_ref'),
    triggered: env.GITHUB_WORKFLOW_REF,
  })
  if (caller === undefined || caller === '') return caller
  const shas = [env.GITHUB_SHA, env.GITHUB_WORKFLOW_SHA, textAt(event, 'pull_request', 'head', 'sha')]
  const refs = [env.GITHUB_REF, env.GITHUB_REF_NAME, env.GITHUB_HEAD_REF, toBranch(env, event)]
  const inputs = [event.inputs, contexts.inputs].flatMap((map) => (isObject(map) ? Object.values(map) : []))
  return cutRunValues(caller, {
    ids: [env.GITHUB_RUN_ID, env.GITHUB_RUN_NUMBER, ...shas.flatMap((sha) => [sha, sha?.slice(0, 7)])].filter(isText),
    words: [...refs, ...inputs.map((value) => (isWord(value) ? String(value) : undefined))].filter(isText),
  })
}

/** Flags and empty inputs do not appear in names. */
function isWord(value: Json): boolean {
  return (typeof value === 'string' || typeof value === 'number') && !/^(true|false|)$/.test(String(value))
}

function isText(text: string | undefined): text is string {
  return text !== undefined
}

/** The circumstances that the environment and the event contain. */
export function toCircumstances(env: Environment, event: JsonObject, job: JsonObject) {
  const number = isObject(event.pull_request) ? event.pull_request.number : undefined
  const [, ofRef] = /^refs\/pull\/(\d+)\//.exec(env.GITHUB_REF ?? '') ?? []
  return {
    runnerImage: env.ImageOS ?? '',
    runnerImageVersion: env.ImageVersion ?? '',
    workflowRef: textAt(job, 'workflow_ref') ?? env.GITHUB_WORKFLOW_REF ?? '',
    pullRequest: toInteger(number ?? ofRef),
  }
}

/** Keys of the `github` context, except for the token and for paths and names of this step. */
const githubKeys = [
  'actor',
  'actor_id',
  'api_url',
  'base_ref',
  'event_name',
  'graphql_url',
  'head_ref',
  'job',
  'ref',
  'ref_name',
  'ref_protected',
  'ref_type',
  'repository',
  'repository_id',
  'repository_owner',
  'repository_owner_id',
  'retention_days',
  'run_attempt',
  'run_id',
  'run_number',
  'server_url',
  'sha',
  'triggering_actor',
  'workflow',
  'workflow_ref',
  'workflow_sha',
  'workspace',
]
const runnerKeys = ['arch', 'debug', 'environment', 'name', 'os', 'temp', 'tool_cache']

/** The `github` context from the environment. */
export function toGithubProperties(env: Environment): JsonObject {
  return pick(env, 'GITHUB', githubKeys)
}

/** The `runner` context from the environment. */
export function toRunnerProperties(env: Environment): JsonObject {
  return pick(env, 'RUNNER', runnerKeys)
}

/** The environment without variables that the runner sets for this step only: inputs, state and its own credentials. */
export function toEnvProperties(env: Environment): JsonObject {
  const entries = Object.entries(env).filter(([name]) => !/^(INPUT|STATE|ACTIONS)_/.test(name.toUpperCase()))
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined))
}

function pick(env: Environment, prefix: string, keys: readonly string[]): JsonObject {
  const entries = keys.map((key): [string, string | undefined] => [key, env[`${prefix}_${key.toUpperCase()}`]])
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => Boolean(entry[1])))
}
