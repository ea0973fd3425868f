import { describe, expect, test } from 'vitest'
import { parseRetryAfter, toDelayMs, wait } from '../../src/storage/backoff.ts'

describe('the wait between attempts', () => {
  test.each([
    [1, 250],
    [2, 500],
    [3, 1000],
    [6, 8000],
    [7, 8000],
    [5000, 8000],
  ])('after attempt %d lies between 0 and %d ms', (attempt, most) => {
    expect(toDelayMs(attempt, 0, () => 0)).toBe(0)
    expect(toDelayMs(attempt, 0, () => 0.5)).toBe(most / 2)
    expect(toDelayMs(attempt, 0, () => 1)).toBe(most)
  })

  test('is no less than the server asks for, and jittered on top of it', () => {
    expect(toDelayMs(1, 3000, () => 0)).toBe(3000)
    expect(toDelayMs(1, 3000, () => 1)).toBe(3250)
    expect(toDelayMs(1, -5, () => 0)).toBe(0)
  })

  test('is another each time', () => {
    expect(new Set(Array.from({ length: 20 }, () => toDelayMs(4, 0))).size).toBeGreaterThan(1)
  })
})

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
  ['', 0],
  ['-1', 0],
  ['soon', 0],
  ['undefined', 0],
  ['1e3', 0],
  ['in 2099', 0],
  ['2099', 2_099_000],
  ['2099-01-01', 0],
  ['Sun, 99 Foo 2099', 0],
  ['1, 2', 0],
])('Retry-After: %j is %d ms', (value, ms) => {
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
