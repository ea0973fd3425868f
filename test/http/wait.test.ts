import { describe, expect, test } from 'vitest'
import { parseRetryAfter, wait } from '../../src/http/wait.ts'

const nowMs = Date.parse('1994-11-06T08:49:27Z')
test.each([
  ['0', 0],
  ['1', 1000],
  [' 120 ', 120_000],
  ['1.5', 1500],
  ['Sun, 06 Nov 1994 08:49:37 GMT', 10_000],
  ['Sunday, 06-Nov-94 08:49:37 GMT', 10_000],
  ['Sun Nov  6 08:49:37 1994', 10_000],
  // A date that is over asks for nothing.
  ['Sun, 06 Nov 1994 08:49:17 GMT', 0],
  ['', undefined],
  ['-1', undefined],
  ['soon', undefined],
  ['undefined', undefined],
  ['1e3', undefined],
  ['in 2099', undefined],
  ['2099', 2_099_000],
  ['2099-01-01', undefined],
  ['Sun, 99 Foo 2099', undefined],
  ['1, 2', undefined],
])('Retry-After: %j is %s ms', (value, ms) => {
  expect(parseRetryAfter(value, nowMs)).toBe(ms)
})

describe('waiting', () => {
  test('takes its time', async () => {
    const startMs = performance.now()
    await wait(60, new AbortController().signal)
    expect(performance.now() - startMs).toBeGreaterThan(50)
  })

  test('ends when it is aborted, before or meanwhile', async () => {
    await wait(3_600_000, AbortSignal.abort())
    const controller = new AbortController()
    const waiting = wait(3_600_000, controller.signal)
    controller.abort()
    await waiting
  })
})
