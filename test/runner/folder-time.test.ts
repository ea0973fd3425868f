import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findClockDifference, isOlder, readFolderTime } from '../../src/runner/folder-time.ts'

const folder = mkdtempSync(join(tmpdir(), 'folder-time-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('the time is that of files, and nothing is left behind', () => {
  const timeMs = readFolderTime(folder)
  expect(readdirSync(folder)).toEqual([])
  writeFileSync(join(folder, 'next'), '')
  const nextMs = statSync(join(folder, 'next')).mtimeMs
  expect(nextMs - timeMs).toBeGreaterThanOrEqual(0)
  expect(nextMs - timeMs).toBeLessThan(60_000)
})

test.each([
  [3_600_000, 3_600_000],
  [-5000, -5000],
  // Each was asked at its own moment.
  [1500, 0],
])('a clock that is %d ms ahead is taken for %d', (aheadMs, expected) => {
  const readTime = (path: string) => (path === '/ahead' ? 1_000_000 + aheadMs : 1_000_000)
  expect(findClockDifference('/ahead', '/other', readTime)).toBe(expected)
})

test('a folder that takes no file has no clock of its own', () => {
  expect(findClockDifference(join(folder, 'none'), folder)).toBe(0)
})

test.each([
  [10_500, 10_400, false],
  [10_399, 10_400, false],
  [10_300, 10_400, true],
  // Whole seconds: it may have been written up to a second later.
  [10_000, 10_900, false],
  [9000, 10_900, true],
])('a file of %d is older than %d: %s', (mtimeMs, beganMs, expected) => {
  expect(isOlder(mtimeMs, beganMs)).toBe(expected)
})
