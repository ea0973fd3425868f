import { HttpError } from '@influxdata/influxdb-client'
import { parseRetryAfter } from '../../http/wait.ts'
import type { InfluxTarget } from '../target.ts'
import { type Answer, readAnswer } from './answer.ts'
import { explainCause, isLasting } from './explain-cause.ts'
import { type Fate, findFate, refusedSome } from './fates.ts'

export interface Failure {
  /** What went wrong and what to change. */
  readonly text: string
  /** The server's message, and what to change if more is known than that the server refused points. */
  readonly words: string
  readonly hint: string
  readonly fate: Fate
  /** How long the server asks to wait before the next request, in ms. */
  readonly retryAfterMs: number
  readonly answer: Answer
}

const noAnswer: Answer = { text: '', rejected: [], dropped: undefined }

/** Explains a failed write: the server's own message, and the likely cause. */
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

/** A write that ended before there was a final answer. */
export function explainNoAnswer(text: string): Failure {
  return { text, words: text, hint: '', fate: 'final', retryAfterMs: 0, answer: noAnswer }
}

/** Network errors have their cause in `code`, and an error for each of several addresses in `errors`. */
export function nameCause(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.map(nameCause).join('; ')
  const code = (error as NodeJS.ErrnoException).code
  const message = error.message || code || error.name
  return code === undefined || message.includes(code) ? message : `${message} (${code})`
}
