import type { ReportTool } from '../tool.ts'
import { c8, nyc, vitestIstanbul, vitestV8 } from './javascript.ts'
import { gcovr, llvmCov } from './native.ts'
import { go, jacoco, phpunit, simplecov } from './others.ts'
import { pytestCov } from './pytest-cov.ts'
import type { CoverageSummary } from './summary.ts'

export const coverageTools: readonly ReportTool<CoverageSummary>[] = [
  pytestCov,
  c8,
  nyc,
  vitestV8,
  vitestIstanbul,
  gcovr,
  llvmCov,
  go,
  jacoco,
  phpunit,
  simplecov,
]
