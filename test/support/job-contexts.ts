import { exampleRun } from './example-run.ts'
import type { ContextValue } from './expression-data.ts'
import type { Contexts } from './expressions.ts'
import {
  type Environment,
  type EnvironmentChanges,
  toEvent,
  toGitHubContext,
  toRunnerContext,
} from './runner-environment.ts'
import type { StepRecords } from './step-records.ts'

type ContextMap = { readonly [key: string]: ContextValue | undefined }

/**
 * What a test says of the contexts. `matrix`, `needs`, `vars` and `inputs` are taken as they are; the keys of the others
 * replace or add to those that the runner has, and an undefined one is taken away.
 */
export interface GivenContexts {
  readonly github?: ContextMap
  readonly job?: ContextMap
  readonly strategy?: ContextMap
  readonly secrets?: ContextMap
  readonly matrix?: ContextValue
  readonly needs?: ContextValue
  readonly vars?: ContextValue
  readonly inputs?: ContextValue
}

export interface JobFacts {
  readonly environment: Environment
  /** The job's `env:`, and what steps exported. */
  readonly variables: EnvironmentChanges
  readonly event: object | string
  readonly token: string | undefined
  readonly steps: StepRecords
  readonly given: GivenContexts
}

/** Every context that a step's `with:`, `run:` and `if:` can use, as they are now. */
export function toContexts({ environment, variables, event, token = exampleRun.token, steps, given }: JobFacts) {
  const payload = toEvent(typeof event === 'string' ? event : JSON.stringify(event))
  // The runner's `env` holds what users set, not what it sets itself.
  const set = Object.entries(variables).filter(([name]) => !/^(GITHUB|RUNNER)_/.test(name))
  return {
    github: change(toGitHubContext(environment, payload, token), given.github),
    job: change(
      new Map<string, ContextValue>([
        ['check_run_id', exampleRun.jobId],
        ['workflow_ref', environment.GITHUB_WORKFLOW_REF ?? ''],
      ]),
      { ...given.job, status: steps.status },
    ),
    strategy: change(
      new Map<string, ContextValue>([
        ['fail-fast', true],
        ['job-index', 0],
        ['job-total', 1],
        ['max-parallel', 1],
      ]),
      given.strategy,
    ),
    secrets: change(new Map<string, ContextValue>([['github_token', token]]), given.secrets),
    // Null outside a matrix, while a job that needs no other has an empty `needs`.
    matrix: given.matrix ?? null,
    needs: given.needs ?? {},
    vars: given.vars ?? {},
    inputs: given.inputs ?? {},
    runner: toRunnerContext(environment),
    steps: steps.toContext(),
    env: change(new Map(), Object.fromEntries(set)),
  } satisfies Contexts
}

function change(context: Map<string, ContextValue>, changes: ContextMap = {}): Map<string, ContextValue> {
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) context.delete(key)
    else context.set(key, value)
  }
  return context
}
