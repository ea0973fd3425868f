import { maxSuites } from '../../limits.ts'
import type { TestCase } from '../report.ts'

/** The counts of a record: `passed + failed + skipped = tests`, and `errors` are part of `failed`. */
export interface TestCounts {
  readonly tests: number
  readonly passed: number
  readonly failed: number
  /** Tests that ended before any assertion. */
  readonly errors: number
  readonly skipped: number
  /** The tests of `passed` that had failed first. */
  readonly flaky: number
  /** The sum over all cases, in seconds, which exceeds the duration of the run if tests run in parallel. Undefined if no case has a time. */
  readonly duration?: number
}

type Mutable<Value> = { -readonly [Key in keyof Value]: Value[Key] }

/** Counts cases, in total or by suite. */
export class TestCounter {
  private readonly bySuite: boolean
  private readonly groups = new Map<string | undefined, Mutable<TestCounts>>()
  /** Whether there are more suites than the limit; the cases of further suites are counted without a suite. */
  hasMoreSuites = false

  constructor({ bySuite = false } = {}) {
    this.bySuite = bySuite
  }

  add({ suite, outcome, flaky, duration }: Omit<TestCase, 'name'>): void {
    const isFailed = outcome === 'failed' || outcome === 'error'
    const counts = this.open(this.bySuite ? suite : undefined)
    counts.tests++
    if (outcome === 'passed') counts.passed++
    if (isFailed) counts.failed++
    if (outcome === 'error') counts.errors++
    if (outcome === 'skipped') counts.skipped++
    if (outcome === 'passed' && flaky === true) counts.flaky++
    if (duration !== undefined) counts.duration = (counts.duration ?? 0) + duration
  }

  /** Adds the counts of another file. */
  merge(other: TestCounter): void {
    for (const [suite, more] of other.groups) {
      const counts = this.open(this.bySuite ? suite : undefined)
      for (const key of keys) counts[key] += more[key]
      if (more.duration !== undefined) counts.duration = (counts.duration ?? 0) + more.duration
    }
    this.hasMoreSuites ||= other.hasMoreSuites
  }

  /** In the order in which the suites appeared. Empty if no case was counted, which differs from a count of zero. */
  list(): { readonly suite?: string; readonly counts: TestCounts }[] {
    return [...this.groups].map(([suite, counts]) => ({ ...(suite !== undefined && { suite }), counts: { ...counts } }))
  }

  private open(suite: string | undefined): Mutable<TestCounts> {
    const found = this.groups.get(suite)
    if (found !== undefined) return found
    const isOver = suite !== undefined && this.groups.size >= maxSuites
    if (isOver) {
      this.hasMoreSuites = true
      return this.open(undefined)
    }
    const counts = { tests: 0, passed: 0, failed: 0, errors: 0, skipped: 0, flaky: 0 }
    this.groups.set(suite === undefined ? undefined : copyText(suite), counts)
    return counts
  }
}

const keys = ['tests', 'passed', 'failed', 'errors', 'skipped', 'flaky'] as const

/** Copies the text: a substring would keep the whole text in memory. */
export function copyText(text: string): string {
  return JSON.parse(JSON.stringify(text))
}
