import type { ContextValue } from './expression-data.ts'
import type { JobStatus } from './expressions.ts'

export type StepStatus = 'success' | 'failure' | 'cancelled' | 'skipped'

export interface StepResult {
  /** Before `continue-on-error` is applied. */
  readonly outcome: StepStatus
  readonly conclusion: StepStatus
}

type Outputs = ReadonlyMap<string, string>

/** The steps of a job that have ended, in order, and what they make of the job's status. */
export class StepRecords {
  status: JobStatus = 'success'
  readonly #steps = new Map<string, StepResult & { outputs: Outputs }>()

  /** A step without an id counts for the job's status only. */
  add(id: string | undefined, { outcome, conclusion }: StepResult, outputs: Outputs): void {
    if (conclusion === 'failure' && this.status === 'success') this.status = 'failure'
    if (id) this.#steps.set(id, { outputs, outcome, conclusion })
  }

  /** The context `steps`; maps, because the order and the names of outputs are anything. */
  toContext(): ReadonlyMap<string, ContextValue> {
    return new Map([...this.#steps].map(([id, step]) => [id, { ...step }]))
  }

  toObject(): Record<string, StepResult & { outputs: Record<string, string> }> {
    return Object.fromEntries(
      [...this.#steps].map(([id, step]) => [id, { ...step, outputs: Object.fromEntries(step.outputs) }]),
    )
  }
}
