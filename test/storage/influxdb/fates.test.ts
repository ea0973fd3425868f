import { expect, test } from 'vitest'
import { readAnswer } from '../../../src/storage/influxdb/answer.ts'
import { type Fate, findFate } from '../../../src/storage/influxdb/fates.ts'
import { v1, v2 } from '../targets.ts'

/** What servers answer, verbatim. */
test.each<[server: string, status: number, body: string, fate: Fate, advice: RegExp]>([
  ['1.12.4', 500, '{"error":"retention policy not found: nope"}', 'final', /the input retention-policy/],
  ['1.6.7', 404, '{"error":"database not found: \\"nope\\""}', 'final', /check that the database "ci" exists/],
  ['a gateway', 429, '{"message":"API rate limit exceeded"}', 'again', /limits the rate of requests/],
  ['a gateway', 413, '{"message":"Request size limit exceeded"}', 'smaller', /not accept requests of this size/],
  ['1.12.4', 401, '{"error":"authorization failed"}', 'final', /check username and password/],
  [
    '1.12.4',
    400,
    '{"error":"partial write: field type conflict: input field \\"src\\\\\\\\main.ts\\" on measurement \\"cover\\" is type string, already exists as type float dropped=1 for database: ci for retention policy: short"}',
    'conflict',
    /refused some or all/,
  ],
  [
    '1.12.4',
    400,
    '{"error":"partial write: dropped 2 points outside retention policy of duration 1h0m0s - oldest point m at 1970-01-01T00:00:00.000000005Z dropped because it violates a Retention Policy Lower Bound at 2026-11-28T19:42:30.526223712Z, newest point m at 1970-01-01T00:00:00.000000007Z dropped because it violates a Retention Policy Lower Bound at 2026-11-28T19:42:30.526223712Z dropped=2 for database: ci for retention policy: short"}',
    'old',
    /are outside the time range that the database keeps/,
  ],
  [
    '1.6.7',
    400,
    '{"error":"partial write: points beyond retention policy dropped=1"}',
    'old',
    /outside the time range/,
  ],
  [
    '1.12.4',
    400,
    '{"error":"partial write: max-series-per-database limit exceeded: (1000000) dropped=1"}',
    'full',
    /one of its limits/,
  ],
  [
    '1.12.4',
    400,
    '{"error":"partial write: max-values-per-tag limit exceeded (100000/100000): measurement=\\"m\\" tag=\\"t\\" value=\\"v\\" dropped=1"}',
    'full',
    /one of its limits/,
  ],
  [
    '1.12.4',
    400,
    '{"error":"partial write: unable to parse \'bad line\': invalid field format\\nunable to parse \'other bad\': invalid field format dropped=0 for database: ci"}',
    'lines',
    /refused some or all/,
  ],
  [
    '1.12.4',
    400,
    '{"error":"partial write: invalid field name: input field \\"time\\" on measurement \\"m\\" is invalid dropped=1 for database: ci for retention policy: autogen"}',
    'lines',
    /refused some or all/,
  ],
  [
    '2.7.12',
    400,
    '{"code":"invalid","message":"Please provide either orgID or org"}',
    'final',
    /set org to the name or ID/,
  ],
  [
    '2.7.12',
    404,
    '{"code":"not found","message":"organization name \\"nope\\" not found"}',
    'final',
    /the bucket "ci" and the org exist/,
  ],
  ['2.7.12', 404, '{"code":"not found","message":"bucket \\"nope\\" not found"}', 'final', /the bucket "ci"/],
  ['2.7.12', 401, '{"code":"unauthorized","message":"unauthorized access"}', 'final', /check the token/],
  [
    '2.7.12',
    400,
    '{"code":"invalid","message":"unable to parse \'z9,_field=x v=1 1\': cannot use reserved tag key \\"_field\\""}',
    'lines',
    /refused some or all/,
  ],
  [
    '2.7.12',
    422,
    '{"code":"unprocessable entity","message":"failure writing points to database: partial write: field type conflict: input field \\"f\\\\\\"x\\" on measurement \\"m\\\\\\"q\\" is type integer, already exists as type float dropped=1"}',
    'conflict',
    /refused some or all/,
  ],
  [
    'VictoriaMetrics 1.151',
    400,
    'cannot process influx line protocol data: incorrect influx line "bad\\nm x=1": cannot find Whitespace I in "bad"; see https://docs.victoriametrics.com/victoriametrics/integrations/influxdb/\n',
    'lines',
    /refused some or all/,
  ],
  [
    'QuestDB 9.3.4',
    500,
    '{"code":"internal error","message":"failed to parse line protocol:errors encountered on line(s):write error: m, error: java.lang.UnsupportedOperationException","line":2,"errorId":"f1de8faa4a0b-19"}',
    'lines',
    /not accept a field called "timestamp"/,
  ],
  [
    'QuestDB 9.3.4',
    400,
    '{"code":"invalid","message":"failed to parse line protocol:errors encountered on line(s):\\nerror in line 1: table: m, column: x; cast error from protocol type: STRING to column type: DOUBLE","line":1,"errorId":"f1de8faa4a0b-2"}',
    'conflict',
    /refused some or all/,
  ],
  [
    'InfluxDB 3 Core',
    422,
    '{"error":"Adding a new table would exceed limit of 2000 tables per database","data":null}',
    'full',
    /one of its limits/,
  ],
  ['any', 500, '{"error":"timeout"}', 'again', /the server failed/],
  ['any', 503, '<html>retention policy not found</html>', 'again', /the server failed/],
])('%s answers %d %s: %s', (_, status, body, fate, advice) => {
  const found = findFate(status, readAnswer(body).text, status === 404 && body.includes('code') ? v2 : v1)
  const target = body.includes('"code":"unauthorized"') ? v2 : undefined
  expect(target === undefined ? found : findFate(status, readAnswer(body).text, target)).toEqual({
    fate,
    advice: expect.stringMatching(advice),
  })
})

test.each([
  'retention policy not found: x',
  'database not found: x',
  'limit exceeded',
  'points beyond retention policy',
])('what is quoted in an answer decides nothing: %s', (text) => {
  const quoted = `unable to parse 'm,_field=a msg="${text}" 1': cannot use reserved tag key "_field"`
  expect(findFate(400, quoted, v2).fate).toBe('lines')
  const named = `partial write: field type conflict: input field "${text}" on measurement "m" is type string, already exists as type float dropped=1`
  expect(findFate(400, named, v1).fate).toBe('conflict')
  expect(findFate(400, `cannot process influx line protocol data: incorrect influx line "${text}"`, v1).fate).toBe(
    'lines',
  )
})
