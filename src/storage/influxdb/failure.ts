import { HttpError } from '@influxdata/influxdb-client'
import { parseRetryAfter } from '../../http/wait.ts'
import type { InfluxTarget } from '../target.ts'
import { type Answer, readAnswer } from './answer.ts'
import { explainCause, isLasting } from './explain-cause.ts'
import { type Fate, findFate, refusedSome } from './fates.ts'

export interface Failure {
  /** What went wrong and what to change. */
  readonly text: string
  /** What the server says, and what to change where more is known than that it refused something. */
  readonly words: string
  readonly hint: string
  readonly fate: Fate
  /** What the server asks to wait before it is asked again, in ms. */
  readonly retryAfterMs: number
  readonly answer: Answer
}

const noAnswer: Answer = { text: '', rejected: [], dropped: undefined }

/** Says what went wrong with a write: the server's own words, and the likely cause. */
export function explainFailure(error: unknown, target: InfluxTarget, nowMs = Date.now()): Failure {
  if (!(error instanceof HttpError)) {
    const words = nameCause(error)
    return {
      ...{ text: `${words}${explainCause(error)}`, words, hint: '' },
      ...{ fate: isLasting(error) ? 'final' : 'again', retryAfterMs: 0, answer: noAnswer },
    }
  }
  const answer = readAnswer(error.body ?? '')
  const { fate, advice } = findFate(error.statusCode, answer.text, target)
  const status = `${error.statusCode} ${error.statusMessage ?? ''}`.trim()
  const reasons = new Set(answer.rejected.map(({ reason }) => reason).filter((one) => !answer.text.includes(one)))
  const said = [answer.text, ...reasons]
    .join(': ')
    .trim()
    .replace(/[\r\n]\s*/g, ' ')
  const words = [status, said && `"${said}"`].filter(Boolean).join(', ')
  return {
    ...{ text: `${words}, ${advice}`, words, hint: advice === refusedSome ? '' : advice, fate, answer },
    retryAfterMs: parseRetryAfter(String(error.headers?.['retry-after'] ?? ''), nowMs) ?? 0,
  }
}

/** A writing that ended before there was an answer that stays. */
export function explainNoAnswer(text: string): Failure {
  return { text, words: text, hint: '', fate: 'final', retryAfterMs: 0, answer: noAnswer }
}

/** Network errors hold their cause in `code`, and several addresses in `errors`. */
export function nameCause(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.map(nameCause).join('; ')
  const code = (error as NodeJS.ErrnoException).code
  const message = error.message || code || error.name
  return code === undefined || message.includes(code) ? message : `${message} (${code})`
}
