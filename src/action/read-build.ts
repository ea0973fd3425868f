import type { Build, Identity } from '../build/build.ts'
import { cutDeep } from '../build/depth.ts'
import type { JsonObject } from '../build/json.ts'
import { toProperties } from '../build/properties.ts'
import { redactData } from '../build/redact.ts'
import { toEnvProperties, toGithubProperties, toIdentity, toRunnerProperties, toRunUrl } from '../github/context.ts'
import { type JobAnswer, readJob, toApiUrl } from '../github/job.ts'
import { cancelledGitHubMs, maxClockDifferenceMs } from '../limits.ts'
import { explainCut, parseContexts } from './contexts.ts'
import type { Edges } from './edges.ts'
import { formatProblem } from './problem.ts'
import type { Settings } from './settings.ts'
import type { State } from './state.ts'

/**
 * Everything that is known of the build when it ends, and what the owner of the job should know about it.
 * @returns `early`: the build as it was known when it started
 */
export async function readBuild(
  { runner, http, cancel }: Edges,
  settings: Settings,
  state: State | undefined,
  event: JsonObject,
  endMs: number,
): Promise<{ build: Build; early: Identity; warnings: string[] }> {
  const { env } = runner
  const { redact } = runner.log
  const parsed = parseContexts(runner.readInput)
  const contexts = redactData(parsed.contexts, redact)
  const { value: payload, isCut } = cutDeep(event)
  const warnings = [
    ...parsed.problems.map((problem) => `${formatProblem(problem)}. Its values are not known.`),
    ...parsed.warnings,
    ...(isCut ? [explainCut('The event payload')] : []),
  ]
  const early = redactData(toIdentity(env, event, contexts), redact)
  const {
    job,
    clockAheadMs = 0,
    reason,
  } = await Promise.race([
    readJob({ ...early, token: settings.githubToken, apiUrl: toApiUrl(env) }, http),
    waitForCancel(cancel),
  ])
  if (reason !== undefined) {
    warnings.push(
      `The job's exact start is not known: ${reason}. Its start is that of the Build Stats step, and queue_time is left out.`,
    )
  }
  const correctionMs = Math.abs(clockAheadMs) > maxClockDifferenceMs ? Math.round(clockAheadMs) : 0
  const trueEndMs = endMs + correctionMs
  const startMs = job?.startMs ?? (state && state.startMs + correctionMs)
  if (startMs === undefined)
    warnings.push('The start of this job is not known: its main phase left no state. It counts as 0 s.')
  const identity = job === undefined ? early : { ...early, jobId: job.id, url: toRunUrl(env, job.id) }
  const build: Build = {
    ...identity,
    result: typeof contexts.job.status === 'string' ? contexts.job.status : 'unknown',
    startMs: startMs ?? trueEndMs,
    endMs: trueEndMs,
    queueTime: job?.queueTime,
    jobName: job?.name === undefined ? undefined : redact(job.name),
    steps:
      job === undefined
        ? { reason: reason ?? 'GitHub was not asked' }
        : redactData({ ran: job.steps, others: job.otherSteps, late: job.lateSteps }, redact),
    properties: toProperties({
      ...contexts,
      ...redactData(
        {
          runner: toRunnerProperties(env),
          github: toGithubProperties(env),
          event: payload,
          env: toEnvProperties(env),
          own: settings.properties,
        },
        redact,
      ),
    }),
  }
  return { build, early, warnings }
}

async function waitForCancel(cancel: AbortSignal): Promise<JobAnswer> {
  if (!cancel.aborted) await new Promise((resolve) => cancel.addEventListener('abort', resolve, { once: true }))
  await new Promise((resolve) => setTimeout(resolve, cancelledGitHubMs))
  return { job: undefined, clockAheadMs: undefined, reason: 'the job was cancelled before GitHub answered' }
}
