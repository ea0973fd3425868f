import { expect, test } from 'vitest'
import { toBuilder, toDuration } from '../../src/build/build.ts'
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
