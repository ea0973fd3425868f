import type { IncomingHttpHeaders } from 'node:http'
import { cutText } from '../build/cut-text.ts'
import { parseJson, toObject } from '../build/json.ts'
import type { HttpResponse } from '../http/client.ts'
import { parseRetryAfter } from '../http/wait.ts'

/** Why the API gave no usable answer, and the remedy: a sentence for the owner of the job, without its full stop. */
export class ApiProblem extends Error {
  /** The status of the unusable answer; undefined if there was no answer or no request. */
  readonly status: number | undefined
  /** Whether GitHub's rate limit or the settings allow no further request now. */
  readonly isLimit: boolean

  constructor(
    message: string,
    { cause, status, isLimit = false }: { cause?: unknown; status?: number; isLimit?: boolean } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause })
    this.status = status
    this.isLimit = isLimit
  }
}

const permission = 'give the job `permissions: actions: read`'
const proxy = 'check whether a proxy answers instead'

/** Explains an answer that does not come from the API. */
export function explainForeign(what: string): string {
  return `GitHub did not answer with ${what}; ${proxy}`
}

/** Explains a status that is not a success. */
export function explainStatus(response: HttpResponse): string {
  const { status, statusText } = response
  const message = readMessage(response)
  if (isLimited(response)) {
    const ms = readRetryAfterMs(response.headers)
    const long = ms === undefined ? '' : `, for another ${Math.ceil(ms / 1000)} s`
    return `GitHub's rate limit is used up (${status})${long}; run fewer jobs at the same time, or give github-token a token with its own limit`
  }
  switch (status) {
    case 401:
      return "GitHub does not accept the token (401); leave the input github-token out, or give a valid one (a job's own expires after 24 hours)"
    case 403:
    case 404:
      return `the token may not read it (${status}); ${permission}`
    default: {
      const remedy = status >= 500 ? 'if this lasts, see https://www.githubstatus.com' : proxy
      return `GitHub's answer could not be used: ${[status, message ?? cutText(statusText, 100)].join(' ').trim()}; ${remedy}`
    }
  }
}

/** A primary limit is a 403 or 429 with nothing remaining; a secondary one has `retry-after`, or is only named in the message. */
export function isLimited(response: HttpResponse): boolean {
  const { status, headers } = response
  if (status === 429) return true
  if (status !== 403) return false
  const isOver = headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined
  return isOver || /rate limit|abuse detection/i.test(readMessage(response) ?? '')
}

/** The hourly rate limit of the token. */
export interface RateLimit {
  readonly limit: number
  readonly remaining: number
}

/** Undefined if the server reports no limit. */
export function readRateLimit(headers: IncomingHttpHeaders): RateLimit | undefined {
  const [limit, remaining] = ['limit', 'remaining'].map((name) => {
    const text = headers[`x-ratelimit-${name}`]
    return typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : undefined
  })
  return limit === undefined || limit === 0 || remaining === undefined ? undefined : { limit, remaining }
}

/** Whether so little of the rate limit is left that no further request is sent: the job's own steps use the same limit. */
export function isScarce(rate: RateLimit | undefined, share = 0.1): rate is RateLimit {
  return rate !== undefined && rate.remaining < rate.limit * share
}

export function explainScarce({ limit, remaining }: RateLimit): string {
  return `this token has only ${remaining} of its ${limit} requests to GitHub left for this hour`
}

/** How long the server asks to wait, or the time until a limit is reset, in ms; undefined if it states neither. */
export function readRetryAfterMs(headers: IncomingHttpHeaders): number | undefined {
  const nowMs = Date.parse(headers.date ?? '') || Date.now()
  const askedMs = parseRetryAfter(headers['retry-after'] ?? '', nowMs)
  const reset = headers['x-ratelimit-remaining'] === '0' ? headers['x-ratelimit-reset'] : undefined
  if (askedMs !== undefined || typeof reset !== 'string' || !/^\d{1,11}$/.test(reset)) return askedMs
  return Math.max(0, Number(reset) * 1000 - nowMs)
}

/** GitHub's error message; undefined if there is none, as in the page of a proxy. */
function readMessage({ body }: HttpResponse): string | undefined {
  // The API's errors are short.
  if (body.length > 10_000) return undefined
  const { message } = toObject(parseJson(body.toString('utf8')))
  return typeof message === 'string' ? cutText(message.replace(/[\r\n]\s*/g, ' '), 200) : undefined
}

/** Explains why there is no answer, or only a part of one. */
export function explainNoAnswer(error: unknown, answerMs: number): string {
  const { name, message, code } = error as { name?: string; message?: string; code?: unknown }
  if (name === 'TimeoutError' || name === 'AbortError') return `GitHub did not answer within ${answerMs / 1000} s`
  if (code === 'ERR_INVALID_CHAR')
    return 'the input github-token contains a line break or another character that is not allowed in an HTTP header; leave it out, or give a valid one'
  if (message === 'aborted') return `the connection was closed during GitHub's answer`
  // If several addresses all refuse, the error has no message.
  const why = message || (typeof code === 'string' ? code : 'no connection')
  return `GitHub's answer could not be used: ${why}; check that this runner can reach the API`
}
