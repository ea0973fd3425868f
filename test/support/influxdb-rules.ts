import { isUtf8 } from 'node:buffer'
import { gunzipSync } from 'node:zlib'
import { splitLines } from './line-protocol.ts'
import type { LoopbackRequest } from './loopback.ts'

interface Common {
  /** A path that stands before the API's: `/influx`. */
  readonly prefix?: string
  /** Bodies of so many bytes and more must be gzip, smaller ones must not: 1,000. */
  readonly gzipFrom?: number
  /** The most lines that a request may have: 5,000. */
  readonly maxLines?: number
}

/** Which server it is, and what it lets in. Without credentials a request must not bring any. */
export type InfluxDatabase = Common &
  (
    | {
        readonly api: 'v1'
        readonly database: string
        readonly retentionPolicy?: string
        readonly username?: string
        readonly password?: string
      }
    | { readonly api: 'v2'; readonly org: string; readonly bucket: string; readonly token?: string }
    | { readonly api: 'v3'; readonly database: string; readonly token?: string }
  )

/** Something odd, and the status with which a real server would refuse it (400 for what only we forbid). */
export interface Violation {
  readonly status: 400 | 401 | 404 | 405 | 500
  readonly message: string
  /** What the server whose API it is says of it; undefined for what only we forbid. */
  readonly words?: string
}

/** What is odd about a request, its lines left aside; the gravest first. */
export function findViolations(request: LoopbackRequest, database: InfluxDatabase): Violation[] {
  const { headers, method, path } = request
  const violations: Violation[] = []
  const expect = (
    status: Violation['status'],
    what: string,
    actual: string | undefined,
    expected: string | undefined,
    words?: string,
  ) => {
    if (actual === expected) return
    const message = `${what} is ${actual ?? 'missing'} instead of ${expected ?? 'missing'}`
    violations.push({ status, message, ...(words === undefined ? {} : { words }) })
  }

  expect(405, 'the method', method, 'POST')
  expect(404, 'the path', path, `${database.prefix ?? ''}${database.api === 'v1' ? '/write' : '/api/v2/write'}`)
  // Never shown: a failing test's message is no place for a token.
  const isLetIn = headers.authorization === toAuthorization(database)
  if (!isLetIn)
    violations.push({
      status: 401,
      message: `the authorization is ${headers.authorization ? 'wrong' : 'missing'}`,
      words: unauthorized[database.api],
    })
  const expectedQuery = toQuery(database)
  for (const key of new Set([...Object.keys(expectedQuery), ...request.query.keys()])) {
    const values = request.query.getAll(key)
    const value = values.length === 0 ? undefined : values.join(' and ')
    const { status = 400, words } = toWords(database.api, key, value) ?? {}
    expect(status, `the query's ${key}`, value, expectedQuery[key], words)
  }
  expect(400, 'the content-type', headers['content-type'], 'text/plain; charset=utf-8')
  const isChunked = headers['transfer-encoding'] === 'chunked'
  if (!isChunked) expect(400, 'the content-length', headers['content-length'], String(request.body.length))
  return [...violations, ...findBodyViolations(request, database)]
}

function findBodyViolations({ headers, body }: LoopbackRequest, database: InfluxDatabase): Violation[] {
  const { gzipFrom = 1000, maxLines = 5000 } = database
  const encoding = headers['content-encoding']
  let plain = body
  if (encoding === 'gzip') {
    try {
      plain = gunzipSync(body)
    } catch {
      return [odd('the body is said to be gzip and is not')]
    }
  } else if (encoding !== undefined) {
    return [odd(`the content-encoding is ${encoding}`)]
  }
  const lines = splitLines(plain.toString('utf8')).length
  return [
    ...(encoding === 'gzip' && plain.length < gzipFrom ? [odd(`a body of ${plain.length} bytes is gzip`)] : []),
    ...(encoding === undefined && plain.length >= gzipFrom ? [odd(`a body of ${plain.length} bytes is not gzip`)] : []),
    ...(plain.length === 0 ? [odd('the body is empty')] : []),
    ...(isUtf8(plain) ? [] : [odd('the body is no UTF-8')]),
    ...(lines > maxLines ? [odd(`there are ${lines} lines, more than ${maxLines}`)] : []),
  ]
}

const unauthorized = {
  v1: 'authorization failed',
  v2: 'unauthorized access',
  v3: 'the request was not authenticated',
} as const

/** What 1.12.4 and 2.7.12 answer to a parameter that is not right. */
function toWords(
  api: InfluxDatabase['api'],
  key: string,
  value: string | undefined,
): { status: Violation['status']; words: string } | undefined {
  switch (`${api} ${key}`) {
    case 'v1 db':
      return { status: 404, words: `database not found: "${value ?? ''}"` }
    case 'v1 rp':
      return { status: 500, words: `retention policy not found: ${value ?? ''}` }
    case 'v2 org':
      return value === undefined
        ? { status: 400, words: 'Please provide either orgID or org' }
        : { status: 404, words: `organization name "${value}" not found` }
    case 'v2 bucket':
      return { status: 404, words: `bucket "${value ?? ''}" not found` }
    default:
      return undefined
  }
}

function odd(message: string): Violation {
  return { status: 400, message }
}

function toAuthorization(database: InfluxDatabase): string | undefined {
  switch (database.api) {
    case 'v1': {
      const { username, password = '' } = database
      return username === undefined ? undefined : `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
    }
    case 'v2':
      return database.token === undefined ? undefined : `Token ${database.token}`
    case 'v3':
      return database.token === undefined ? undefined : `Bearer ${database.token}`
  }
}

function toQuery(database: InfluxDatabase): Readonly<Record<string, string>> {
  switch (database.api) {
    case 'v1': {
      const { retentionPolicy } = database
      return { db: database.database, ...(retentionPolicy !== undefined && { rp: retentionPolicy }), precision: 'ns' }
    }
    case 'v2':
      return { org: database.org, bucket: database.bucket, precision: 'ns' }
    case 'v3':
      return { bucket: database.database, precision: 'ns' }
  }
}
