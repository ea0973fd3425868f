import type { Benchmark, ReportFormat } from '../report.ts'
import { bencher } from './bencher.ts'
import { benchmarkDotNet } from './benchmark-dotnet.ts'
import { cargoCriterion, criterionEstimates, criterionText, libtestBench } from './criterion.ts'
import { githubActionBenchmark, githubActionBenchmarkHistory } from './github-action-benchmark.ts'
import { goBench } from './go-bench.ts'
import { googleBenchmark } from './google-benchmark.ts'
import { hyperfine } from './hyperfine.ts'
import { jmh } from './jmh.ts'
import { pytestBenchmark } from './pytest-benchmark.ts'
import { vitestBench, vitestTests } from './vitest-bench.ts'

export const benchmarkFormats: readonly ReportFormat<Benchmark>[] = [
  hyperfine,
  pytestBenchmark,
  googleBenchmark,
  goBench,
  criterionEstimates,
  cargoCriterion,
  criterionText,
  libtestBench,
  vitestBench,
  vitestTests,
  jmh,
  benchmarkDotNet,
  githubActionBenchmark,
  githubActionBenchmarkHistory,
  bencher,
]
