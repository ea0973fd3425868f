import type { JsonObject } from '../../build/json.ts'
import type { Count, FileCoverage } from '../report.ts'

const parts = ['lines', 'branches', 'functions'] as const

/** Sums of coverage: for all files, or for each file. */
export interface CoverageSum {
  add(coverage: FileCoverage): void
  /**
   * `lines_percent`, `lines_covered`, `lines_total`, the same of `branches` and `functions`; without values that no report has. Nothing out
   * of nothing is not a percentage. If grouped by file, each record has the key `file`.
   */
  records(): JsonObject[]
}

export function sumCoverage(by?: 'file'): CoverageSum {
  const sums = new Map<string | undefined, Partial<Record<(typeof parts)[number], Count>>>()
  return {
    add(coverage) {
      const key = by === 'file' ? coverage.file : undefined
      const sum = sums.get(key) ?? {}
      sums.set(key, sum)
      for (const part of parts) {
        const more = coverage[part]
        if (more === undefined) continue
        const { covered, total } = sum[part] ?? { covered: 0, total: 0 }
        sum[part] = { covered: covered + more.covered, total: total + more.total }
      }
    },
    records: () =>
      [...sums].map(([file, sum]) => ({
        ...(file === undefined ? {} : { file }),
        ...Object.assign({}, ...parts.map((part) => toFields(part, sum[part]))),
      })),
  }
}

function toFields(part: string, count: Count | undefined): JsonObject {
  if (count === undefined) return {}
  const percent = count.total > 0 ? { [`${part}_percent`]: (count.covered / count.total) * 100 } : {}
  return { ...percent, [`${part}_covered`]: count.covered, [`${part}_total`]: count.total }
}
