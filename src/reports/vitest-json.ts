import { isObject, type Json } from '../build/json.ts'

/** Whether a report of Vitest contains benchmarks: since Vitest 5 they belong to tests, each of which has a list. */
export function hasBenchmarks(sample: Json): boolean {
  const files = isObject(sample) ? asList(sample.testResults) : []
  const tests = files.flatMap((file) => (isObject(file) ? asList(file.assertionResults) : []))
  return tests.some((test) => isObject(test) && asList(test.benchmarks).length > 0)
}

const asList = (json: Json | undefined): readonly Json[] => (Array.isArray(json) ? json : [])
