import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type ActionFile, evaluateInputs, readActionFile, type WithValue } from './action-file.ts'
import { evaluateCondition, evaluateText, type JobStatus } from './expressions.ts'
import { type GivenContexts, toContexts } from './job-contexts.ts'
import {
  type Environment,
  type EnvironmentChanges,
  pushEvent,
  toFolders,
  toRunnerEnvironment,
} from './runner-environment.ts'
import { StepRecords, type StepResult } from './step-records.ts'
import { type Command, type JobAnnotation, type RunnerOptions, type RunResult, StepRunner } from './step-runner.ts'

export interface JobOptions extends RunnerOptions {
  /** The folder of the action, with its action.yml. */
  readonly action: string
  /** The `id:` of the action's own step; without one its outputs are not in `steps`. */
  readonly id?: string
  /** As written in a workflow, `${{ }}` included; evaluated anew for main and for post. */
  readonly with?: Inputs
  /** A runner that gives post no inputs at all, as in an action within an action within another. */
  readonly postWithoutInputs?: boolean
  /** What a runner evaluates for post in place of `with`, as in the same case. */
  readonly postWith?: Inputs
  /** `env:` of the job, and changes to what the runner gives: undefined takes a variable away. */
  readonly env?: EnvironmentChanges
  /** The payload of the event; a string is written as it is. Without one: a push to the default branch. */
  readonly event?: object | string
  /** The job's token, `github.token` and `secrets.GITHUB_TOKEN`. */
  readonly token?: string
  readonly contexts?: GivenContexts
  /** The node that runs the action: this process's own unless given. */
  readonly node?: string
}

export interface StepOptions {
  /** `success()` unless given: a step after a failed one is skipped. */
  readonly if?: string
  readonly continueOnError?: boolean
  readonly env?: Environment
}

type Inputs = Readonly<Record<string, WithValue>>

/** A job whose first step is the action, in a folder of its own; `remove()`, or the end of `await using`, takes that away. */
export async function createJob(options: JobOptions): Promise<Job> {
  const action = readActionFile(options.action)
  const folder = mkdtempSync(join(tmpdir(), 'job-'))
  const folders = toFolders(folder)
  for (const path of [folders.home, folders.workspace, dirname(folders.eventPath)]) mkdirSync(path, { recursive: true })
  const event = options.event ?? pushEvent
  writeFileSync(folders.eventPath, typeof event === 'string' ? event : JSON.stringify(event, undefined, 2))
  return new Job(options, action, folder)
}

class Job {
  readonly folder: string
  readonly workspace: string
  /** RUNNER_TEMP. */
  readonly temp: string
  /** Outputs of the action's own step. */
  outputs: Readonly<Record<string, string>> = {}
  /** What main saved for post. */
  state: Readonly<Record<string, string>> = {}
  /** What the action wrote to the job summary in main and post, unmasked. */
  summary = ''

  readonly #options: JobOptions
  readonly #action: ActionFile
  readonly #environment: Environment
  readonly #runner: StepRunner
  readonly #records = new StepRecords()
  #postIsDue = false

  constructor(options: JobOptions, action: ActionFile, folder: string) {
    const folders = toFolders(folder)
    this.folder = folder
    this.workspace = folders.workspace
    this.temp = folders.temp
    this.#options = options
    this.#action = action
    this.#environment = toRunnerEnvironment(folders, options.env ?? {})
    this.#runner = new StepRunner(this.#environment, folders.workspace, options)
  }

  /** `job.status`, as expressions see it now. */
  get status(): JobStatus {
    return this.#records.status
  }

  /** The context `steps`, as expressions see it now. */
  get steps(): ReturnType<StepRecords['toObject']> {
    return this.#records.toObject()
  }

  get annotations(): readonly JobAnnotation[] {
    return this.#runner.annotations
  }

  /** Values of `::add-mask::`, in their order. */
  get masks(): readonly string[] {
    return this.#runner.masks
  }

  /** What steps, and the action, wrote to GITHUB_ENV. */
  get exportedEnv(): Environment {
    return this.#runner.exportedEnv
  }

  /**
   * Runs the action's main, which is skipped, with its post, when the job has already failed or was cancelled.
   * @param env what is other than for the job's other steps
   */
  async main(env: Environment = {}): Promise<RunResult> {
    const { result, written } = await this.#run('main', this.#options.id, { env }, () => {
      this.#postIsDue = this.#action.post !== undefined
      return this.#toCommand(this.#action, this.#action.main, this.#options.with)
    })
    this.outputs = Object.fromEntries(written.outputs)
    this.state = Object.fromEntries(written.state)
    this.summary += written.summary
    return result
  }

  /**
   * Runs the action's post: its inputs evaluated again, with every step's outputs and the job's status in reach.
   * @param env what is other than when main ran: another GITHUB_RUN_ID makes it the end of another build
   */
  async post(env: Environment = {}): Promise<RunResult> {
    const { post = '', postIf } = this.#action
    const state = Object.entries(this.state).map(([name, value]) => [`STATE_${name}`, value])
    const condition = this.#postIsDue ? postIf : 'false'
    const { result, written } = await this.#run('post', undefined, { if: condition, env }, () => {
      const command = this.#toCommand(this.#action, post, this.#options.postWith ?? this.#options.with)
      const inputs = this.#options.postWithoutInputs ? {} : command.env
      return { ...command, env: { ...inputs, ...Object.fromEntries(state) } }
    })
    this.summary += written.summary
    return result
  }

  /** Runs `run:` with bash; an empty id is a step without one. */
  async step(id: string, script: string, options: StepOptions = {}): Promise<RunResult> {
    const { result } = await this.#run(id, id, options, () => {
      const path = join(this.temp, `${randomUUID()}.sh`)
      writeFileSync(path, evaluateText(script, this.#toContexts()))
      return { file: 'bash', args: ['--noprofile', '--norc', '-e', '-o', 'pipefail', path], env: {} }
    })
    return result
  }

  /** Runs the main of the action in another folder as a step; a post of its own is left out. */
  async uses(id: string, folder: string, inputs: Inputs = {}, options: StepOptions = {}): Promise<RunResult> {
    const action = readActionFile(folder)
    const { result } = await this.#run(id, id, options, () => this.#toCommand(action, action.main, inputs))
    return result
  }

  /** Records a step that did not run here; its conclusion counts for the job. */
  setStep(id: string, made: Partial<StepResult> & { readonly outputs?: Readonly<Record<string, string>> } = {}): void {
    const { conclusion = made.outcome ?? 'success', outcome = conclusion, outputs = {} } = made
    this.#records.add(id, { outcome, conclusion }, new Map(Object.entries(outputs)))
  }

  /** The user cancels the run: a step that runs is interrupted as the runner does it; post still comes, given `always()`. */
  cancel(): void {
    this.#records.status = 'cancelled'
    this.#runner.interrupt()
  }

  /** Sends a signal to the process that runs now. */
  signal(name: NodeJS.Signals): void {
    this.#runner.signal(name)
  }

  async remove(): Promise<void> {
    rmSync(this.folder, { recursive: true, force: true })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.remove()
  }

  async #run(step: string, id: string | undefined, options: StepOptions, command: () => Command) {
    const { if: condition = 'success()', ...others } = options
    const implied = step === 'post' ? 'nothing' : 'success()'
    const isWanted = () => evaluateCondition(condition, this.#toContexts(), this.status, implied)
    const secrets = [...this.#toContexts().secrets.values()].filter((value) => typeof value === 'string')
    const { result, written } = await this.#runner.run({ step, isWanted, command, ...others }, secrets)
    this.#records.add(id, result, written.outputs)
    return { result, written }
  }

  #toCommand(action: ActionFile, script: string, inputs: Inputs = {}): Command {
    const { environment, unexpected } = evaluateInputs(action, inputs, this.#toContexts())
    const list = (names: readonly string[]) => `'${names.join("', '")}'`
    const valid = list(action.inputs.map(({ name }) => name))
    return {
      file: this.#options.node ?? process.execPath,
      args: [join(action.folder, script)],
      env: environment,
      warnings: unexpected.length === 0 ? [] : [`Unexpected input(s) ${list(unexpected)}, valid inputs are [${valid}]`],
    }
  }

  #toContexts() {
    return toContexts({
      environment: this.#environment,
      variables: { ...this.#options.env, ...this.exportedEnv },
      event: this.#options.event ?? pushEvent,
      token: this.#options.token,
      steps: this.#records,
      given: this.#options.contexts ?? {},
    })
  }
}

export type { Job, RunResult }
