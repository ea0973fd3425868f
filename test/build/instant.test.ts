import { describe, expect, test } from 'vitest'
import { parseInstant, toInstant } from '../../src/build/instant.ts'
import type { Json } from '../../src/build/json.ts'

const second = 1_785_585_600n
const ns = second * 10n ** 9n

describe('a number is a time by its size', () => {
  test.each<[number: bigint, time: bigint | undefined]>([
    [second, ns],
    [second * 1000n + 5n, ns + 5_000_000n],
    [second * 1_000_000n + 5n, ns + 5000n],
    [ns + 5n, ns + 5n],
    [10n ** 9n, 10n ** 18n],
    [10n ** 9n - 1n, undefined],
    [10n ** 12n, 10n ** 18n],
    [10n ** 15n, 10n ** 18n],
    [10n ** 18n, 10n ** 18n],
    [0n, undefined],
    [-second, undefined],
    [20_260_801n, undefined],
    [2n ** 63n, undefined],
    [10n ** 12n - 1n, undefined],
  ])('%s', (number, time) => {
    expect(toInstant(number)).toBe(time)
  })
})

describe('the time of a record', () => {
  test.each<[value: Json, time: bigint | undefined]>([
    ['2026-08-01T12:00:00Z', ns],
    ['2026-08-01T12:00:00.5+00:00', ns + 500_000_000n],
    ['2026-08-01T14:00:00+02:00', ns],
    ['2026-08-01 14:00:00 +0200', ns],
    ['2026-08-01t12:00:00.123456789123z', ns + 123_456_789n],
    ['2026-08-01T12:00:00', ns],
    ['2026-08-01T12:00', ns],
    ['2026-08-01', ns - 43_200n * 10n ** 9n],
    [1785585600, ns],
    [1785585600.25, ns + 250_000_000n],
    ['1785585600.123456', ns + 123_456_000n],
    ['1785585600123.5', ns + 123_500_000n],
    [1785585600123, ns + 123_000_000n],
    [' 1785585600 ', ns],
    ['1785585600000000005', ns + 5n],
    ['2026-02-30T00:00:00Z', undefined],
    ['2026-13-01', undefined],
    ['0001-01-01T00:00:00Z', undefined],
    ['12:00', undefined],
    ['yesterday', undefined],
    ['', undefined],
    [12, undefined],
    ['-1785585600', undefined],
    [Number.POSITIVE_INFINITY, undefined],
    [true, undefined],
    [null, undefined],
    [[1785585600], undefined],
  ])('%j', (value, time) => {
    expect(parseInstant(value)).toBe(time)
  })

  test('keeps the digits of a number that a float does not', () => {
    expect(parseInstant(1785585600000000000, '1785585600000000005')).toBe(ns + 5n)
  })
})
