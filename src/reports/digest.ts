import type { JsonObject } from '../build/json.ts'
import type { Benchmark, TestCase } from './report.ts'
import type { TestCounts } from './tests/count-tests.ts'

/** What the summary shows of a rule's reports of one kind. */
export type Digest =
  | { readonly kind: 'tests'; readonly counts: TestCounts }
  | { readonly kind: 'cases' | 'records'; readonly count: number }
  | { readonly kind: 'coverage'; readonly record: JsonObject }
  | { readonly kind: 'benchmark'; readonly benchmarks: readonly Benchmark[] }

export interface ShownCases {
  readonly cases: readonly TestCase[]
  /** How many more there are. */
  readonly omitted: number
}

/** What the summary shows of all reports. */
export interface ReportsDigest {
  readonly digests: readonly { readonly name: string; readonly digest: Digest }[]
  /** The first that failed. */
  readonly failed: ShownCases
  readonly slowest: ShownCases
}
