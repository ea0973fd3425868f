import { HttpError } from '@influxdata/influxdb-client'
import { isObject } from '../build/json.ts'
import type { InfluxTarget } from './target.ts'

export interface Failure {
  /** What went wrong and what to change. */
  readonly text: string
  /** How many lines of the request were dropped, where the server says so; undefined: all. */
  readonly dropped: number | undefined
}

/** Says what went wrong with a write: the server's own words, and the likely cause. */
export function explainFailure(error: unknown, target: InfluxTarget, signal: AbortSignal): Failure {
  if (signal.aborted) return { text: 'no answer in time (input timeout)', dropped: undefined }
  if (!(error instanceof HttpError)) return { text: nameCause(error), dropped: undefined }
  const answer = readAnswer(error)
  const { statusCode } = error
  const dropped = /^partial write:.* dropped=(\d+)$/s.exec(answer)?.[1]
  return {
    text: [
      `${statusCode} ${error.statusMessage ?? ''}`.trim(),
      answer && `"${answer}"`,
      explainStatus(statusCode, target),
    ]
      .filter(Boolean)
      .join(', '),
    dropped: dropped === undefined ? undefined : Number(dropped),
  }
}

const maxAnswer = 300

/** `error` is v1's and v3's key, `message` v2's; a proxy may answer with anything. */
function readAnswer({ body = '' }: HttpError): string {
  let text = body
  try {
    const json: unknown = JSON.parse(body)
    if (isObject(json)) text = String(json.error ?? json.message ?? body)
  } catch {
    // Not JSON: shown as it is.
  }
  const line = text.trim().replace(/\s+/g, ' ')
  return line.length > maxAnswer ? `${line.slice(0, maxAnswer)}…` : line
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
function nameCause(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.map(nameCause).join('; ')
  const code = (error as NodeJS.ErrnoException).code
  const message = error.message || code || error.name
  return code === undefined || message.includes(code) ? message : `${message} (${code})`
}
