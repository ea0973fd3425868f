import { expect, test } from 'vitest'
import { formatClock, formatNumber, formatPercent, formatValue } from '../../src/compare/format-value.ts'

test.each([
  [0, '0s'],
  [0.04, '0s'],
  [4.25, '4.3s'],
  [9.94, '9.9s'],
  [9.96, '10s'],
  [59.4, '59s'],
  [59.6, '1m 00s'],
  [303, '5m 03s'],
  [432, '7m 12s'],
  [3599.7, '1h 00m 00s'],
  [3723, '1h 02m 03s'],
  [360_000, '100h 00m 00s'],
])('%d seconds are %s', (seconds, text) => {
  expect(formatClock(seconds)).toBe(text)
})

test.each([
  [1, '1'],
  [48_213, '48213'],
  [87.5, '87.5'],
  [0.1 + 0.2, '0.3'],
  [-7.1234567, '-7.12346'],
])('%d is %s', (value, text) => {
  expect(formatNumber(value)).toBe(text)
  expect(formatValue(value, undefined)).toBe(text)
})

test.each([
  [7 * 2 ** 30, '7.0 GiB'],
  [512.25 * 2 ** 20, '512.3 MiB'],
  [48_213, '48213'],
])('%d bytes are %s', (value, text) => {
  expect(formatValue(value, 'bytes')).toBe(text)
})

test.each([
  [0.43, '43 %'],
  [0.4251, '43 %'],
  [-0.2, '20 %'],
  [0.0449, '4.5 %'],
  [0.0996, '10 %'],
  [12, '1200 %'],
])('%d is %s', (ratio, text) => {
  expect(formatPercent(ratio)).toBe(text)
})
