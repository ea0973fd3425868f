import { type ReportTool, readProject } from '../tool.ts'
import { type CoverageSummary, coverageReport } from './summary.ts'

const run = '$TOOLS/coverage-py/bin/python -m pytest -q --cov=shop'
/** Branches and functions that are covered stand in no text that coverage.py prints, but in the sums of its files. */
const sums = `grep -o '<coverage [^>]*>' coverage.xml; awk -F: '/^FNF/{f+=$2} /^FNH/{h+=$2} END{print "functions", h, "of", f}' coverage.lcov`
const all = `${run} --cov-branch --cov-report=xml --cov-report=json --cov-report=lcov; ${sums}`
const lines = /lines-valid="(?<total>\d+)" lines-covered="(?<covered>\d+)"/
const branches = /branches-valid="(?<total>\d+)" branches-covered="(?<covered>\d+)"/
const functions = /functions (?<covered>\d+) of (?<total>\d+)/
const summary = /<coverage [^>]*>\nfunctions.*/

export const pytestCov: ReportTool<CoverageSummary> = {
  tool: 'pytest-cov',
  install:
    'python3 -m venv coverage-py && coverage-py/bin/pip install --quiet pytest==9.2.0 pytest-cov==7.1.0 gcovr==8.8',
  version: '$TOOLS/coverage-py/bin/pip show pytest-cov',
  project: readProject('coverage/python'),
  reports: [
    coverageReport('pytest-cov.xml', all, 'coverage.xml', summary, { lines, branches }),
    coverageReport('pytest-cov.json', all, 'coverage.json', summary, { lines, branches, functions }),
    coverageReport('pytest-cov.lcov', all, 'coverage.lcov', summary, { lines, branches, functions }),
    coverageReport('pytest-cov-lines.xml', `${run} --cov-report=xml --cov-report=term`, 'coverage.xml', /^TOTAL.*$/m, {
      lines: /TOTAL +(?<total>\d+) +(?<missed>\d+)/,
    }),
  ],
}
