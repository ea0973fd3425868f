import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readCpuMs } from '../../src/runner/cpu-time.ts'

test.runIf(existsSync('/proc/self/stat'))('the time that a process has computed grows while it computes', async () => {
  const before = readCpuMs(process.pid) ?? Number.NaN
  const endMs = performance.now() + 8000
  let now = before
  // A machine that is busy takes a while to give so much.
  while (now < before + 50 && performance.now() < endMs) now = readCpuMs(process.pid) ?? Number.NaN
  expect(now).toBeGreaterThanOrEqual(before + 50)
})

test.each([undefined, 0, -1, 2 ** 30])('of the process %s nothing is known', (pid) => {
  expect(readCpuMs(pid)).toBeUndefined()
})
