import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { askForBuild } from '../../src/action/ask-build.ts'
import { finish } from '../../src/action/finish.ts'
import { type Outside, openOutside } from '../../src/action/phase.ts'
import { start } from '../../src/action/start.ts'
import { readActionFile } from '../support/action-file.ts'
import { createCommandFiles, type FileCommands, readCommandFiles } from '../support/command-files.ts'
import { exampleRun } from '../support/example-run.ts'
import { runProcess } from '../support/process.ts'
import { toFolders, toRunnerEnvironment } from '../support/runner-environment.ts'
import { expandDeep } from './any-json.ts'

export interface GivenJob {
  /** Beside the defaults of action.yml. A `{temp}` in them is RUNNER_TEMP. */
  readonly inputs?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string | undefined>>
  /** The file of GITHUB_EVENT_PATH, as text. */
  readonly event?: string
  /** Files of the workspace. */
  readonly files?: Readonly<Record<string, string>>
  /** What the job's steps leave in the data file. */
  readonly data?: Uint8Array
}

export interface Phase {
  readonly stdout: string
  readonly stderr: string
  readonly failed: boolean
  readonly written: FileCommands
}

export interface FinishedJob {
  readonly main: Phase
  readonly post: Phase
  /** What is in the file that the inputs name by default. */
  readonly points: string
}

const root = join(import.meta.dirname, '..', '..')
const callbackScript = pathToFileURL(join(root, 'dist', 'callback-worker.js'))
const defaults = readActionFile(root).inputs.filter(({ default: text }) => !text.includes('${{'))

const ownInputs: Readonly<Record<string, string>> = {
  file: '{temp}/points.lp',
  'github-token': exampleRun.token,
  steps: '{}',
  needs: '{}',
  matrix: 'null',
  job: JSON.stringify({ status: 'success', check_run_id: exampleRun.jobId }),
  strategy: '{"job-index":0}',
}

/**
 * Main and post of one job, in this process unless told otherwise: real settings, captures, layouts, storages, log and
 * command files; the wire is loopback. A process a phase takes ten times as long. Whatever a phase throws is thrown.
 */
export async function runPhases(given: GivenJob, run: RunPhase = runHere): Promise<FinishedJob> {
  const folder = mkdtempSync(join(tmpdir(), 'phases-'))
  try {
    const folders = toFolders(folder)
    for (const path of [folders.home, folders.workspace, join(folders.eventPath, '..')]) {
      mkdirSync(path, { recursive: true })
    }
    if (given.event !== undefined) writeFileSync(folders.eventPath, expandDeep(given.event))
    for (const [name, text] of Object.entries(given.files ?? {})) writeFileSync(join(folders.workspace, name), text)
    const byDefault = Object.fromEntries(defaults.map(({ name, default: text }) => [name, text]))
    const inputs = Object.entries({ ...byDefault, ...ownInputs, ...given.inputs }).map(([name, text]) => [
      `INPUT_${name.toUpperCase()}`,
      expandDeep(text).replaceAll('{temp}', folders.temp),
    ])
    const env = { ...toRunnerEnvironment(folders, given.env ?? {}), ...Object.fromEntries(inputs) }

    const main = await run('main', env, folders.temp)
    const exported = Object.fromEntries(main.written.env)
    if (given.data !== undefined && exported.BUILD_STATS) writeFileSync(exported.BUILD_STATS, given.data)
    const state = [...main.written.state].map(([name, value]) => [`STATE_${name}`, value])
    const post = await run('post', { ...env, ...exported, ...Object.fromEntries(state) }, folders.temp)
    const points = join(folders.temp, 'points.lp')
    return { main, post, points: existsSync(points) ? readFileSync(points, 'utf8') : '' }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param temp RUNNER_TEMP, where command files are */
type RunPhase = (name: 'main' | 'post', env: Readonly<Record<string, string>>, temp: string) => Promise<Phase>

/** As a runner does it, on the bundles. */
export const runBundle: RunPhase = async (name, env, temp) => {
  const files = createCommandFiles(temp)
  const { exitCode, signal, stdout, stderr } = await runProcess(process.execPath, [join(root, 'dist', `${name}.js`)], {
    cwd: root,
    env: { ...env, ...files },
    timeoutMs: 60_000,
  })
  if (exitCode !== 0 && exitCode !== 1) throw new Error(`${name} ended with ${exitCode ?? signal}: ${stderr}`)
  return { failed: exitCode === 1, written: readCommandFiles(files), stdout, stderr }
}

const phases: Readonly<Record<'main' | 'post', (outside: Outside) => Promise<void>>> = {
  main: (outside) => start(outside, () => new URL('../../src/sampler.ts', import.meta.url)),
  post: (outside) => finish(outside, askForBuild(outside), callbackScript),
}

/** With the signal of a job that nobody cancels. */
const open: (env: NodeJS.ProcessEnv, cancel: AbortSignal) => Outside = openOutside

const runHere: RunPhase = async (name, env, temp) => {
  const files = createCommandFiles(temp)
  const saved = process.env
  process.env = { ...env, ...files }
  const [stdout, stderr] = [keepOutput(process.stdout), keepOutput(process.stderr)]
  const outside = open(process.env, new AbortController().signal)
  try {
    await phases[name](outside)
    return {
      failed: process.exitCode === 1,
      written: readCommandFiles(files),
      stdout: stdout.restore(),
      stderr: stderr.restore(),
    }
  } finally {
    process.exitCode = undefined
    process.env = saved
    stdout.restore()
    stderr.restore()
  }
}

/** Keeps what is written to a stream from it, until that is restored. */
function keepOutput(stream: NodeJS.WriteStream): { restore(): string } {
  const { write } = stream
  let kept = ''
  stream.write = (chunk: string | Uint8Array) => {
    kept += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8')
    return true
  }
  return {
    restore() {
      stream.write = write
      return kept
    },
  }
}
