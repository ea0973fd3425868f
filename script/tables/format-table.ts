import { listFormats } from '../../src/reports/formats.ts'
import type { ReportKind } from '../../src/reports/report.ts'
import { toTable } from './markdown-table.ts'

const kinds: Record<ReportKind, string> = {
  tests: 'tests',
  coverage: 'coverage',
  benchmark: 'benchmarks',
  json: 'anything else, with a `name`',
}

/** What the readers of reports read, by kind. */
export function toFormatTable(): string {
  const names = Object.groupBy(listFormats(), ({ kind }) => kind)
  const rows = Object.entries(kinds).map(([kind, what]) => [
    what,
    (names[kind as ReportKind] ?? []).map(({ name }) => name).join(', '),
  ])
  return toTable(['kind', 'formats'], rows)
}
