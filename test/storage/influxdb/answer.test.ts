import { describe, expect, test } from 'vitest'
import { readAnswer } from '../../../src/storage/influxdb/answer.ts'
import { maxCpuMs, measureCpuMs, timeoutMs } from './cpu-time.ts'

const retention =
  'partial write: dropped 1 points outside retention policy of duration 1h0m0s - oldest point m at 1970-01-01T00:00:00Z dropped because it violates a Retention Policy Lower Bound at 2026-11-25T00:00:00Z, newest point m at 1970-01-01T00:00:00Z dropped because it violates a Retention Policy Lower Bound at 2026-11-25T00:00:00Z dropped=1 for database: 2ffcfb52283c342b for retention policy: autogen'

describe('how many lines were dropped', () => {
  test.each<[body: string, dropped: number | undefined]>([
    ['{"error":"partial write: field type conflict: x dropped=1"}', 1],
    ['{"error":"partial write: points beyond retention policy dropped=12"}', 12],
    ['{"code":"invalid","message":"partial write: x dropped=2"}', 2],
    ['{"error":"partial write: x dropped=3 for database: ci for retention policy: short"}', 3],
    ['{"error":"partial write: x dropped=3 for database: a dropped=4 for retention policy: b dropped=5 c"}', 3],
    ['{"error":"partial write: input field \\"y dropped=7\\" dropped=3"}', 3],
    [JSON.stringify({ code: 'unprocessable entity', message: `failure writing points to database: ${retention}` }), 1],
    ['{"error":"partial write: no number"}', undefined],
    ['{"error":"write failed dropped=3"}', undefined],
    ['{"error":"partial write: x dropped=4 and more"}', undefined],
    [JSON.stringify({ error: `partial write: ${'x'.repeat(400)} dropped=5` }), 5],
    [
      '{"error":"partial write: unable to parse \'bad line\': invalid field format\\nunable to parse \'b\': missing fields dropped=0 for database: ci"}',
      2,
    ],
  ])('%j: %d', (body, dropped) => {
    expect(readAnswer(body).dropped).toBe(dropped)
  })

  test.each([
    [1, 1],
    [99, 99],
    // The list is full: what is behind it nobody knows.
    [100, undefined],
  ])('of a list of %d rejected lines: %o', (length, dropped) => {
    const data = Array.from({ length }, (_, index) => ({ line_number: index + 1, error_message: 'bad' }))
    const { rejected, ...answer } = readAnswer(
      JSON.stringify({ error: 'partial write of line protocol occurred', data }),
    )
    expect(answer).toEqual({ text: 'partial write of line protocol occurred', dropped })
    expect(rejected.at(-1)).toEqual({ line: length, reason: 'bad' })
  })
})

test('QuestDB gives the line, and stores none', () => {
  const message =
    'failed to parse line protocol:errors encountered on line(s):\nerror in line 3: table: zz, column: x; cast error from protocol type: STRING to column type: DOUBLE'
  expect(readAnswer(JSON.stringify({ code: 'invalid', message, line: 3, errorId: 'f1de8faa4a0b-20' }))).toEqual({
    text: message,
    rejected: [
      { line: 3, reason: 'table: zz, column: x; cast error from protocol type: STRING to column type: DOUBLE' },
    ],
    dropped: undefined,
  })
})

describe('an answer that was cut is read as far as it goes', () => {
  test.each(['', '\\', '\\u', '\\u00', '\\u00a'])('behind %j', (end) => {
    expect(readAnswer(`{"error":"partial write: unable to parse 'm \\"x${end}`).text).toBe(
      'partial write: unable to parse \'m "x',
    )
  })
  test('and where it is none, shown as it is', () => {
    expect(readAnswer('<html>').text).toBe('<html>')
    expect(readAnswer('[1,2').text).toBe('[1,2')
  })
})

test.each([
  ['partial write: ', ''],
  ['partial write: dropped=', '1'],
  [' dropped=1', 'partial write:'],
  ["unable to parse '", 'partial write: '],
])(
  '64 KiB of %j are read in linear time',
  (part, start) => {
    expect(measureCpuMs(() => void readAnswer(start + part.repeat(65_536 / part.length)))).toBeLessThan(maxCpuMs)
  },
  timeoutMs,
)
