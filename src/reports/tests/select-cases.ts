import { maxCaseMessageCharacters } from '../../limits.ts'
import type { TestCase } from '../report.ts'
import { copyText } from './count-tests.ts'

export type CaseChoice = 'failed' | 'slowest' | 'all'

/** Keeps the cases that a rule asks for, `limit` at most, whatever number goes by. */
export class CaseSelection {
  private readonly choice: CaseChoice
  private readonly limit: number
  private kept: TestCase[] = []
  /** Slowest: what is not slower than this is passed over. */
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

  /** Adds what another one has kept, of another file. */
  merge(other: CaseSelection): void {
    const kept = other.list()
    for (const item of kept) this.add(item)
    this.count += other.count - kept.length
  }

  /** Failed and all: as they came, the first of them; slowest: the slowest first. */
  list(): readonly TestCase[] {
    if (this.choice === 'slowest') this.dropFaster()
    return this.kept
  }

  /** How many the limit left out. */
  get omitted(): number {
    return this.count - Math.min(this.count, this.limit)
  }

  private isAsked({ outcome, duration }: TestCase): boolean {
    if (this.choice === 'failed') return outcome === 'failed' || outcome === 'error'
    return this.choice === 'all' || duration !== undefined
  }

  /** Sorting twice as many as are kept, once they are there, costs what a heap costs. Equals stay in their order. */
  private dropFaster(): void {
    this.kept = this.kept.toSorted((a, b) => (b.duration ?? 0) - (a.duration ?? 0)).slice(0, this.limit)
    if (this.kept.length === this.limit) this.least = this.kept.at(-1)?.duration ?? -1
  }
}

/** Secrets are taken out of a message before it is cut for the reader; this is only so that it fits into memory. */
function copyCase(item: TestCase): TestCase {
  const entries = Object.entries(item).map(([key, value]) => {
    if (typeof value !== 'string') return [key, value]
    return [key, copyText(value.slice(0, maxCaseMessageCharacters))]
  })
  return Object.fromEntries(entries)
}
