import type { Benchmark, ReportFormat } from '../report.ts'
import { githubActionBenchmark } from './github-action-benchmark.ts'

export const benchmarkFormats: readonly ReportFormat<Benchmark>[] = [githubActionBenchmark]
