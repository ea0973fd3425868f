import type { FileCoverage, ReportFormat } from '../report.ts'
import { clover } from './clover.ts'
import { cobertura } from './cobertura.ts'
import { coveragePy } from './coverage-py.ts'
import { gcovrSummary } from './gcovr-summary.ts'
import { goProfile } from './go-profile.ts'
import { istanbulFiles } from './istanbul-files.ts'
import { istanbulSummary } from './istanbul-summary.ts'
import { jacoco } from './jacoco.ts'
import { lcov } from './lcov.ts'
import { llvmCov } from './llvm-cov.ts'
import { simplecov } from './simplecov.ts'

export const coverageFormats: readonly ReportFormat<FileCoverage>[] = [
  lcov,
  cobertura,
  jacoco,
  clover,
  goProfile,
  istanbulSummary,
  istanbulFiles,
  coveragePy,
  llvmCov,
  gcovrSummary,
  simplecov,
]
