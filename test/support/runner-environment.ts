import { join } from 'node:path'
import { exampleRun } from './example-run.ts'
import type { ContextValue } from './expression-data.ts'

export type Environment = Readonly<Record<string, string>>

/** Variables that replace or add to others; one that is undefined is taken away. */
export type EnvironmentChanges = Readonly<Record<string, string | undefined>>

/** Where things are in the folder of a job, as on a hosted runner. */
export interface JobFolders {
  readonly home: string
  readonly workspace: string
  readonly temp: string
  readonly eventPath: string
}

/** Nothing listens here: a request to GitHub that a test does not expect is refused at once and leaves no machine. */
const NOWHERE = 'http://127.0.0.1:9'

export function toFolders(folder: string): JobFolders {
  const work = join(folder, 'work')
  const temp = join(work, '_temp')
  return {
    home: join(folder, 'home'),
    workspace: join(work, 'octo-repo', 'octo-repo'),
    temp,
    eventPath: join(temp, '_github_workflow', 'event.json'),
  }
}

/**
 * What a hosted Ubuntu runner gives every step of a job that a push to the default branch started. Nothing but PATH comes
 * from this process; the files of each step and the action's own variables are added later.
 */
export function toRunnerEnvironment(folders: JobFolders, changes: EnvironmentChanges): Environment {
  return applyChanges(
    {
      PATH: process.env.PATH ?? '/usr/bin:/bin',
      HOME: folders.home,
      USER: 'runner',
      SHELL: '/bin/bash',
      LANG: 'C.UTF-8',
      CI: 'true',
      ImageOS: 'ubuntu24',
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTOR: exampleRun.actor,
      GITHUB_ACTOR_ID: String(exampleRun.actorId),
      GITHUB_API_URL: NOWHERE,
      GITHUB_BASE_REF: '',
      GITHUB_EVENT_NAME: 'push',
      GITHUB_EVENT_PATH: folders.eventPath,
      GITHUB_GRAPHQL_URL: `${NOWHERE}/graphql`,
      GITHUB_HEAD_REF: '',
      GITHUB_JOB: exampleRun.job,
      GITHUB_REF: `refs/heads/${exampleRun.branch}`,
      GITHUB_REF_NAME: exampleRun.branch,
      GITHUB_REF_PROTECTED: 'false',
      GITHUB_REF_TYPE: 'branch',
      GITHUB_REPOSITORY: exampleRun.repository,
      GITHUB_REPOSITORY_ID: String(exampleRun.repositoryId),
      GITHUB_REPOSITORY_OWNER: exampleRun.owner,
      GITHUB_REPOSITORY_OWNER_ID: String(exampleRun.ownerId),
      GITHUB_RETENTION_DAYS: '90',
      GITHUB_RUN_ATTEMPT: String(exampleRun.runAttempt),
      GITHUB_RUN_ID: String(exampleRun.runId),
      GITHUB_RUN_NUMBER: String(exampleRun.runNumber),
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_SHA: exampleRun.sha,
      GITHUB_TRIGGERING_ACTOR: exampleRun.actor,
      GITHUB_WORKFLOW: exampleRun.workflow,
      GITHUB_WORKFLOW_REF: `${exampleRun.repository}/${exampleRun.workflowPath}@refs/heads/${exampleRun.branch}`,
      GITHUB_WORKFLOW_SHA: exampleRun.sha,
      GITHUB_WORKSPACE: folders.workspace,
      RUNNER_ARCH: 'X64',
      RUNNER_ENVIRONMENT: 'github-hosted',
      RUNNER_NAME: exampleRun.runnerName,
      RUNNER_OS: 'Linux',
      RUNNER_TEMP: folders.temp,
      RUNNER_TOOL_CACHE: '/opt/hostedtoolcache',
      RUNNER_WORKSPACE: join(folders.workspace, '..'),
    },
    changes,
  )
}

export function applyChanges(environment: Environment, changes: EnvironmentChanges): Environment {
  const changed = Object.entries({ ...environment, ...changes })
  return Object.fromEntries(changed.filter((pair): pair is [string, string] => pair[1] !== undefined))
}

/** The context `github` of a job with this environment. */
export function toGitHubContext(
  environment: Environment,
  event: ContextValue,
  token: string,
): Map<string, ContextValue> {
  return new Map([
    ['token', token],
    ...withoutPrefix(environment, 'GITHUB_').filter(([key]) => key !== 'actions'),
    ['repositoryUrl', `git://github.com/${environment.GITHUB_REPOSITORY}.git`],
    ['secret_source', 'Actions'],
    ['event', event],
  ])
}

export function toRunnerContext(environment: Environment): Map<string, ContextValue> {
  return new Map(withoutPrefix(environment, 'RUNNER_'))
}

/** The payload of the event; what is no JSON, or is missing, is an empty event, as @actions/github and the runner take it. */
export function toEvent(text: string): ContextValue {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

/** A push to the default branch, in as much as actions look at it. */
export const pushEvent = {
  ref: `refs/heads/${exampleRun.branch}`,
  after: exampleRun.sha,
  repository: {
    id: exampleRun.repositoryId,
    name: 'octo-repo',
    full_name: exampleRun.repository,
    default_branch: exampleRun.branch,
    private: false,
    owner: { login: exampleRun.owner },
  },
  sender: { login: exampleRun.actor },
} satisfies ContextValue

function withoutPrefix(environment: Environment, prefix: string): [string, string][] {
  return Object.entries(environment)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]) => [name.slice(prefix.length).toLowerCase(), value])
}
