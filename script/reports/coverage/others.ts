import { type MadeReport, type ReportTool, readProject } from '../tool.ts'
import { type CoverageSummary, coverageReport } from './summary.ts'

export const go: ReportTool<CoverageSummary> = {
  tool: 'go',
  version: 'go version',
  project: readProject('coverage/go'),
  reports: [
    goReport('go-set.out', '-covermode=set'),
    // Each package's tests count the blocks of all of them.
    goReport('go-count.out', '-covermode=count -coverpkg=./...'),
    goReport('go-atomic.out', '-race'),
  ],
}

function goReport(file: string, flags: string): MadeReport<CoverageSummary> {
  return {
    file,
    command: `go test ${flags} -coverprofile=cover.out ./... && go tool cover -func=cover.out`,
    from: 'cover.out',
    summary: /^total:.*/m,
    toCounts: (text) => ({ percent: Number(/([\d.]+)%/.exec(text)?.[1]) }),
  }
}

const counter = (type: string) => new RegExp(`type="${type}" missed="(?<missed>\\d+)" covered="(?<covered>\\d+)"`)

/** The counters of the whole report are its last ones. */
export const jacoco: ReportTool<CoverageSummary> = {
  tool: 'jacoco',
  version: "sed -n '/jacoco-maven/{n;p}' pom.xml",
  project: readProject('coverage/java'),
  reports: [
    coverageReport(
      'jacoco.xml',
      "mvn --quiet --batch-mode test; sed 's/.*<.package>/sums: /' target/site/jacoco/jacoco.xml",
      'target/site/jacoco/jacoco.xml',
      /sums: .*/,
      { lines: counter('LINE'), branches: counter('BRANCH'), functions: counter('METHOD') },
    ),
  ],
}

const phpSummary = / Methods:[\s\S]*?Lines:.*/
const phpPatterns = {
  lines: /Lines: .*\((?<covered>\d+)\/(?<total>\d+)\)/,
  functions: /Methods: .*\((?<covered>\d+)\/(?<total>\d+)\)/,
}
const php = 'phpunit --coverage-text --coverage-clover=clover.xml --coverage-cobertura=cobertura.xml'

export const phpunit: ReportTool<CoverageSummary> = {
  tool: 'phpunit',
  version: 'phpunit --version',
  project: readProject('coverage/php'),
  reports: [
    coverageReport('phpunit-clover.xml', php, 'clover.xml', phpSummary, phpPatterns),
    // Its Cobertura has functions, too, which are no methods of a class.
    coverageReport('phpunit-cobertura.xml', php, 'cobertura.xml', phpSummary, { lines: phpPatterns.lines }),
  ],
}

const loc = { lines: /(?<covered>\d+) \/ (?<total>\d+) LOC/ }

export const simplecov: ReportTool<CoverageSummary> = {
  tool: 'simplecov',
  version: 'ruby -e \'require "simplecov"; puts SimpleCov::VERSION\'',
  project: readProject('coverage/ruby'),
  reports: [
    coverageReport('simplecov-resultset.json', 'ruby test.rb', 'coverage/.resultset.json', /\d+ \/ \d+ LOC.*/, loc),
  ],
}
