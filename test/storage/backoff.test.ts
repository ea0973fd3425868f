import { describe, expect, test } from 'vitest'
import { toDelayMs } from '../../src/storage/backoff.ts'

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
