import { describe, expect, it } from 'vitest'
import { openSeconds } from '../../../src/reports/tests/seconds.ts'

describe('openSeconds', () => {
  it.each([
    ['0', 0],
    ['1.5', 1.5],
    ['1.', 1],
    [' 0.012 ', 0.012],
    ['1e-3', 0.001],
    ['5.0E-4', 0.0005],
    ['1,234.5', 1234.5],
    ['12,345,678.9', 12_345_678.9],
    ['1,234,567', 1_234_567],
    ['1,5', 1.5],
    ['0,123', 0.123],
    ['1.234,5', 1234.5],
    ['1 234,5', 1234.5],
    ['1\u202f234,5', 1234.5],
    ['2.5s', 2.5],
    ['00:00:01.2340000', 1.234],
    ['01:02:03', 3723],
    ['1.00:00:01', 86_401],
    [undefined, undefined],
    ['', undefined],
    ['-1', undefined],
    ['NaN', undefined],
    ['soon', undefined],
    ['1,2,3', undefined],
  ])('reads %s as %s', (text, seconds) => {
    expect(openSeconds()(text)).toBe(seconds)
  })

  it.each([
    ['decimals, where nothing else is known', [], 1.234],
    ['decimals after a decimal comma', ['0,5'], 1.234],
    ['thousands after a point', ['0.5'], 1234],
    ['thousands after both', ['1,234.5'], 1234],
    ['decimals after both, the other way around', ['1.234,5'], 1.234],
  ])('reads 1,234 as %s', (_what, before, seconds) => {
    const read = openSeconds()
    for (const text of before) read(text)
    expect(read('1,234')).toBe(seconds)
  })
})
