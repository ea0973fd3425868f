import fc from 'fast-check'
import { test } from 'vitest'
import { anyConfig, anyInputs } from './any-inputs.ts'
import { runPhases } from './phases.ts'
import { numRuns, timeoutMs } from './runs.ts'
import { checkJob } from './sound-job.ts'

const env = { NAME: 'stats' }

test('any text as any input, in any file as config', { timeout: timeoutMs }, async () => {
  await fc.assert(
    fc.asyncProperty(anyInputs, anyConfig, async (inputs, config) => {
      const finished = await runPhases({
        env,
        // Nothing waits for a server: the token is empty, so that no API is asked.
        inputs: { 'github-token': '', timeout: '0.05', ...inputs },
        files: { 'stats.yml': config },
      })
      checkJob(
        finished,
        /true/i.test(inputs['fail-on-error'] ?? '') || finished.post.stdout.includes('was not captured'),
      )
    }),
    { numRuns },
  )
})

test('any config', { timeout: timeoutMs }, async () => {
  await fc.assert(
    fc.asyncProperty(anyConfig, async (config) => {
      const inputs = { 'github-token': '', timeout: '0.05', file: '', config: 'stats.yml' }
      const finished = await runPhases({ env, inputs, files: { 'stats.yml': config } })
      checkJob(finished, finished.post.stdout.includes('was not captured'))
    }),
    { numRuns },
  )
})
