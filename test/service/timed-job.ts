import { secondsAgo } from '../scenario/scenario.ts'
import { type ApiJob, exampleJob } from '../support/github-api.ts'

/** A job that took so long, and its steps one after another. */
export function toTimedJob(seconds: number, steps: Readonly<Record<string, number>> = {}): ApiJob {
  let left = seconds
  const listed = Object.entries(steps).map(([name, duration], index) => {
    const started_at = secondsAgo(left)
    left -= duration
    const times = { started_at, completed_at: secondsAgo(left) }
    return { name, number: index + 1, status: 'completed' as const, conclusion: 'success', ...times }
  })
  return exampleJob({ started_at: secondsAgo(seconds), created_at: secondsAgo(seconds + 5), steps: listed })
}
