import { chownSync } from 'node:fs'
import { createCommandFiles, type FileCommands, readCommandFiles } from './command-files.ts'
import { type ProcessResult, runProcess } from './process.ts'
import { applyChanges, type Environment } from './runner-environment.ts'
import type { StepResult } from './step-records.ts'
import { type Annotation, maskText, parseWorkflowCommands } from './workflow-commands.ts'

export interface RunResult extends ProcessResult, StepResult {
  readonly annotations: readonly Annotation[]
  /** What the log shows: commands resolved, masks applied. */
  readonly log: string
}

/** An annotation and the step that made it: `main`, `post` or a step's id. */
export type JobAnnotation = Annotation & { readonly step: string }

export interface Command {
  readonly file: string
  readonly args: readonly string[]
  /** Beyond what every step has: inputs, state. */
  readonly env: Environment
  /** What the runner warns of before it starts the process. */
  readonly warnings?: readonly string[]
}

export interface StepRun {
  /** `main`, `post` or the step's id. */
  readonly step: string
  readonly env?: Environment
  readonly continueOnError?: boolean
  /** Whether the step's `if:` holds now; asked again when the job is cancelled. */
  readonly isWanted: () => boolean
  /** Asked only of a step that is wanted. */
  readonly command: () => Command
}

export interface RunnerOptions {
  readonly timeoutMs?: number | undefined
  readonly memory?: boolean | undefined
  /** The user that actions run as, in a container: the one of this process unless given. */
  readonly user?: number | undefined
  /** Breaks what the runner gives a phase of the action: variables that stand for others. */
  readonly broken?: ((step: string, given: Environment) => Environment) | undefined
  readonly onOutput?: ((text: string, stream: 'stdout' | 'stderr') => void) | undefined
}

const DEFAULT_TIMEOUT_MS = 60_000
/** What the runner leaves a cancelled process between SIGINT, SIGTERM and its end (ProcessInvoker.cs). */
const SIGINT_GRACE_MS = 7_500
const SIGTERM_GRACE_MS = 2_500

/** Runs the steps of a job one after the other, and keeps what one leaves for those after it. */
export class StepRunner {
  readonly annotations: JobAnnotation[] = []
  readonly masks: string[] = []
  exportedEnv: Environment = {}

  readonly #environment: Environment
  readonly #cwd: string
  readonly #options: RunnerOptions
  #path: readonly string[] = []
  #interrupt: (() => void) | undefined
  #signal: ((name: NodeJS.Signals) => void) | undefined

  constructor(environment: Environment, cwd: string, options: RunnerOptions) {
    this.#environment = environment
    this.#cwd = cwd
    this.#options = options
  }

  /** @param secrets values that the log masks, beside those that steps add */
  async run(run: StepRun, secrets: readonly string[]): Promise<{ result: RunResult; written: FileCommands }> {
    const files = createCommandFiles(this.#environment.RUNNER_TEMP ?? this.#cwd)
    const { user } = this.#options
    if (user !== undefined) for (const path of Object.values(files)) chownSync(path, user, user)
    if (!run.isWanted()) return { result: skipped, written: readCommandFiles(files) }

    const { file, args, env, warnings = [] } = run.command()
    const given = { ...this.#toEnvironment(run.step), ...run.env, ...env, ...files }
    let interrupted = false
    const timers: NodeJS.Timeout[] = []
    const printed = await runProcess(file, args, {
      cwd: this.#cwd,
      env: { ...given, ...this.#options.broken?.(run.step, given) },
      timeoutMs: this.#options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      memory: this.#options.memory,
      user: run.step === 'main' || run.step === 'post' ? this.#options.user : undefined,
      onOutput: this.#options.onOutput,
      onStart: (signal) => {
        this.#signal = signal
        this.#interrupt = () => {
          if (interrupted || run.isWanted()) return
          interrupted = true
          signal('SIGINT')
          timers.push(setTimeout(signal, SIGINT_GRACE_MS, 'SIGTERM'))
          timers.push(setTimeout(signal, SIGINT_GRACE_MS + SIGTERM_GRACE_MS, 'SIGKILL'))
        }
      },
    })
    this.#interrupt = undefined
    this.#signal = undefined
    timers.forEach(clearTimeout)

    const written = readCommandFiles(files)
    this.exportedEnv = { ...this.exportedEnv, ...Object.fromEntries(written.env) }
    this.#path = [...this.#path.filter((folder) => !written.path.includes(folder)), ...written.path]
    const failed = printed.exitCode !== 0 || written.failed
    const outcome = interrupted ? 'cancelled' : failed ? 'failure' : 'success'
    const conclusion = outcome === 'failure' && run.continueOnError ? 'success' : outcome
    const told = this.#tell(run.step, printed, warnings, written.errors, secrets)
    return { result: { ...printed, outcome, conclusion, ...told }, written }
  }

  /** The step that runs now, if it does not want to go on in a cancelled job, is ended as the runner does it. */
  interrupt(): void {
    this.#interrupt?.()
  }

  /** Sends a signal to the step that runs now, whatever it wants. */
  signal(name: NodeJS.Signals): void {
    this.#signal?.(name)
  }

  /** Keeps annotations and masks, and gives back this step's part. */
  #tell(
    step: string,
    { stdout, stderr, startError }: ProcessResult,
    warnings: readonly string[],
    fileErrors: readonly string[],
    secrets: readonly string[],
  ): Pick<RunResult, 'annotations' | 'log'> {
    const commands = [stdout, stderr].map(parseWorkflowCommands)
    const errors = startError === undefined ? fileErrors : [startError, ...fileErrors]
    const annotations: Annotation[] = [
      ...warnings.map((message) => ({ level: 'warning' as const, message, properties: {} })),
      ...commands.flatMap((parsed) => parsed.annotations),
      ...errors.map((message) => ({ level: 'error' as const, message, properties: {} })),
    ]
    this.annotations.push(...annotations.map((annotation) => ({ ...annotation, step })))
    this.masks.push(...commands.flatMap(({ masks }) => masks))
    const lines = [
      ...warnings.map((message) => `Warning: ${message}`),
      ...commands.flatMap(({ log }) => log),
      ...errors.map((message) => `Error: ${message}`),
    ]
    return { annotations, log: maskText(lines.join('\n'), [...this.masks, ...secrets]) }
  }

  /** What steps exported wins over the job's `env:`, and what the runner itself sets over both. */
  #toEnvironment(step: string): Environment {
    const runners = Object.entries(this.#environment).filter(([name]) => /^(GITHUB|RUNNER)_/.test(name))
    const environment = { ...this.#environment, ...this.exportedEnv, ...Object.fromEntries(runners) }
    const path = [...this.#path.toReversed(), environment.PATH].filter((folder) => folder !== undefined)
    const action = step === 'main' || step === 'post' ? '__self' : step || '__run'
    return applyChanges(environment, { PATH: path.join(':'), GITHUB_ACTION: action })
  }
}

const skipped: RunResult = {
  exitCode: null,
  signal: null,
  stdout: '',
  stderr: '',
  durationMs: 0,
  timedOut: false,
  outcome: 'skipped',
  conclusion: 'skipped',
  annotations: [],
  log: '',
}
