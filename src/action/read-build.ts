import type { Build } from '../build/build.ts'
import { cutDeep } from '../build/depth.ts'
import { isObject, type JsonObject } from '../build/json.ts'
import { toProperties } from '../build/properties.ts'
import { appliesTo } from '../capture/matching.ts'
import { readClockMs } from '../clock.ts'
import type { Job } from '../github/api-job.ts'
import { explainScarce, isScarce } from '../github/api-problem.ts'
import {
  toCaller,
  toCircumstances,
  toEnvProperties,
  toGithubProperties,
  toRunnerProperties,
} from '../github/circumstances.ts'
import { toRunUrl } from '../github/context.ts'
import { gitHubMs, maxClockDifferenceMs } from '../limits.ts'
import type { Runner } from '../runner/runner.ts'
import { redactData } from '../secrets/redact.ts'
import { explainCut } from '../settings/contexts.ts'
import type { Settings } from '../settings/settings.ts'
import type { AskedBuild } from './ask-build.ts'
import { completeSteps, spareShare } from './complete-steps.ts'
import type { State } from './state.ts'

/** The build as it is known before GitHub has answered. */
export function toEarlyBuild(
  { env, log: { redact } }: Runner,
  { contexts, startIdentity, endMs, event }: AskedBuild,
  { properties }: Pick<Settings, 'properties'>,
  state: State | undefined,
): Build {
  const { value: payload } = cutDeep(event)
  return {
    ...startIdentity,
    caller: toCaller(env, event, contexts, undefined),
    result: typeof contexts.job.status === 'string' ? contexts.job.status : 'unknown',
    startMs: state?.startMs,
    endMs,
    queueTime: undefined,
    jobName: undefined,
    steps: { reason: 'GitHub was not asked' },
    circumstances: {
      ...redactData(toCircumstances(env, event, contexts.job), redact),
      ...{ runnerLabels: [], runnerGroup: '', isFlaky: false },
    },
    properties: toProperties({
      ...contexts,
      ...redactData(
        {
          // The inputs of a called workflow; those of a dispatched one are in its event.
          inputs: isEmpty(contexts.inputs) && isObject(payload.inputs) ? payload.inputs : contexts.inputs,
          runner: toRunnerProperties(env),
          github: toGithubProperties(env),
          event: payload,
          env: toEnvProperties(env),
          own: properties,
        },
        redact,
      ),
    }),
  }
}

/** The complete build when it ends, and warnings for the owner of the job. */
export async function readBuild(
  runner: Runner,
  asked: AskedBuild,
  settings: Wanted & Pick<Settings, 'properties'>,
  state: State | undefined,
  early = toEarlyBuild(runner, asked, settings, state),
): Promise<{ build: Build; warnings: string[] }> {
  const { env, log } = runner
  const { redact } = log
  const warnings = [...asked.warnings, ...(cutDeep(asked.event).isCut ? [explainCut('The event payload')] : [])]
  const { job: found, clockAheadMs = 0, reason, rate } = await asked.answer
  if (isScarce(rate)) log.info(`Build Stats: GitHub is not asked again: ${explainScarce(rate)}.`)
  const [{ job, problem }, isFlaky] =
    found === undefined
      ? [{ job: undefined }, false]
      : await Promise.all([completeJob(found, asked, settings), findFlaky(found, early.result, asked, settings)])
  if (problem !== undefined) warnings.push(problem)
  if (reason !== undefined) {
    const consequence =
      state === undefined
        ? 'The start and everything that depends on it are left out, because the Build Stats step saved no start time'
        : 'The start of the Build Stats step is used instead, and queue_time is left out'
    warnings.push(`The job's exact start is not known: ${reason}. ${consequence}.`)
  }
  const correctionMs = Math.abs(clockAheadMs) > maxClockDifferenceMs ? Math.round(clockAheadMs) : 0
  const [startMs, endMs] = [early.startMs && early.startMs + correctionMs, early.endMs + correctionMs]
  if (job === undefined) {
    return { build: { ...early, startMs, endMs, steps: { reason: reason ?? 'GitHub was not asked' } }, warnings }
  }
  const jobName = redact(job.name)
  const build: Build = {
    ...early,
    jobId: job.id,
    url: toRunUrl(env, job.id),
    caller: toCaller(env, asked.event, asked.contexts, jobName),
    startMs: job.startMs,
    endMs,
    queueTime: job.queueTime,
    jobName,
    steps: redactData({ ran: job.steps, others: job.otherSteps, late: job.lateSteps }, redact),
    circumstances: {
      ...early.circumstances,
      ...redactData({ runnerLabels: job.labels, runnerGroup: job.group }, redact),
      isFlaky,
    },
  }
  return { build, warnings }
}

type Wanted = Pick<Settings, 'storages' | 'compare' | 'summary' | 'timeoutMs'>

/** Whether the job succeeds although its previous attempt, for the same commit, failed. Only settings that use it cause a request. */
async function findFlaky(
  { name }: Job,
  result: string,
  { startIdentity, answer, askEarlier, askedMs, cancel }: AskedBuild,
  wanted: Wanted,
): Promise<boolean> {
  const { attempt = 1n } = startIdentity
  const { rate } = await answer
  if (attempt < 2n || result !== 'success' || isScarce(rate, spareShare) || !wantsMore(wanted, startIdentity.builder)) {
    return false
  }
  const leftMs = Math.max(1, Math.floor(askedMs + Math.min(gitHubMs, wanted.timeoutMs) - readClockMs()))
  const conclusion = await askEarlier(name, AbortSignal.any([cancel, AbortSignal.timeout(leftMs)]))
  return conclusion === 'failure' || conclusion === 'timed_out'
}

/** Whether any rule or input uses the result of a second request. */
function wantsMore({ storages, compare, summary }: Wanted, builder: string): boolean {
  return hasStepsRule(storages, builder) || compare !== undefined || summary === true
}

function hasStepsRule(storages: Wanted['storages'], ofBuild: string): boolean {
  return storages.some(({ rules, builder = ofBuild }) =>
    rules.some((rule) => rule.kind === 'steps' && appliesTo(rule, builder)),
  )
}

/** The job with the ends of its steps, if any rule or input uses them. */
async function completeJob(found: Job, asked: AskedBuild, wanted: Wanted): Promise<{ job: Job; problem?: string }> {
  const { builder } = asked.startIdentity
  if (!wantsMore(wanted, builder)) return { job: found }
  const { job, reason } = await completeSteps(found, asked, Math.min(gitHubMs, wanted.timeoutMs))
  if (reason === undefined || !hasStepsRule(wanted.storages, builder)) return { job }
  return { job, problem: `GitHub did not report the end of all steps: ${reason}.` }
}

function isEmpty(map: JsonObject): boolean {
  return Object.keys(map).length === 0
}
