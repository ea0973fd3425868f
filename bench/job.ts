import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Servers } from './servers.ts'

/** Where the action is, and what its action.yml says. */
export interface Action {
  readonly folder: string
  readonly main: string
  readonly post: string
  readonly defaults: Readonly<Record<string, string>>
}

type Environment = Record<string, string>

/** One job on a runner of ours: its folder, and the environment in which the runner would start each script. */
export interface Job {
  readonly environment: Environment
  /** What post gets beside: the state that main has saved, the environment it has set, every step's outputs. */
  readPostEnvironment(): Environment
  /** The file that steps append data to. */
  readDataPath(): string
  remove(): void
}

const stepNames = [
  'checkout',
  'setup',
  'install',
  'build',
  'lint',
  'unit',
  'e2e',
  'bench',
  'coverage',
  'docs',
  'pack',
  'upload',
]
const steps = Object.fromEntries(
  stepNames.map((name, index) => [
    name,
    {
      outputs: {
        [`${name}_seconds`]: String(index * 1.5),
        ...(name === 'coverage' ? { coverage: '83.4' } : {}),
        ...(name === 'unit' ? { tests: '{"passed":120,"failed":0}' } : {}),
      },
      outcome: 'success',
      conclusion: 'success',
    },
  ]),
)

const captures = `
- start-time
- end-time
- duration
- property: coverage
- property: {name: pack_seconds, field: pack}
- data: tests
- data: {regex: '.*'}`

/** What the runner makes of the defaults that are expressions. */
const contexts: Readonly<Record<string, string>> = {
  matrix: 'null',
  job: JSON.stringify({ status: 'success', check_run_id: 123 }),
  strategy: JSON.stringify({ 'fail-fast': true, 'job-index': 0, 'job-total': 1, 'max-parallel': 1 }),
  'github-token': 'token-of-github',
}

export function readAction(folder: string): Action {
  const { runs, inputs } = parse(readFileSync(join(folder, 'action.yml'), 'utf8'))
  const defaults = Object.entries(inputs as Record<string, { default?: unknown }>).map(([name, input]) => {
    const value = contexts[name] ?? String(input.default ?? '')
    if (value.includes('${{')) throw new Error(`bench/job.ts does not say what ${name} is: ${value}`)
    return [name, value]
  })
  return {
    folder,
    main: join(folder, runs.main),
    post: join(folder, runs.post),
    defaults: Object.fromEntries(defaults),
  }
}

export function createJob(action: Action, servers: Servers, inputs: Readonly<Record<string, string>> = {}): Job {
  const folder = mkdtempSync(join(tmpdir(), 'build-stats-bench-'))
  const temp = join(folder, 'temp')
  const workspace = join(folder, 'workspace')
  mkdirSync(temp)
  mkdirSync(workspace)
  const writeRunnerFile = (name: string, text = '') => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }
  const statePath = writeRunnerFile('state')
  const environmentPath = writeRunnerFile('environment')
  const environment: Environment = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: '__acme_build-stats',
    GITHUB_ACTOR: 'octocat',
    GITHUB_API_URL: servers.gitHubUrl,
    GITHUB_BASE_REF: '',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_EVENT_PATH: writeRunnerFile('event.json', '{"repository":{"default_branch":"main"}}'),
    GITHUB_HEAD_REF: '',
    GITHUB_JOB: 'test',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REF_NAME: 'main',
    GITHUB_REF_TYPE: 'branch',
    GITHUB_REPOSITORY: 'acme/widgets',
    GITHUB_REPOSITORY_OWNER: 'acme',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '4242',
    GITHUB_RUN_NUMBER: '42',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: '2446725000000000000000000000000000000000',
    GITHUB_WORKFLOW: 'CI',
    GITHUB_WORKFLOW_REF: 'acme/widgets/.github/workflows/ci.yml@refs/heads/main',
    GITHUB_WORKSPACE: workspace,
    GITHUB_ENV: environmentPath,
    GITHUB_OUTPUT: writeRunnerFile('output'),
    GITHUB_PATH: writeRunnerFile('path'),
    GITHUB_STATE: statePath,
    GITHUB_STEP_SUMMARY: writeRunnerFile('summary.md'),
    RUNNER_ARCH: 'X64',
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_NAME: 'GitHub Actions 7',
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: temp,
    RUNNER_TOOL_CACHE: temp,
    ...toInputs({
      ...action.defaults,
      url: servers.databaseUrl,
      token: 'token-of-influxdb',
      org: 'acme',
      bucket: 'ci',
      captures,
      steps: '{}',
      needs: '{}',
      ...inputs,
    }),
  }
  const readSetEnvironment = () => parseCommandFile(readFileSync(environmentPath, 'utf8'))
  return {
    environment,
    readPostEnvironment: () => {
      const state = parseCommandFile(readFileSync(statePath, 'utf8'))
      return {
        ...environment,
        ...readSetEnvironment(),
        ...Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value])),
        ...toInputs({ steps: JSON.stringify(steps, null, 2) }),
      }
    },
    readDataPath: () => {
      const path = readSetEnvironment().BUILD_STATS
      if (path === undefined) throw new Error('main has not set BUILD_STATS')
      return path
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function toInputs(inputs: Readonly<Record<string, string>>): Environment {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]))
}

/** The runner's files of `name=value` lines, and of `name<<END` with the value on the lines up to END. */
function parseCommandFile(text: string): Record<string, string> {
  const values: Record<string, string> = {}
  for (const match of text.matchAll(/^([^=<\n]+)(?:=(.*)|<<(.+)\r?\n([\s\S]*?)(?:\r?\n)?\3)$/gm)) {
    const [, name = '', line, , lines] = match
    values[name] = line ?? lines ?? ''
  }
  return values
}
