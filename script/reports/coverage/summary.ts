import type { MadeReport } from '../tool.ts'

type Part = 'lines' | 'branches' | 'functions'

/** What a tool says that it covered, of how many; of Go a percentage alone. */
export type CoverageSummary = Partial<Record<Part, readonly [covered: number, total: number]>> & { percent?: number }

/** Patterns of a summary, whose groups are two of `covered`, `missed` and `total`. */
export type Patterns = Partial<Record<Part, RegExp>>

export function coverageReport(
  file: string,
  command: string,
  from: string,
  summary: RegExp,
  patterns: Patterns,
): MadeReport<CoverageSummary> {
  const toCounts = (text: string) => {
    const parts = Object.entries(patterns).map(([part, pattern]) => {
      const groups = pattern.exec(text)?.groups
      if (groups === undefined) throw new Error(`${file}: the summary has no ${part}: ${text}`)
      const missed = Number(groups.missed ?? 0)
      const covered = Number(groups.covered ?? Number(groups.total) - missed)
      return [part, [covered, Number(groups.total ?? covered + missed)]]
    })
    return Object.fromEntries(parts) as CoverageSummary
  }
  return { file, command, from, summary, toCounts }
}
