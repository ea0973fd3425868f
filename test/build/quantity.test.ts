import { expect, test } from 'vitest'
import { countOf, formatBytes, formatDuration, formatNumber, formatPercent } from '../../src/build/quantity.ts'

test.each([
  [0, '0s'],
  [5e-10, '0.5 ns'],
  [0.000_000_5, '500 ns'],
  [0.001_32, '1.32 ms'],
  [0.04, '40 ms'],
  [0.9994, '999 ms'],
  [0.9996, '1s'],
  [0.000_999_6, '1 ms'],
  [4.25, '4.3s'],
  [9.94, '9.9s'],
  [9.96, '10s'],
  [59.4, '59s'],
  [59.6, '1m 00s'],
  [90.5, '1m 31s'],
  [303, '5m 03s'],
  [3599.7, '1h 00m 00s'],
  [3723, '1h 02m 03s'],
  [360_000, '100h 00m 00s'],
  [-90, '−1m 30s'],
])('%d seconds are %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text)
})

test.each([
  [0, '0'],
  [1204, '1,204'],
  [1_234_567, '1,234,567'],
  [87.5, '87.5'],
  [87.543_21, '87.54'],
  [18_794.12, '18,794'],
  [999.96, '1,000'],
  [0.1 + 0.2, '0.3'],
  [0.000_123_456, '0.0001235'],
  [-12_345, '−12,345'],
  [-0.4, '−0.4'],
  [1e21, '1e+21'],
])('%d is %s', (value, text) => {
  expect(formatNumber(value)).toBe(text)
})

test.each([
  [0.43, '43 %'],
  [0.4251, '43 %'],
  [-0.2, '20 %'],
  [0.0449, '4.5 %'],
  [0.0996, '10 %'],
  [12, '1,200 %'],
])('the ratio %d is %s', (ratio, text) => {
  expect(formatPercent(ratio)).toBe(text)
})

test.each([
  [0, '0 B'],
  [312, '312 B'],
  [999.9, '1,000 B'],
  [4_215_300, '4.22 MB'],
  [-2048, '−2.05 kB'],
  [1e19, '10,000 PB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})

test.each([
  [1, 'point', '1 point'],
  [1204, 'point', '1,204 points'],
  [2, 'repository', '2 repositories'],
])('%d and %s are %s', (count, noun, text) => {
  expect(countOf(count, noun)).toBe(text)
})
