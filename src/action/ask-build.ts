import type { Identity } from '../build/build.ts'
import type { JsonObject } from '../build/json.ts'
import { readClockMs } from '../clock.ts'
import { readEvent, toIdentity } from '../github/context.ts'
import { readEarlierConclusion } from '../github/earlier-attempt.ts'
import { type JobAnswer, readJob, toApiUrl } from '../github/job.ts'
import { watchSent } from '../http/client.ts'
import { cancelledGitHubMs } from '../limits.ts'
import type { ReadInput } from '../runner/input-names.ts'
import { redactData } from '../secrets/redact.ts'
import { type Contexts, parseContexts } from '../settings/contexts.ts'
import { formatProblem } from '../settings/problem.ts'
import { type KnownInputs, readEndInputs } from './known-inputs.ts'
import type { Outside } from './phase.ts'
import { readState, type State } from './state.ts'

/** The build as the environment and the contexts describe it, and the request that asks GitHub for the rest. */
export interface AskedBuild {
  /** When the job ended, by the runner's clock. */
  readonly endMs: number
  /** The state that main saved. */
  readonly state: State | 'failed' | undefined
  /** Reads the inputs of post, and those of main that it has lost. */
  readonly readInput: ReadInput
  readonly contexts: Contexts
  /** The build as it was known when it started. */
  readonly startIdentity: Identity
  readonly event: JsonObject
  /** Never rejects, and neither does asking again. */
  readonly answer: Promise<JobAnswer>
  /** Resolves when the request has been sent, or will not be. */
  readonly sent: Promise<void>
  /** When GitHub was asked, by clock.ts. */
  readonly askedMs: number
  askAgain(jobId: bigint, signal: AbortSignal): Promise<JobAnswer>
  /** Asks for the conclusion of the job of that name in the previous attempt. */
  askEarlier(name: string, signal: AbortSignal): Promise<string | undefined>
  readonly cancel: AbortSignal
  readonly warnings: readonly string[]
}

const unasked: JobAnswer = { job: undefined, clockAheadMs: undefined, reason: 'GitHub was not asked', rate: undefined }

/** Sends the request at once, unless main failed: the rest of the phase is loaded meanwhile. */
export function askForBuild({ runner, http, cancel }: Outside): AskedBuild {
  const { env } = runner
  const endMs = runner.now()
  const { redact } = runner.log
  const event = readEvent(env)
  const state = readState(runner)
  const { read: readInput, warnings: inputWarnings } = readEndInputs(runner.readInput, ...toKnown(state))
  const parsed = parseContexts(readInput)
  const contexts = redactData(parsed.contexts, redact)
  const startIdentity = redactData(toIdentity(env, event, contexts, readInput('builder')), redact)
  const token = readInput('github-token') || undefined
  const query = { ...startIdentity, token, apiUrl: toApiUrl(env) }
  const askedMs = readClockMs()
  const watched = watchSent(http)
  const answer =
    state === 'failed' ? Promise.resolve(unasked) : Promise.race([readJob(query, watched.http), waitForCancel(cancel)])
  const sent = Promise.race([watched.sent, answer.then(() => {})])
  const askAgain = (jobId: bigint, signal: AbortSignal) => readJob({ ...query, jobId }, http, signal)
  const askEarlier = (name: string, signal: AbortSignal) => readEarlierConclusion(query, name, http, signal)
  const warnings = [
    ...inputWarnings,
    ...parsed.problems.map((problem) => `${formatProblem(problem)}. Its values are ignored.`),
    ...parsed.warnings,
  ]
  const known = { endMs, state, readInput, contexts, startIdentity, event, warnings }
  return { ...known, answer, sent, askedMs, askAgain, askEarlier, cancel }
}

function toKnown(state: State | 'failed' | undefined): [KnownInputs | undefined, hasConfig: boolean] {
  if (state === undefined || state === 'failed' || state.inputs === undefined) return [undefined, false]
  return [{ inputs: state.inputs, otherInputs: state.otherInputs ?? [] }, state.storages !== undefined]
}

async function waitForCancel(cancel: AbortSignal): Promise<JobAnswer> {
  if (!cancel.aborted) await new Promise((resolve) => cancel.addEventListener('abort', resolve, { once: true }))
  await new Promise((resolve) => setTimeout(resolve, cancelledGitHubMs))
  return {
    job: undefined,
    clockAheadMs: undefined,
    reason: 'the job was cancelled before GitHub answered',
    rate: undefined,
  }
}
