import type { Build } from '../build/build.ts'
import { cutDeep } from '../build/depth.ts'
import { isObject, type JsonObject } from '../build/json.ts'
import { toProperties } from '../build/properties.ts'
import { appliesTo } from '../capture/matching.ts'
import { explainScarce, isScarce } from '../github/api-problem.ts'
import { toCaller, toEnvProperties, toGithubProperties, toRunnerProperties, toRunUrl } from '../github/context.ts'
import type { Job } from '../github/job.ts'
import { gitHubMs, maxClockDifferenceMs } from '../limits.ts'
import type { Runner } from '../runner/runner.ts'
import { redactData } from '../secrets/redact.ts'
import { explainCut } from '../settings/contexts.ts'
import type { Settings } from '../settings/settings.ts'
import type { AskedBuild } from './ask-build.ts'
import { completeSteps } from './complete-steps.ts'
import type { State } from './state.ts'

/** Everything that is known of the build when it ends, and what the owner of the job should know about it. */
export async function readBuild(
  { env, log }: Runner,
  asked: AskedBuild,
  settings: Pick<Settings, 'properties' | 'storages' | 'compare' | 'summary' | 'timeoutMs'>,
  state: State | undefined,
): Promise<{ build: Build; warnings: string[] }> {
  const { redact } = log
  const { contexts, startIdentity, endMs } = asked
  const { value: payload, isCut } = cutDeep(asked.event)
  const warnings = [...asked.warnings, ...(isCut ? [explainCut('The event payload')] : [])]
  const { job: found, clockAheadMs = 0, reason, rate } = await asked.answer
  if (isScarce(rate)) log.info(`Build Stats: GitHub is asked for nothing more: ${explainScarce(rate)}.`)
  const { job, problem } = found === undefined ? { job: undefined } : await completeJob(found, asked, settings)
  if (problem !== undefined) warnings.push(problem)
  if (reason !== undefined) {
    const start = state === undefined ? 'It' : 'Its start is that of the Build Stats step, and queue_time'
    const left = state === undefined ? ' is left out with all that depends on it: main left no state' : ' is left out'
    warnings.push(`The job's exact start is not known: ${reason}. ${start}${left}.`)
  }
  const correctionMs = Math.abs(clockAheadMs) > maxClockDifferenceMs ? Math.round(clockAheadMs) : 0
  const trueEndMs = endMs + correctionMs
  const startMs = job?.startMs ?? (state && state.startMs + correctionMs)
  const identity = job === undefined ? startIdentity : { ...startIdentity, jobId: job.id, url: toRunUrl(env, job.id) }
  const name = job === undefined ? undefined : redact(job.name)
  const build: Build = {
    ...identity,
    caller: toCaller(env, asked.event, contexts, name),
    result: typeof contexts.job.status === 'string' ? contexts.job.status : 'unknown',
    startMs,
    endMs: trueEndMs,
    queueTime: job?.queueTime,
    jobName: name,
    steps:
      job === undefined
        ? { reason: reason ?? 'GitHub was not asked' }
        : redactData({ ran: job.steps, others: job.otherSteps, late: job.lateSteps }, redact),
    properties: toProperties({
      ...contexts,
      ...redactData(
        {
          // A called workflow's own; those of a dispatched one are in its event.
          inputs: isEmpty(contexts.inputs) && isObject(payload.inputs) ? payload.inputs : contexts.inputs,
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
  return { build, warnings }
}

/** The job with the ends of its steps, where somebody looks at them. */
async function completeJob(
  found: Job,
  asked: AskedBuild,
  { storages, compare, summary, timeoutMs }: Pick<Settings, 'storages' | 'compare' | 'summary' | 'timeoutMs'>,
): Promise<{ job: Job; problem?: string }> {
  const hasRule = storages.some(({ rules, builder = asked.startIdentity.builder }) =>
    rules.some((rule) => rule.kind === 'steps' && appliesTo(rule, builder)),
  )
  if (!hasRule && compare === undefined && summary !== true) return { job: found }
  const { job, reason } = await completeSteps(found, asked, Math.min(gitHubMs, timeoutMs))
  if (reason === undefined || !hasRule) return { job }
  return { job, problem: `GitHub told nothing more of the steps that it does not report as over: ${reason}.` }
}

function isEmpty(map: JsonObject): boolean {
  return Object.keys(map).length === 0
}
