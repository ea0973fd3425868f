import * as v from 'valibot'
import { isObject } from '../../build/json.ts'
import { jsonFormat } from '../json-format.ts'
import type { TestCase } from '../report.ts'
import { toDefined } from './to-defined.ts'

/** An optional value; undefined if its type is not as expected. */
const text = v.fallback(v.optional(v.string()), undefined)
const number = v.fallback(v.optional(v.number()), undefined)

const test = v.object({
  name: v.string(),
  status: v.string(),
  duration: number,
  message: text,
  trace: text,
  flaky: v.fallback(v.optional(v.boolean()), undefined),
  // Text until 2025, since then a list of nested suites.
  suite: v.fallback(v.optional(v.union([v.string(), v.array(v.string())])), undefined),
  filePath: text,
})

/** The Common Test Report Format (ctrf.io), which reporters of many tools write. */
export const ctrf = jsonFormat({
  name: 'CTRF',
  matches: (sample) =>
    isObject(sample) &&
    (sample.reportFormat === 'CTRF' ||
      (isObject(sample.results) && ['tool', 'summary', 'tests'].some((key) => key in Object(sample.results)))),
  schema: v.object({ results: v.object({ tests: v.array(test) }) }),
  read: function* ({ results }): Generator<TestCase> {
    for (const { name, status, duration, message, trace, flaky, suite, filePath } of results.tests) {
      const outcome = toOutcome(status)
      yield {
        name,
        outcome,
        ...(outcome === 'passed' && flaky === true && { flaky }),
        ...toDefined({
          suite: typeof suite === 'string' ? suite : suite?.findLast((part) => part !== ''),
          file: filePath,
          duration: duration === undefined ? undefined : duration / 1000,
          message: message ?? trace,
        }),
      }
    }
  },
})

/** `pending`, `skipped` and `other` mean that a test has neither passed nor failed. */
function toOutcome(status: string): TestCase['outcome'] {
  return status === 'passed' || status === 'failed' ? status : 'skipped'
}
