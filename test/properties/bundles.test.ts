import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Answer, type Loopback, startLoopback } from '../support/loopback.ts'
import { expandAnswer } from './any-answer.ts'
import { anyApi } from './any-api.ts'
import { anyContexts, anyEnvironment, anyEvent, captures } from './any-contexts.ts'
import { anyData } from './any-data.ts'
import { anyConfig, anyInputs } from './any-inputs.ts'
import { runBundle, runPhases } from './phases.ts'
import { numProcessRuns, timeoutMs } from './runs.ts'
import { checkJob } from './sound-job.ts'

let answers: readonly Answer[] = []
let asked = 0
let server: Loopback
beforeAll(async () => {
  server = await startLoopback({ answer: () => expandAnswer(answers[Math.min(asked++, answers.length - 1)]) })
})
afterAll(() => server.close())

/** Linux takes no longer variable: no process would start. */
const isShort = (...texts: (string | undefined)[]) => texts.every((text) => !text?.includes('20000@'))

test('any job, as processes', { timeout: timeoutMs }, async () => {
  const contexts = anyContexts.filter((inputs) => isShort(...Object.values(inputs)))
  await fc.assert(
    fc.asyncProperty(contexts, anyEvent, anyEnvironment, anyApi, anyData, async (inputs, event, env, api, data) => {
      answers = api
      asked = 0
      const given = {
        inputs: { ...inputs, captures: inputs.layout === 'native' ? captures : '' },
        env: { ...env, GITHUB_API_URL: server.url },
        data,
        ...(event === undefined ? {} : { event }),
      }
      const { isValid, points } = checkJob(await runPhases(given, runBundle))
      expect(asked).toBeLessThanOrEqual(3)
      if (isValid) expect(points.length).toBeGreaterThan(0)
    }),
    { numRuns: numProcessRuns },
  )
})

test('any inputs, as processes', { timeout: timeoutMs }, async () => {
  await fc.assert(
    fc.asyncProperty(anyInputs, anyConfig, async (inputs, config) => {
      const given = { inputs: { 'github-token': '', timeout: '0.05', ...inputs }, files: { 'stats.yml': config } }
      const finished = await runPhases(given, runBundle)
      checkJob(
        finished,
        /true/i.test(inputs['fail-on-error'] ?? '') || finished.post.stdout.includes('was not captured'),
      )
    }),
    { numRuns: numProcessRuns },
  )
})
