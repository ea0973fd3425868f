import fc from 'fast-check'
import { exampleJob } from '../support/github-api.ts'
import { anyAnswer } from './any-answer.ts'
import { type AnyJson, anyJson, mutated, toJsonText } from './any-json.ts'

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

/** What the API answers, one after the other. */
export const anyApi = fc.array(anyAnswer(status, body), { minLength: 1, maxLength: 3 })
