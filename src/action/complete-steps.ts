import { readClockMs } from '../clock.ts'
import type { Job } from '../github/api-job.ts'
import { explainScarce, isScarce } from '../github/api-problem.ts'
import { wait } from '../http/wait.ts'
import type { AskedBuild } from './ask-build.ts'

/** How long to wait until GitHub has recorded the ends of the last steps. */
const pauseMs = 1000
/** Below this share of the rate limit, no request is repeated. */
export const spareShare = 0.2

/**
 * Asks for the job once more if GitHub does not yet report the end of steps that have ended.
 * @param withinMs how long all requests of this phase may take
 * @returns the most complete record of the job, and why GitHub was not asked again or did not answer
 */
export async function completeSteps(
  job: Job,
  { answer, askAgain, askedMs, cancel }: AskedBuild,
  withinMs: number,
): Promise<{ job: Job; reason?: string }> {
  if (job.lateSteps.length === 0 && job.steps.length > 0) return { job }
  const { rate } = await answer
  if (isScarce(rate, spareShare)) return { job, reason: explainScarce(rate) }
  if (askedMs + withinMs - readClockMs() < 2 * pauseMs)
    return { job, reason: 'GitHub took too long to answer the first request' }
  await wait(pauseMs, cancel)
  if (cancel.aborted) return { job, reason: 'the job was cancelled' }
  const leftMs = Math.max(1, Math.floor(askedMs + withinMs - readClockMs()))
  const again = await askAgain(job.id, AbortSignal.any([cancel, AbortSignal.timeout(leftMs)]))
  return again.job === undefined ? { job, ...(again.reason && { reason: again.reason }) } : { job: again.job }
}
