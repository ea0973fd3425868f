import type { Build } from '../build/build.ts'
import { cutDeep } from '../build/depth.ts'
import { toProperties } from '../build/properties.ts'
import { redactData } from '../build/redact.ts'
import { toEnvProperties, toGithubProperties, toRunnerProperties, toRunUrl } from '../github/context.ts'
import type { Runner } from '../runner/runner.ts'
import type { AskedBuild } from './ask-build.ts'
import { explainCut } from './contexts.ts'
import type { Settings } from './settings.ts'
import type { State } from './state.ts'

/** Clocks that differ by more are set wrong; below it, GitHub's whole seconds say less than the runner's milliseconds. */
const maxClockDifferenceMs = 2000

/** Everything that is known of the build when it ends, and what the owner of the job should know about it. */
export async function readBuild(
  { env, log: { redact } }: Runner,
  asked: AskedBuild,
  settings: Pick<Settings, 'properties'>,
  state: State | undefined,
): Promise<{ build: Build; warnings: string[] }> {
  const { contexts, early, endMs } = asked
  const { value: payload, isCut } = cutDeep(asked.event)
  const warnings = [...asked.warnings, ...(isCut ? [explainCut('The event payload')] : [])]
  const { job, clockAheadMs = 0, reason } = await asked.answer
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
  return { build, warnings }
}
