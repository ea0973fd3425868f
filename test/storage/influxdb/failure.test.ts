import { HttpError } from '@influxdata/influxdb-client'
import { describe, expect, test } from 'vitest'
import { explainFailure } from '../../../src/storage/influxdb/failure.ts'
import type { Fate } from '../../../src/storage/influxdb/fates.ts'
import type { InfluxTarget } from '../../../src/storage/target.ts'
import { v1, v2, v3 } from '../targets.ts'

const textOf = (error: unknown, target: InfluxTarget = v2) => explainFailure(error, target).text

/** As the failure table has it. */
const fates: Readonly<Record<number, Fate>> = {
  200: 'final',
  302: 'final',
  400: 'lines',
  401: 'final',
  403: 'final',
  404: 'final',
  405: 'final',
  407: 'final',
  409: 'lines',
  408: 'again',
  413: 'smaller',
  418: 'final',
  422: 'lines',
  429: 'again',
  500: 'again',
  501: 'final',
  502: 'again',
  503: 'again',
  504: 'again',
}

test.each(Object.entries(fates))('what becomes of a request that is answered %s: %s', (status, fate) => {
  expect(explainFailure(new HttpError(Number(status), '', ''), v1).fate).toBe(fate)
})

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
      `404 Not Found, "database not found: "ci"", check that the database "ci" exists, and that the url is that of InfluxDB`,
    ],
    [
      v2,
      404,
      '',
      '',
      '404, check that the bucket "ci" and the org exist, and that the server speaks v2 (InfluxDB 1.x takes database instead)',
    ],
    [v3, 404, '', '', `404, check that the database "ci" exists, and that the url is that of InfluxDB`],
    [v2, 407, '', '', '407, the proxy requires other credentials: check HTTP_PROXY and HTTPS_PROXY'],
    [v2, 413, '', '', '413, the server does not accept requests of this size'],
    [v2, 429, '', '', '429, the server limits the rate of requests'],
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
    expect(explainFailure(new HttpError(status, words, body), target)).toMatchObject({
      text,
      fate: fates[status],
      retryAfterMs: 0,
      answer: { rejected: [], dropped: undefined },
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

test.each<[code: string, fate: Fate]>([
  ['ECONNREFUSED', 'again'],
  ['ENOTFOUND', 'again'],
  ['EAI_AGAIN', 'again'],
  ['EHOSTUNREACH', 'again'],
  ['ENETUNREACH', 'again'],
  ['ECONNRESET', 'again'],
  ['ETIMEDOUT', 'again'],
  ['EPIPE', 'again'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'final'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'final'],
  ['CERT_HAS_EXPIRED', 'final'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'final'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'final'],
  ['EPROTO', 'final'],
  ['HPE_INVALID_CONSTANT', 'final'],
  ['ERR_PROXY_INVALID_CONFIG', 'final'],
])('what becomes of a request after %s: %s', (code, fate) => {
  expect(explainFailure(Object.assign(new Error('x'), { code }), v2)).toMatchObject({
    fate,
    retryAfterMs: 0,
    answer: { text: '' },
  })
})

test.each([
  ['7', 7000],
  ['Sun, 06 Nov 1994 08:49:47 GMT', 10_000],
  ['soon', 0],
])('Retry-After: %s is %d ms', (value, retryAfterMs) => {
  const error = new HttpError(503, '', '', undefined, undefined, undefined, { 'retry-after': value })
  expect(explainFailure(error, v2, Date.parse('1994-11-06T08:49:37Z')).retryAfterMs).toBe(retryAfterMs)
})

describe('no answer', () => {
  const refused = (address: string) =>
    Object.assign(new Error(`connect ECONNREFUSED ${address}`), { code: 'ECONNREFUSED' })

  const withCode = (message: string, code: string) => Object.assign(new Error(message), { code })
  const reach = ': check that the server is up, and that this runner can reach it'
  const trust = ": set NODE_EXTRA_CA_CERTS on the runner to a file with the certificate of the server's CA"

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
    [
      withCode('Parse Error: Expected HTTP/', 'HPE_INVALID_CONSTANT'),
      'Parse Error: Expected HTTP/ (HPE_INVALID_CONSTANT): the answer is not HTTP: check that the url is that of InfluxDB',
    ],
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
})
