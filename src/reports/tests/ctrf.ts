import * as v from 'valibot'
import { isObject } from '../../build/json.ts'
import { jsonFormat } from '../json-format.ts'
import type { TestCase } from '../report.ts'
import { toDefined } from './to-defined.ts'

/** Whatever is there; undefined where it is something else. */
const text = v.fallback(v.optional(v.string()), undefined)
const number = v.fallback(v.optional(v.number()), undefined)

const test = v.object({
  name: v.string(),
  status: v.string(),
  duration: number,
  message: text,
  trace: text,
  flaky: v.fallback(v.optional(v.boolean()), undefined),
  // A text until 2025, since then a list of the suites in each other.
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

/** `pending`, `skipped` and `other`, which is what neither passed nor failed, say that a test has no result. */
function toOutcome(status: string): TestCase['outcome'] {
  return status === 'passed' || status === 'failed' ? status : 'skipped'
}
