import type { FileCoverage, ReportFormat } from '../report.ts'
import { istanbulSummary } from './istanbul-summary.ts'
import { lcov } from './lcov.ts'

export const coverageFormats: readonly ReportFormat<FileCoverage>[] = [lcov, istanbulSummary]
