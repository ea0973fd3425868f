import { HttpError } from '@influxdata/influxdb-client'
import { describe, expect, test } from 'vitest'
import { explainFailure } from '../../src/storage/influxdb-failure.ts'
import type { InfluxTarget } from '../../src/storage/target.ts'
import { v1, v2, v3 } from './targets.ts'

const { signal } = new AbortController()
const textOf = (error: unknown, target: InfluxTarget = v2) => explainFailure(error, target, signal).text

describe('statuses', () => {
  test.each<[InfluxTarget, status: number, words: string, body: string, text: string]>([
    [
      v1,
      400,
      'Bad Request',
      '{"error":"unable to parse"}',
      '400 Bad Request, "unable to parse", the server refused some or all of the points',
    ],
    [
      v2,
      422,
      '',
      '{"code":"unprocessable entity","message":"bad"}',
      '422, "bad", the server refused some or all of the points',
    ],
    [v1, 401, '', '{"error":"authorization failed"}', '401, "authorization failed", check username and password'],
    [v2, 401, '', '', '401, check the token'],
    [v3, 401, '', '', '401, check the token'],
    [v1, 403, '', '', '403, the user may not write to the database "ci"'],
    [v2, 403, '', '', '403, the token may not write to the bucket "ci"'],
    [v3, 403, '', '', '403, the token may not write to the database "ci"'],
    [
      v1,
      404,
      'Not Found',
      '{"error":"database not found: \\"ci\\""}',
      `404 Not Found, "database not found: "ci"", check that the database "ci" exists, and that the url is InfluxDB's`,
    ],
    [
      v2,
      404,
      '',
      '',
      '404, check that the bucket "ci" and the org exist, and that the server speaks v2 (InfluxDB 1.x takes database instead)',
    ],
    [v3, 404, '', '', `404, check that the database "ci" exists, and that the url is InfluxDB's`],
    [v2, 413, '', '', '413, the server takes no request of this size'],
    [v2, 429, '', '', '429, the server is asked too often'],
    [v2, 302, 'Found', '', "302 Found, redirects are not followed: give the server's own url"],
    [v2, 418, '', '', '418, is this the url of InfluxDB?'],
    [v2, 500, '', '', '500, the server failed'],
    [
      v2,
      503,
      'Service Unavailable',
      '<html>\n  <b>down</b>\n</html>',
      '503 Service Unavailable, "<html> <b>down</b> </html>", the server failed',
    ],
  ])('%j %d', (target, status, words, body, text) => {
    expect(explainFailure(new HttpError(status, words, body), target, signal)).toEqual({
      text,
      isFinal: [401, 403, 404, 407].includes(status),
      dropped: undefined,
    })
  })
})

describe("the server's own words", () => {
  test.each([
    ['{"error":"a\\n\\tb"}', '"a b"'],
    ['{"error":{"message":"nested"}}', 'nested'],
    ['{"other":1}', '"{"other":1}"'],
    ['[1]', '"[1]"'],
    ['null', '"null"'],
    // The log cuts, once secrets are gone: half of one would stay.
    ['x'.repeat(5000), `"${'x'.repeat(5000)}"`],
  ])('case %#', (body, words) => {
    expect(textOf(new HttpError(500, '', body))).toContain(words)
  })
})

test.each<[body: string, dropped: number | undefined]>([
  ['{"error":"partial write: field type conflict: x dropped=1"}', 1],
  ['{"error":"partial write: points beyond retention policy dropped=12"}', 12],
  ['{"code":"invalid","message":"partial write: x dropped=2"}', 2],
  ['{"error":"partial write: no number"}', undefined],
  ['{"error":"write failed dropped=3"}', undefined],
  ['{"error":"partial write: x dropped=4 and more"}', undefined],
  [JSON.stringify({ error: `partial write: ${'x'.repeat(400)} dropped=5` }), 5],
])('of %j, dropped lines', (body, dropped) => {
  expect(explainFailure(new HttpError(400, '', body), v1, signal).dropped).toBe(dropped)
})

test.each([
  [1, 1],
  [99, 99],
  // The list is full: what is behind it nobody knows, and all count as lost.
  [100, undefined],
])('of a list of %d rejected lines, %o are dropped', (length, dropped) => {
  const data = Array.from({ length }, (_, index) => ({ line_number: index + 1, error_message: 'bad' }))
  const body = JSON.stringify({ error: 'partial write of line protocol occurred', data })
  expect(explainFailure(new HttpError(400, '', body), v3, signal)).toMatchObject({ dropped, isFinal: false })
})

test.each([
  ['ECONNREFUSED', true],
  ['ENOTFOUND', true],
  ['EAI_AGAIN', true],
  ['EHOSTUNREACH', true],
  ['ENETUNREACH', true],
  ['ECONNRESET', false],
  ['ETIMEDOUT', false],
  ['EPIPE', false],
])('after %s the next request would fare no better: %s', (code, isFinal) => {
  expect(explainFailure(Object.assign(new Error('x'), { code }), v2, signal).isFinal).toBe(isFinal)
})

describe('no answer', () => {
  const refused = (address: string) =>
    Object.assign(new Error(`connect ECONNREFUSED ${address}`), { code: 'ECONNREFUSED' })

  const withCode = (message: string, code: string) => Object.assign(new Error(message), { code })
  const reach = ': check that the server is up, and that this runner can reach it'
  const trust = ": give the server's own CA to the runner as NODE_EXTRA_CA_CERTS"

  test.each<[unknown, string]>([
    [refused('127.0.0.1:9'), `connect ECONNREFUSED 127.0.0.1:9${reach}`],
    [withCode('getaddrinfo ENOTFOUND influx', 'ENOTFOUND'), `getaddrinfo ENOTFOUND influx${reach}`],
    [withCode('getaddrinfo EAI_AGAIN influx', 'EAI_AGAIN'), `getaddrinfo EAI_AGAIN influx${reach}`],
    [withCode('socket hang up', 'ECONNRESET'), `socket hang up (ECONNRESET)${reach}`],
    [withCode('', 'ETIMEDOUT'), `ETIMEDOUT${reach}`],
    [withCode('', 'EHOSTUNREACH'), `EHOSTUNREACH${reach}`],
    [withCode('', 'ENETUNREACH'), `ENETUNREACH${reach}`],
    [
      withCode('self-signed certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT'),
      `self-signed certificate (DEPTH_ZERO_SELF_SIGNED_CERT)${trust}`,
    ],
    [
      withCode('unable to verify the first certificate', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
      `unable to verify the first certificate (UNABLE_TO_VERIFY_LEAF_SIGNATURE)${trust}`,
    ],
    [
      withCode('unable to get local issuer certificate', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'),
      `unable to get local issuer certificate (UNABLE_TO_GET_ISSUER_CERT_LOCALLY)${trust}`,
    ],
    [withCode('odd', 'EPIPE'), 'odd (EPIPE)'],
    [new TypeError(''), 'TypeError'],
    [
      Object.assign(new AggregateError([refused('::1:9'), refused('127.0.0.1:9')], ''), { code: 'ECONNREFUSED' }),
      `connect ECONNREFUSED ::1:9; connect ECONNREFUSED 127.0.0.1:9${reach}`,
    ],
    [new AggregateError([], ''), 'AggregateError'],
    ['thrown text', 'thrown text'],
    [undefined, 'undefined'],
    [null, 'null'],
  ])('case %#: %s', (error, text) => {
    expect(textOf(error)).toBe(text)
  })

  test('because of the timeout, whatever the error', () => {
    expect(explainFailure(new Error('socket hang up'), v2, AbortSignal.abort())).toEqual({
      text: 'no answer in time (input timeout)',
      isFinal: true,
      dropped: undefined,
    })
  })
})
