import type { Runner } from '../runner/runner.ts'

/** What main tells post. It holds no setting and no secret. */
export interface State {
  /** By the runner's clock. */
  readonly startMs: number
  readonly dataFile: string
  /** Whether main knew the storages: a `config` may come with the checkout. */
  readonly storagesKnown: boolean
  /** Names of the storages that have the start point. */
  readonly startWritten: readonly string[]
  /** Where the start point is missing and why; fails the job in the end, where `fail-on-error` asks for it. */
  readonly startProblems: readonly string[]
}

const name = 'build-stats'

export function saveState(runner: Runner, state: State | 'failed'): void {
  runner.saveState(name, JSON.stringify(state))
}

/** `failed` when main ended on its settings and has said so; undefined when main left nothing. */
export function readState(runner: Runner): State | 'failed' | undefined {
  const text = runner.readState(name)
  return text === '' ? undefined : (JSON.parse(text) as State | 'failed')
}
