import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyContexts, anyEnvironment, anyEvent, captures } from './any-contexts.ts'
import { runPhases } from './phases.ts'
import { numRuns, timeoutMs } from './runs.ts'
import { checkJob } from './sound-job.ts'

/** Inputs of main must be such as it takes; main sees no steps and `matrix` and `job` as the runner has them. */
test('any JSON, and any text, as contexts', { timeout: timeoutMs }, async () => {
  let valid = 0
  await fc.assert(
    fc.asyncProperty(anyContexts, async (inputs) => {
      const rules = inputs.layout === 'native' ? captures : captures.replace(/,"(tag|field)":"[a-z_]+"/g, '')
      const finished = await runPhases({ inputs: { 'github-token': '', captures: rules, ...inputs } })
      const { isValid, points } = checkJob(finished)
      if (!isValid) return
      valid++
      const builds = points.filter(({ measurement }) => measurement === 'build')
      if (inputs.layout === 'native') expect(builds.length).toBe(1)
      else expect(points.length).toBeGreaterThanOrEqual(3)
    }),
    { numRuns },
  )
  expect(valid).toBeGreaterThan(numRuns / 3)
})

test('any event, and any text in the environment', { timeout: timeoutMs }, async () => {
  await fc.assert(
    fc.asyncProperty(anyEvent, anyEnvironment, async (event, changes) => {
      const finished = await runPhases({
        inputs: { 'github-token': '', captures },
        env: changes,
        ...(event === undefined ? {} : { event }),
      })
      const { isValid, points } = checkJob(finished)
      expect(isValid).toBe(true)
      expect(points.map(({ measurement }) => measurement)).toEqual(['build_start', 'build'])
    }),
    { numRuns },
  )
})
