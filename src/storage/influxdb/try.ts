import type { WriteApi } from '@influxdata/influxdb-client'
import { wait } from '../../http/wait.ts'
import { toDelayMs } from '../backoff.ts'
import { explainEnd, type Writing } from '../storage.ts'
import type { InfluxTarget } from '../target.ts'
import type { Failure } from './failure.ts'

const shortestWaitMs = 20

/** Creates a function that sends a request until there is a final answer or the time is over; it returns the failure, if any. */
export function createTry(api: WriteApi, target: InfluxTarget, writing: Writing) {
  return async (text: string): Promise<Failure | undefined> => {
    let last: Failure | undefined
    for (let attempt = 1; ; attempt++) {
      try {
        api.writeRecord(text)
        await api.flush()
        return undefined
      } catch (error) {
        // Loaded only after a failure, because few jobs need it.
        const { explainFailure } = await import('./failure.ts')
        if (writing.signal.aborted) return await explainLate(last, attempt, writing.signal)
        const failure = explainFailure(error, target)
        if (failure.fate !== 'again') return failure
        last = failure
        const left = writing.remainingMs()
        if (failure.retryAfterMs > 0 && failure.retryAfterMs >= left) {
          const asked = `the server asks to wait ${formatQuiet(failure.retryAfterMs)}, which is longer than the time left`
          return { ...failure, text: `${failure.text}; ${asked}`, fate: 'final' }
        }
        // Waits at most half of the time left, so that there is time for another attempt.
        const delayMs = Math.min(toDelayMs(attempt, failure.retryAfterMs), Math.max(failure.retryAfterMs, left / 2))
        await wait(Math.max(delayMs, shortestWaitMs), writing.signal)
        if (writing.signal.aborted) return await explainLate(last, attempt, writing.signal)
      }
    }
  }
}

async function explainLate(last: Failure | undefined, attempts: number, signal: AbortSignal): Promise<Failure> {
  const { explainNoAnswer } = await import('./failure.ts')
  const end = `before ${explainEnd(signal)}`
  const tries = attempts === 1 ? 'once' : `${attempts} times`
  return explainNoAnswer(last === undefined ? `no answer ${end}` : `${last.text}; tried ${tries} ${end}`)
}

const dayMs = 86_400_000

function formatQuiet(ms: number): string {
  return ms > dayMs ? 'more than a day' : `${Math.ceil(ms / 1000)} s`
}
