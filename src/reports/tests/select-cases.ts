import { maxCaseMessageCharacters } from '../../limits.ts'
import type { TestCase } from '../report.ts'
import { copyText } from './count-tests.ts'

export type CaseChoice = 'failed' | 'slowest' | 'all'

/** Selects the cases that a rule asks for, `limit` at most, in bounded memory. */
export class CaseSelection {
  private readonly choice: CaseChoice
  private readonly limit: number
  private kept: TestCase[] = []
  /** For `slowest`: cases that are not slower than this are skipped. */
  private least = -1
  private count = 0

  constructor(choice: CaseChoice, limit: number) {
    this.choice = choice
    this.limit = limit
  }

  add(item: TestCase): void {
    if (!this.isAsked(item)) return
    this.count++
    if (this.choice !== 'slowest') {
      if (this.kept.length < this.limit) this.kept.push(copyCase(item))
      return
    }
    if ((item.duration ?? 0) <= this.least) return
    this.kept.push(copyCase(item))
    if (this.kept.length >= 2 * this.limit) this.dropFaster()
  }

  /** Adds the cases of another file. */
  merge(other: CaseSelection): void {
    const kept = other.list()
    for (const item of kept) this.add(item)
    this.count += other.count - kept.length
  }

  /** For `failed` and `all`, the first ones in their order; for `slowest`, the slowest first. */
  list(): readonly TestCase[] {
    if (this.choice === 'slowest') this.dropFaster()
    return this.kept
  }

  /** The number of cases beyond the limit. */
  get omitted(): number {
    return this.count - Math.min(this.count, this.limit)
  }

  private isAsked({ outcome, duration }: TestCase): boolean {
    if (this.choice === 'failed') return outcome === 'failed' || outcome === 'error'
    return this.choice === 'all' || duration !== undefined
  }

  /** Sorting whenever there are twice as many as needed is as fast as a heap, and stable. */
  private dropFaster(): void {
    this.kept = this.kept.toSorted((a, b) => (b.duration ?? 0) - (a.duration ?? 0)).slice(0, this.limit)
    if (this.kept.length === this.limit) this.least = this.kept.at(-1)?.duration ?? -1
  }
}

/** Limits the memory of a message. It is cut for display later, after secrets are removed. */
function copyCase(item: TestCase): TestCase {
  const entries = Object.entries(item).map(([key, value]) => {
    if (typeof value !== 'string') return [key, value]
    return [key, copyText(value.slice(0, maxCaseMessageCharacters))]
  })
  return Object.fromEntries(entries)
}
