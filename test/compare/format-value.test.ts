import { expect, test } from 'vitest'
import { formatValue } from '../../src/compare/format-value.ts'

test('a value is a duration, a size or a number', () => {
  expect(formatValue(432, 'seconds')).toBe('7m 12s')
  expect(formatValue(-90, 'seconds')).toBe('−1m 30s')
  expect(formatValue(7_500_000_000, 'bytes')).toBe('7.5 GB')
  expect(formatValue(48_213, undefined)).toBe('48,213')
})
