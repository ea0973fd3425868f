import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Answer, type Loopback, startLoopback } from '../support/loopback.ts'
import { anyAnswer, expandAnswer } from './any-answer.ts'
import { type AnyJson, anyJson, mutated, toJsonText } from './any-json.ts'
import { anyText, nearly } from './any-text.ts'
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

const conflict =
  'partial write: field type conflict: input field "duration" on measurement "build" is type float, already exists as type string dropped=1'
const messages = fc.oneof(nearly(fc.constantFrom(conflict, "unable to parse 'x': missing fields", 'timeout')), anyText)
const rejected = { line_number: 1, original_line: 'build f=1', error_message: conflict }
const error = fc.oneof(
  messages.map((message): AnyJson => ({ error: message })),
  messages.map((message): AnyJson => ({ code: 'unprocessable entity', message })),
  messages.map((message): AnyJson => ({ error: message, data: [rejected, { ...rejected, line_number: 9 }] })),
)
const body = fc.oneof(toJsonText(fc.oneof(mutated(error), anyJson)), fc.constant(''))
const status = fc.oneof(
  fc.constantFrom(204, 204, 400, 413, 422, 429, 503),
  fc.integer({ min: 200, max: 599 }),
  fc.constantFrom(100, 101, 102, 199),
)

const apis = {
  v1: { database: 'ci' },
  v2: { bucket: 'ci', org: 'acme', token: 'a-token-0123456789' },
  v3: { database: 'ci', token: 'a-token-0123456789' },
} as const

test('any answers of InfluxDB', { timeout: timeoutMs }, async () => {
  let all = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyAnswer(status, body), { minLength: 1, maxLength: 3 }),
      fc.constantFrom<keyof typeof apis>('v1', 'v2', 'v3'),
      fc.boolean(),
      async (given, api, failOnError) => {
        answers = given
        asked = 0
        const finished = await runPhases({
          inputs: {
            ...{ url: server.url, file: '', ...apis[api], timeout: '0.05', 'github-token': '' },
            'fail-on-error': `${failOnError}`,
          },
        })
        expect(checkJob(finished, failOnError).isValid).toBe(true)
        all += asked
      },
    ),
    { numRuns },
  )
  // A busy machine may take longer for one request than all of them are given.
  expect(all).toBeGreaterThan(numRuns)
})
