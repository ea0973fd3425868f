import { type ReportTool, readProject } from '../tool.ts'
import { type CoverageSummary, coverageReport } from './summary.ts'

const patterns = {
  lines: /Lines\s*:.*\( (?<covered>\d+)\/(?<total>\d+) \)/,
  branches: /Branches\s*:.*\( (?<covered>\d+)\/(?<total>\d+) \)/,
  functions: /Functions\s*:.*\( (?<covered>\d+)\/(?<total>\d+) \)/,
}
const summary = /^Statements[^=]*/m
const project = readProject('coverage/javascript')
/** Vitest 5 takes a configuration only. */
const reporters = ['text-summary', 'lcov', 'cobertura', 'clover', 'json-summary', 'json']
const flags = reporters.map((reporter) => `--reporter=${reporter}`).join(' ')

const files = {
  lcov: 'coverage/lcov.info',
  cobertura: 'coverage/cobertura-coverage.xml',
  clover: 'coverage/clover.xml',
  summary: 'coverage/coverage-summary.json',
  final: 'coverage/coverage-final.json',
}

function javascriptTool(
  tool: string,
  packages: string,
  command: string,
  reports: Readonly<Record<string, keyof typeof files>>,
  more: Readonly<Record<string, string>> = {},
): ReportTool<CoverageSummary> {
  return {
    tool,
    install: `mkdir -p ${tool} && cd ${tool} && npm init --yes > init.log && npm install --silent ${packages}`,
    version: `grep '"version"' $TOOLS/${tool}/node_modules/${packages.replace(/@[\d.]+( .*)?$/, '')}/package.json`,
    project: { ...project, ...more },
    reports: Object.entries(reports).map(([file, of]) => coverageReport(file, command, files[of], summary, patterns)),
  }
}

export const c8 = javascriptTool(
  'c8',
  'c8@12.0.0',
  `$TOOLS/c8/node_modules/.bin/c8 --all --src src ${flags} node test/cart.test.js`,
  { 'c8.lcov': 'lcov', 'c8-cobertura.xml': 'cobertura' },
)

export const nyc = javascriptTool(
  'nyc',
  'nyc@18.0.0',
  `$TOOLS/nyc/node_modules/.bin/nyc --all --include 'src/**' ${flags} node test/cart.test.js`,
  {
    'nyc.lcov': 'lcov',
    'nyc-cobertura.xml': 'cobertura',
    'nyc-clover.xml': 'clover',
    'nyc-summary.json': 'summary',
    'nyc-final.json': 'final',
  },
)

const vitest = (provider: string) => `
import { defineConfig } from 'vitest/config'
export default defineConfig({
  test: {
    globals: true,
    coverage: { enabled: true, provider: '${provider}', include: ['src/**'], reporter: ${JSON.stringify(reporters)} },
  },
})
`
/** The same as modules, which are what Vitest instruments. */
const modules = Object.fromEntries(
  Object.entries(project).map(([path, text]) => [
    path,
    text
      .replace(/const (.*) = require\((.*)\)/g, 'import $1 from $2')
      .replace('module.exports.unused = function', 'export function')
      .replace('module.exports =', 'export'),
  ]),
)

/** Vitest looks for the provider beside the project. */
const runVitest = (tool: string) => `ln -sfn $TOOLS/${tool}/node_modules . && node_modules/.bin/vitest run`

export const vitestV8 = javascriptTool(
  'vitest-v8',
  '@vitest/coverage-v8@5.1.2 vitest@5.1.2',
  runVitest('vitest-v8'),
  { 'vitest-v8.lcov': 'lcov', 'vitest-v8-clover.xml': 'clover', 'vitest-v8-final.json': 'final' },
  { ...modules, 'vitest.config.mjs': vitest('v8') },
)

export const vitestIstanbul = javascriptTool(
  'vitest-istanbul',
  '@vitest/coverage-istanbul@5.1.2 vitest@5.1.2',
  runVitest('vitest-istanbul'),
  { 'vitest-istanbul-cobertura.xml': 'cobertura', 'vitest-istanbul-summary.json': 'summary' },
  { ...modules, 'vitest.config.mjs': vitest('istanbul') },
)
