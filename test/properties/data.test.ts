import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyData } from './any-data.ts'
import { runPhases } from './phases.ts'
import { numRuns, timeoutMs } from './runs.ts'
import { checkJob } from './sound-job.ts'

test('any bytes as data file', { timeout: timeoutMs }, async () => {
  await fc.assert(
    fc.asyncProperty(anyData, fc.constantFrom('native', 'buildbot'), async (data, layout) => {
      const finished = await runPhases({ data, inputs: { 'github-token': '', layout } })
      const { isValid, points } = checkJob(finished)
      expect(isValid).toBe(true)
      const isBuild = ({ measurement }: { measurement: string }) =>
        layout === 'native' ? measurement === 'build' : measurement === 'CI/test-build-times'
      expect(points.filter(isBuild).length).toBe(layout === 'native' ? 1 : 3)
    }),
    { numRuns },
  )
})
