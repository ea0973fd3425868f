import { maxSuites } from '../../limits.ts'
import type { TestCase } from '../report.ts'

/** What a record says of many cases: `passed + failed + skipped = tests`, and `errors` are a part of `failed`. */
export interface TestCounts {
  readonly tests: number
  readonly passed: number
  readonly failed: number
  /** They never got to assert. */
  readonly errors: number
  readonly skipped: number
  /** The part of `passed` that failed first. */
  readonly flaky: number
  /** Seconds, of all cases together: tests that run at the same time last longer than their run. Undefined where no case has a time. */
  readonly duration?: number
}

type Mutable<Value> = { -readonly [Key in keyof Value]: Value[Key] }

/** Counts cases: of all suites together, or by suite. */
export class TestCounter {
  private readonly bySuite: boolean
  private readonly groups = new Map<string | undefined, Mutable<TestCounts>>()
  /** Whether there are more suites than are told apart; the rest is counted without a suite. */
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

  /** Adds what another one has counted, of another file. */
  merge(other: TestCounter): void {
    for (const [suite, more] of other.groups) {
      const counts = this.open(this.bySuite ? suite : undefined)
      for (const key of keys) counts[key] += more[key]
      if (more.duration !== undefined) counts.duration = (counts.duration ?? 0) + more.duration
    }
    this.hasMoreSuites ||= other.hasMoreSuites
  }

  /** In the order in which the suites came. Empty where no case was counted: that is not a count of zero. */
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

/** A part of a text keeps the whole of it in memory: this is the part alone. */
export function copyText(text: string): string {
  return JSON.parse(JSON.stringify(text))
}
