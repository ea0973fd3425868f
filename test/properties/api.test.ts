import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exampleRun } from '../support/example-run.ts'
import { exampleJob } from '../support/github-api.ts'
import { type Answer, type Loopback, startLoopback } from '../support/loopback.ts'
import { anyAnswer, expandAnswer } from './any-answer.ts'
import { type AnyJson, anyJson, mutated, toJsonText } from './any-json.ts'
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

const job = exampleJob() as unknown as AnyJson
const jobs = { total_count: 1, jobs: [job] }
const status = fc.oneof(
  { weight: 20, arbitrary: fc.constant(200) },
  { weight: 4, arbitrary: fc.constantFrom(301, 302, 304, 307, 308, 401, 403, 403, 404, 410, 422, 429, 429, 451) },
  { weight: 2, arbitrary: fc.integer({ min: 200, max: 499 }) },
  // Each of them is waited for.
  { weight: 1, arbitrary: fc.integer({ min: 500, max: 599 }) },
)
const body = toJsonText(
  fc.oneof(
    { weight: 4, arbitrary: mutated(fc.constantFrom(job, jobs)) },
    {
      weight: 1,
      arbitrary: mutated(fc.constant<AnyJson>({ message: 'secondary rate limit', documentation_url: 'x' })),
    },
    { weight: 1, arbitrary: anyJson },
  ),
)

test('any answers of the API', { timeout: timeoutMs }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyAnswer(status, body), { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      async (given, hasId) => {
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
        for (const warning of warnings) expect(warning).toMatch(/^The job's exact start is not known: .+ Its start is/)
        const [build] = points.slice(1)
        expect(build?.fields.duration).toBeGreaterThanOrEqual(0)
      },
    ),
    { numRuns },
  )
})
