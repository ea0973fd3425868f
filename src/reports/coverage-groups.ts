import { maxReportSeries } from '../limits.ts'
import type { Count, FileCoverage } from './report.ts'
import { copyText } from './tests/count-tests.ts'

/** Sums of coverage for all files or for each file. The number of files is limited, because their names could fill the memory. */
export class CoverageGroups {
  hasMore = false
  private readonly byFile: boolean
  private readonly groups = new Map<string | undefined, FileCoverage>()

  constructor(byFile: boolean) {
    this.byFile = byFile
  }

  add({ file, ...counts }: FileCoverage): void {
    const wanted = this.byFile ? file : undefined
    const isOver = wanted !== undefined && !this.groups.has(wanted) && this.groups.size >= maxReportSeries
    this.hasMore ||= isOver
    const key = isOver || wanted === undefined ? undefined : copyText(wanted)
    const known = this.groups.get(key)
    const sum = {
      lines: addCounts(known?.lines, counts.lines),
      branches: addCounts(known?.branches, counts.branches),
      functions: addCounts(known?.functions, counts.functions),
    }
    this.groups.set(key, { ...(key === undefined ? {} : { file: key }), ...toKnown(sum) })
  }

  merge(other: CoverageGroups): void {
    for (const item of other.list()) this.add(item)
    this.hasMore ||= other.hasMore
  }

  list(): FileCoverage[] {
    return [...this.groups.values()]
  }
}

function addCounts(one: Count | undefined, other: Count | undefined): Count | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return { covered: one.covered + other.covered, total: one.total + other.total }
}

function toKnown(counts: Readonly<Record<'lines' | 'branches' | 'functions', Count | undefined>>): FileCoverage {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== undefined))
}
