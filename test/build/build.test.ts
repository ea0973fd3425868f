import { expect, test } from 'vitest'
import { formatDuration, toBuilder, toDuration } from '../../src/build/build.ts'
import type { JsonObject } from '../../src/build/json.ts'

test.each<[matrix: JsonObject, builder: string]>([
  [{}, 'CI/test'],
  [{ os: 'ubuntu-latest', node: 20 }, 'CI/test (ubuntu-latest, 20)'],
  [{ node: 20, os: 'ubuntu-latest' }, 'CI/test (20, ubuntu-latest)'],
  [{ experimental: false, level: 0, name: '' }, 'CI/test (false, 0)'],
  [{ os: 'linux', include: { a: 1 }, list: ['x'], nothing: null }, 'CI/test (linux, 1, x)'],
  [{ target: { name: 'lint', flags: ['a', ['b', null]] }, empty: {}, none: [] }, 'CI/test (lint, a, b)'],
  [{ version: 3.1 }, 'CI/test (3.1)'],
])('the builder with the matrix %j is %s', (matrix, builder) => {
  expect(toBuilder('CI', 'test', matrix)).toBe(builder)
})

test.each([
  [0, 90_500, 90.5],
  [1000, 1000, 0],
  [1, 2, 0.001],
  [5000, 1000, 0],
])('a build from %d to %d ms lasts %d s', (startMs, endMs, seconds) => {
  expect(toDuration({ startMs, endMs })).toBe(seconds)
})

test.each([
  [0, '0 s'],
  [0.04, '0 s'],
  [0.05, '0.1 s'],
  [59.94, '59.9 s'],
  [59.96, '1 min 0 s'],
  [90.5, '1 min 30.5 s'],
  [3599.99, '1 h 0 min 0 s'],
  [3661.2, '1 h 1 min 1.2 s'],
  [360_000, '100 h 0 min 0 s'],
])('%d seconds are %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text)
})
