import { type ReportTool, readProject } from '../tool.ts'
import { type CoverageSummary, coverageReport } from './summary.ts'

const project = readProject('coverage/c')
const build = 'gcc --coverage -O0 -o main stack.c main.c && ./main'
const run = `${build}; $TOOLS/coverage-py/bin/gcovr --cobertura cobertura.xml --clover clover.xml --lcov gcovr.lcov --jacoco jacoco.xml --json-summary summary.json --print-summary`
const summary = /^lines: [\s\S]*/m
const patterns = {
  lines: /lines: .*\((?<covered>\d+) out of (?<total>\d+)/,
  branches: /branches: .*\((?<covered>\d+) out of (?<total>\d+)/,
  functions: /functions: .*\((?<covered>\d+) out of (?<total>\d+)/,
}

/** Installed beside pytest-cov. */
export const gcovr: ReportTool<CoverageSummary> = {
  tool: 'gcovr',
  version: '$TOOLS/coverage-py/bin/gcovr --version',
  project,
  reports: [
    coverageReport('gcovr-cobertura.xml', run, 'cobertura.xml', summary, patterns),
    coverageReport('gcovr.lcov', run, 'gcovr.lcov', summary, patterns),
    coverageReport('gcovr-jacoco.xml', run, 'jacoco.xml', summary, patterns),
    coverageReport('gcovr-summary.json', run, 'summary.json', summary, patterns),
    // Its Clover has neither branches nor functions.
    coverageReport('gcovr-clover.xml', run, 'clover.xml', summary, { lines: patterns.lines }),
  ],
}

const clang =
  'clang -fprofile-instr-generate -fcoverage-mapping -o main stack.c main.c && ./main; llvm-profdata merge -o merged.profdata default.profraw'
const data = './main -instr-profile=merged.profdata'
const columns = (skipped: number) => new RegExp(`TOTAL(?: +\\S+){${skipped}} +(?<total>\\d+) +(?<missed>\\d+)`)
const llvmPatterns = { functions: columns(3), lines: columns(6), branches: columns(9) }

export const llvmCov: ReportTool<CoverageSummary> = {
  tool: 'llvm-cov',
  version: 'llvm-cov --version',
  project,
  reports: [
    ['llvm-cov.lcov', '-format=lcov'],
    ['llvm-cov.json', '-format=text'],
    ['llvm-cov-summary.json', '-format=text -summary-only'],
  ].map(([file = '', flags]) =>
    coverageReport(
      file,
      `${clang} && llvm-cov export ${flags} ${data} > report && llvm-cov report -show-branch-summary ${data}`,
      'report',
      /^TOTAL.*/m,
      llvmPatterns,
    ),
  ),
}
