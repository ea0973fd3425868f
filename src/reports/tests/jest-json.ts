import * as v from 'valibot'
import { isObject } from '../../build/json.ts'
import { jsonFormat } from '../json-format.ts'
import type { TestCase } from '../report.ts'
import { hasBenchmarks } from '../vitest-json.ts'
import { toDefined } from './to-defined.ts'

const assertion = v.object({
  title: v.string(),
  fullName: v.optional(v.string()),
  ancestorTitles: v.optional(v.array(v.string()), []),
  status: v.string(),
  duration: v.nullish(v.number()),
  // In Vitest, also for a test that passed in the end.
  failureMessages: v.nullish(v.array(v.unknown()), []),
  // Jest with `jest.retryTimes`; it reports why earlier tries failed only with `logErrorsBeforeRetry`.
  invocations: v.nullish(v.number(), 1),
  retryReasons: v.nullish(v.array(v.unknown()), []),
})

const file = v.object({
  name: v.string(),
  status: v.optional(v.string()),
  message: v.nullish(v.unknown()),
  assertionResults: v.array(assertion),
})

/** The output of `jest --json` and of Vitest's reporter `json`. */
export const jestJson = jsonFormat({
  name: 'JSON of Jest and Vitest',
  matches: (sample) =>
    isObject(sample) && ('numTotalTests' in sample || 'numTotalTestSuites' in sample) && !hasBenchmarks(sample),
  schema: v.object({ testResults: v.array(file) }),
  read: function* ({ testResults }): Generator<TestCase> {
    for (const { name, status, message, assertionResults } of testResults) {
      yield* assertionResults.map((result) => toTestCase(result, name))
      // A file that could not be loaded has no failed test.
      const isBroken = status === 'failed' && !assertionResults.some((result) => result.status === 'failed')
      if (isBroken)
        yield { name, suite: name, file: name, outcome: 'error', ...toDefined({ message: toText(message) }) }
    }
  },
})

function toTestCase(result: v.InferOutput<typeof assertion>, file: string): TestCase {
  const { title, fullName, ancestorTitles, status, duration, failureMessages, invocations, retryReasons } = result
  // `pending`, `todo`, `skipped` and `disabled` have no result.
  const outcome = status === 'passed' || status === 'failed' ? status : 'skipped'
  return {
    name: fullName?.trim() || title,
    outcome,
    ...(outcome === 'passed' && ((invocations ?? 1) > 1 || failureMessages?.[0] !== undefined) && { flaky: true }),
    ...toDefined({
      classname: ancestorTitles.join(' > '),
      suite: file,
      file,
      duration: typeof duration === 'number' ? duration / 1000 : undefined,
      message: toText(failureMessages?.[0] ?? retryReasons?.[0]),
    }),
  }
}

const toText = (value: unknown) => (typeof value === 'string' ? value : undefined)
