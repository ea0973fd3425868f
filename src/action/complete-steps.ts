import { readClockMs } from '../clock.ts'
import type { Job } from '../github/api-job.ts'
import { explainScarce, isScarce } from '../github/api-problem.ts'
import { wait } from '../http/wait.ts'
import type { AskedBuild } from './ask-build.ts'

/** What GitHub is given to hear of the last steps' ends. */
const pauseMs = 1000
/** Below this share of the rate limit nothing is asked twice. */
export const spareShare = 0.2

/**
 * Asks for the job once more where steps of it are over that GitHub does not report as over.
 * @param withinMs what all requests of this phase may take
 * @returns the job as it is known best, and why GitHub was not asked again or did not answer
 */
export async function completeSteps(
  job: Job,
  { answer, askAgain, askedMs, cancel }: AskedBuild,
  withinMs: number,
): Promise<{ job: Job; reason?: string }> {
  if (job.lateSteps.length === 0 && job.steps.length > 0) return { job }
  const { rate } = await answer
  if (isScarce(rate, spareShare)) return { job, reason: explainScarce(rate) }
  if (askedMs + withinMs - readClockMs() < 2 * pauseMs) return { job, reason: 'its first answer took too long' }
  await wait(pauseMs, cancel)
  if (cancel.aborted) return { job, reason: 'the job was cancelled' }
  const leftMs = Math.max(1, Math.floor(askedMs + withinMs - readClockMs()))
  const again = await askAgain(job.id, AbortSignal.any([cancel, AbortSignal.timeout(leftMs)]))
  return again.job === undefined ? { job, ...(again.reason && { reason: again.reason }) } : { job: again.job }
}
