import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exampleRun } from '../support/example-run.ts'
import { type Answer, type Loopback, startLoopback } from '../support/loopback.ts'
import { expandAnswer } from './any-answer.ts'
import { anyApi } from './any-api.ts'
import { runPhases } from './phases.ts'
import { numRuns, timeoutMs } from './runs.ts'
import { checkJob } from './sound-job.ts'

let answers: readonly Answer[] = []
let asked = 0
let server: Loopback
beforeAll(async () => {
  server = await startLoopback({ answer: () => expandAnswer(answers[Math.min(asked++, answers.length - 1)]) })
})
afterAll(() => server.close())

const reported = /^The job's exact start is not known: .+ The start of the Build Stats step is used instead/

test('any answers of the API', { timeout: timeoutMs }, async () => {
  await fc.assert(
    fc.asyncProperty(anyApi, fc.boolean(), async (given, hasId) => {
      answers = given
      asked = 0
      const id = hasId ? { check_run_id: exampleRun.jobId } : {}
      const finished = await runPhases({
        inputs: { job: JSON.stringify({ status: 'success', ...id }) },
        env: { GITHUB_API_URL: server.url },
      })
      const { isValid, points, warnings } = checkJob(finished)
      expect(isValid).toBe(true)
      expect(points.map(({ measurement }) => measurement)).toEqual(['build_start', 'build'])
      expect(asked).toBeGreaterThan(0)
      expect(asked).toBeLessThanOrEqual(3)
      expect(warnings.length).toBeLessThanOrEqual(1)
      for (const warning of warnings) expect(warning).toMatch(reported)
      const [build] = points.slice(1)
      expect(build?.fields.duration).toBeGreaterThanOrEqual(0)
    }),
    { numRuns },
  )
})
