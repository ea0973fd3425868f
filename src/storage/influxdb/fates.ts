import type { InfluxTarget } from '../target.ts'

/**
 * What to do about a failed request.
 * - `again`: the server may accept it later.
 * - `smaller`: the server may accept it in parts.
 * - `final`: the server accepts nothing until the settings or the server are changed.
 * - `full`: the server has reached one of its limits, and may accept the points once that is raised.
 * - `old`: points are outside the time range that the database keeps.
 * - `conflict`: the database has another type for a field.
 * - `lines`: the server refuses some of its lines, and accepts the others.
 */
export type Fate = 'again' | 'smaller' | 'final' | 'full' | 'old' | 'conflict' | 'lines'

interface Row {
  /** Undefined: any status from 400 on. */
  readonly status?: readonly number[]
  readonly words?: RegExp
  readonly fate: Fate
  readonly advice?: string | ((target: InfluxTarget) => string)
}

function nameOf(target: InfluxTarget): string {
  return target.api === 'v2' ? `the bucket "${target.bucket}"` : `the database "${target.database}"`
}

function credentialsOf({ api }: InfluxTarget): string {
  return api === 'v1' ? 'check username and password' : 'check the token'
}

function checkPlace(target: InfluxTarget): string {
  return target.api === 'v2'
    ? `check that ${nameOf(target)} and the org exist, and that the server speaks v2 (InfluxDB 1.x takes database instead)`
    : `check that ${nameOf(target)} exists, and that the url is that of InfluxDB`
}

const tooOld = 'the points are outside the time range that the database keeps'

/** The prefixes of messages: 2.x wraps them; 1.x and 2.x write `partial write` if the other points are stored. */
const start = '^(?:failure writing points to database: )?(?:partial write: )?'
/** Used if the answer gives no other reason. */
export const refusedSome = 'the server refused some or all of the points'

/**
 * The first matching row counts. Messages come before statuses, because servers of one API use several statuses for the same problem. Only
 * the beginning of a message is matched: the rest may quote names and lines with any text.
 */
const rows: readonly Row[] = [
  {
    words: /^retention policy not found/,
    fate: 'final',
    advice: (target) => `check the input retention-policy: ${nameOf(target)} has no policy of this name`,
  },
  {
    status: [400],
    words: /^please provide either orgID or org/i,
    fate: 'final',
    advice: 'set org to the name or ID of the organisation',
  },
  { words: /^database not found|^(?:bucket|organization) .{0,300}not found$/s, fate: 'final', advice: checkPlace },
  // QuestDB's answer to a field or tag with the name of its time column.
  {
    status: [500],
    words: /^failed to parse line protocol.{0,500}UnsupportedOperationException/s,
    fate: 'lines',
    advice: 'QuestDB does not accept a field called "timestamp": rename it',
  },
  { words: new RegExp(`${start}points? (?:is |are )?beyond (?:the )?retention`), fate: 'old', advice: tooOld },
  { words: new RegExp(`${start}dropped \\d+ points outside retention policy`), fate: 'old', advice: tooOld },
  { words: new RegExp(`${start}field type conflict`), fate: 'conflict' },
  {
    words: /^failed to parse line protocol.*; cast error from protocol type: [A-Z]+ to column type/s,
    fate: 'conflict',
  },
  { words: new RegExp(`${start}unable to parse '`), fate: 'lines' },
  { status: [413], fate: 'smaller', advice: 'the server does not accept requests of this size' },
  { status: [429], fate: 'again', advice: 'the server limits the rate of requests' },
  {
    words: /^[^"'`]{0,200}\blimit (?:of|exceeded)/,
    fate: 'full',
    advice: 'the server has reached one of its limits: raise that limit, or write fewer series',
  },
  { status: [401], fate: 'final', advice: credentialsOf },
  {
    status: [403],
    fate: 'final',
    advice: (target) => `the ${target.api === 'v1' ? 'user' : 'token'} may not write to ${nameOf(target)}`,
  },
  { status: [404], fate: 'final', advice: checkPlace },
  {
    status: [407],
    fate: 'final',
    advice: 'the proxy requires other credentials: check HTTP_PROXY and HTTPS_PROXY',
  },
  { status: [408], fate: 'again', advice: 'the server timed out while it waited for the request' },
  // The server does not know this request.
  { status: [501, 505], fate: 'final', advice: 'is this the url of InfluxDB?' },
  { status: [400, 409, 422], fate: 'lines', advice: refusedSome },
]

/** Finds what to do about an answer by its status and message, and a clause with what to change. */
export function findFate(status: number, text: string, target: InfluxTarget): { fate: Fate; advice: string } {
  // A login page answers 200; redirects are not followed.
  if (status < 400) {
    const isRedirect = status >= 300
    return {
      fate: 'final',
      advice: isRedirect ? "redirects are not followed: give the server's own url" : 'is this the url of InfluxDB?',
    }
  }
  const row = rows.find((one) => (one.status?.includes(status) ?? true) && (one.words?.test(text) ?? true))
  if (row !== undefined) {
    const { fate, advice = refusedSome } = row
    return { fate, advice: typeof advice === 'string' ? advice : advice(target) }
  }
  if (status >= 500) return { fate: 'again', advice: 'the server failed' }
  return { fate: 'final', advice: 'is this the url of InfluxDB?' }
}
