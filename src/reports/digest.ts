import type { JsonObject } from '../build/json.ts'
import type { Benchmark, TestCase } from './report.ts'
import type { TestCounts } from './tests/count-tests.ts'

/** The data of a rule's reports of one kind that the summary shows. */
export type Digest =
  | { readonly kind: 'tests'; readonly counts: TestCounts }
  | { readonly kind: 'cases' | 'records'; readonly count: number }
  | { readonly kind: 'coverage'; readonly record: JsonObject }
  | { readonly kind: 'benchmark'; readonly benchmarks: readonly Benchmark[] }

export interface ShownCases {
  readonly cases: readonly TestCase[]
  /** The number of further ones. */
  readonly omitted: number
}

/** The data of all reports that the summary shows. */
export interface ReportsDigest {
  readonly digests: readonly { readonly name: string; readonly digest: Digest }[]
  /** The first that failed. */
  readonly failed: ShownCases
  readonly slowest: ShownCases
}
