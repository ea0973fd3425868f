import { HttpError } from '@influxdata/influxdb-client'
import { isObject, type JsonObject } from '../build/json.ts'
import { parseRetryAfter } from './backoff.ts'
import type { InfluxTarget } from './target.ts'

/**
 * What becomes of a request that failed. `again`: it may be taken later. `smaller`: it may be taken in parts. `refused`: this
 * one is not taken. `final`: nor is any other, since credentials or the address are wrong.
 */
export type Fate = 'again' | 'smaller' | 'refused' | 'final'

export interface Failure {
  /** What went wrong and what to change. */
  readonly text: string
  readonly fate: Fate
  /** What the server asks to wait before it is asked again, in ms. */
  readonly retryAfterMs: number
  /** What the server says, where it says why it refused lines. */
  readonly answer: string
  /** How many lines of the request were dropped, where the server says so; undefined: all. */
  readonly dropped: number | undefined
}

/** Says what went wrong with a write: the server's own words, and the likely cause. */
export function explainFailure(error: unknown, target: InfluxTarget, nowMs = Date.now()): Failure {
  if (!(error instanceof HttpError)) {
    const text = `${nameCause(error)}${explainCause(error)}`
    return { text, fate: toNetworkFate(error), retryAfterMs: 0, answer: '', dropped: undefined }
  }
  const { text, dropped } = readAnswer(error)
  const { statusCode } = error
  const status = `${statusCode} ${error.statusMessage ?? ''}`.trim()
  return {
    text: [status, text && `"${text}"`, explainStatus(statusCode, target)].filter(Boolean).join(', '),
    fate: toFate(statusCode),
    retryAfterMs: parseRetryAfter(String(error.headers?.['retry-after'] ?? ''), nowMs),
    answer: error.body ?? '',
    dropped,
  }
}

function toFate(status: number): Fate {
  if (status === 429 || status >= 500) return 'again'
  if (status === 413) return 'smaller'
  // A page that wants a login is a 200; redirects are not followed.
  return [401, 403, 404, 407].includes(status) || status < 400 ? 'final' : 'refused'
}

/** A network that fails may come back. A certificate, a server that speaks something else, or a proxy's address that is none stays as it is. */
function toNetworkFate(error: unknown): Fate {
  const code = String((error as NodeJS.ErrnoException | undefined)?.code)
  return isUntrusted(code) || /^(HPE_|ERR_SSL|ERR_TLS|EPROTO|ERR_PROXY_INVALID_CONFIG|ERR_INVALID_CHAR)/.test(code)
    ? 'final'
    : 'again'
}

/** `error` is v1's and v3's key, `message` v2's; a proxy may answer with anything. */
function readAnswer({ body = '' }: HttpError): { text: string; dropped: number | undefined } {
  let text = body
  let rejected: string[] = []
  try {
    const json: unknown = JSON.parse(body)
    const said = isObject(json) ? (json.error ?? json.message) : undefined
    const inner = isObject(said) ? said.message : said
    if (typeof inner === 'string') text = inner
    if (isObject(json)) rejected = readRejected(json)
  } catch {
    // Not JSON: shown as it is.
  }
  // A list that is full says nothing of what is behind it.
  const rejectedCount = rejected.length < maxRejected ? rejected.length : undefined
  const dropped = rejected.length > 0 ? rejectedCount : countDropped(text)
  return {
    text: [text, ...new Set(rejected)]
      .join(': ')
      .trim()
      .replace(/[\r\n]\s*/g, ' '),
    dropped,
  }
}

const maxRejected = 100

/** v3 gives up to a hundred lines that it rejected, each with its reason. */
function readRejected({ data }: JsonObject): string[] {
  return Array.isArray(data)
    ? data.filter(isObject).map(({ error_message: text }) => (typeof text === 'string' ? text : ''))
    : []
}

/** v1 and v2 count what they could not store; what they could not even parse they quote instead, one after the other. */
function countDropped(text: string): number | undefined {
  const dropped = /partial write:.* dropped=(\d+)\s*$/s.exec(text)?.[1]
  return dropped === undefined ? undefined : Number(dropped) + (text.match(/unable to parse '/g)?.length ?? 0)
}

function explainStatus(status: number, target: InfluxTarget): string {
  const place = target.api === 'v2' ? `the bucket "${target.bucket}"` : `the database "${target.database}"`
  switch (status) {
    case 400:
    case 422:
      return 'the server refused some or all of the points'
    case 401:
      return target.api === 'v1' ? 'check username and password' : 'check the token'
    case 403:
      return `the ${target.api === 'v1' ? 'user' : 'token'} may not write to ${place}`
    case 404:
      return target.api === 'v1' || target.api === 'v3'
        ? `check that ${place} exists, and that the url is InfluxDB's`
        : `check that ${place} and the org exist, and that the server speaks v2 (InfluxDB 1.x takes database instead)`
    case 407:
      return 'the proxy wants other credentials: check HTTP_PROXY and HTTPS_PROXY'
    case 413:
      return 'the server takes no request of this size'
    case 429:
      return 'the server is asked too often'
    default:
      if (status >= 300 && status < 400) return "redirects are not followed: give the server's own url"
      return status >= 500 ? 'the server failed' : 'is this the url of InfluxDB?'
  }
}

/** Network errors hold their cause in `code`, and several addresses in `errors`. */
export function nameCause(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.map(nameCause).join('; ')
  const code = (error as NodeJS.ErrnoException).code
  const message = error.message || code || error.name
  return code === undefined || message.includes(code) ? message : `${message} (${code})`
}

/** The likely cause of a network error, by its code. */
export function explainCause(error: unknown): string {
  const code = String((error as NodeJS.ErrnoException | undefined)?.code)
  if (/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ECONNRESET|ETIMEDOUT)$/.test(code)) {
    return ': check that the server is up, and that this runner can reach it'
  }
  if (code === 'ERR_INVALID_CHAR') return ': check that the token holds no line break'
  if (code.startsWith('HPE_')) return ': what answers there is no HTTP server'
  return isUntrusted(code) ? ": give the server's own CA to the runner as NODE_EXTRA_CA_CERTS" : ''
}

function isUntrusted(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)
}
