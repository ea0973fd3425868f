import type { Runner } from '../runner/runner.ts'
import type { Sampler } from '../runner/sampler/start-sampler.ts'
import type { KnownInputs } from './known-inputs.ts'
import type { KnownStorage } from './known-storages.ts'

/** The data that main saves for post. It holds no secrets. */
export interface State extends Partial<KnownInputs> {
  /** The job's start by the runner's clock. */
  readonly startMs: number
  /** Undefined if main was cancelled before it created one. */
  readonly dataFile?: string
  /** The same start by the clock of the file system that the data file is on. */
  readonly filesMs?: number
  /** Keys of the storages that have the start point: post writes it to the others. */
  readonly startWritten: readonly string[]
  /** Where points go; undefined if main could not know because its config comes with a checkout. */
  readonly storages?: readonly KnownStorage[]
  /** With `on-mistake: warn`, the warnings of main: post repeats them in the summary only. */
  readonly warned?: readonly string[]
  /** Marks of the job's earlier Build Stats steps (earlier-steps.ts). */
  readonly earlier: readonly string[]
  /** The sampling process, and whether each sample becomes a point. */
  readonly sampler?: Sampler & { readonly series: boolean }
}

const name = 'build-stats'

export function saveState(runner: Runner, state: State | 'failed'): void {
  runner.saveState(name, JSON.stringify(state))
}

/** `failed` if main has reported invalid settings; undefined if main saved nothing. */
export function readState(runner: Runner): State | 'failed' | undefined {
  const text = runner.readState(name)
  try {
    return text === '' ? undefined : (JSON.parse(text) as State | 'failed')
  } catch {
    // The state is truncated if the runner's disk was full.
    return undefined
  }
}
