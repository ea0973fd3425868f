import { find, type MadeReport, type ReportTool, toCounts } from '../tool.ts'

const cases = `
describe('cart', () => {
  describe('empty', () => {
    it('has a total', () => {})
    it('fails', () => assert.deepEqual({ a: 1 }, { a: 2 }, 'a < b & "c"\\n# not ok ]]> \\x1b[31mred'))
  })
  it('größe 日本 😀 # hash <&"', () => {})
  it.skip('skipped', () => {})
  it('throws', () => { throw new TypeError('no') })
})
`
const flaky = `
let tries = 0
const fail = () => { if (++tries < 3) throw new Error('try ' + tries) }
`

/** `# pass 5`: node's own counts, which it writes to the end of TAP and of its report `spec`. */
function countNode(summary: string) {
  const of = (word: string) => find(summary, new RegExp(`(?:#|ℹ) ${word} (\\d+)`))
  return toCounts({ passed: of('pass'), failed: of('fail') + of('cancelled'), skipped: of('skipped') + of('todo') })
}

const nodeTest = (name: string, tests: string): ReportTool => ({
  tool: 'node',
  version: 'node --version',
  project: {
    'shop.test.mjs': `
import assert from 'node:assert'
import { describe, it, test } from 'node:test'
${cases}
describe('more', () => {
  it('skipped within', (t) => t.skip('not here'))
  it.todo('to do')
  it('to do and fails', { todo: true }, () => assert.fail('yet'))
  it('is too late', { timeout: 20 }, () => new Promise((resolve) => setTimeout(resolve, 500)))
  it('comes after', () => {})
})
test('plain', () => {})
${tests}`,
  },
  reports: (['tap', 'junit'] as const)
    // Tests within tests and suites are not told apart in its XML.
    .filter((format) => format === 'tap' || tests === '')
    .map((format) => ({
      file: format === 'tap' ? `${name}.tap` : `${name}.xml`,
      command: `node --test --test-reporter=${format} --test-reporter-destination=report --test-reporter=spec --test-reporter-destination=stdout shop.test.mjs`,
      from: 'report',
      summary: /^ℹ tests [\s\S]*?^ℹ todo \d+/m,
      toCounts: countNode,
    })),
})

const install = [
  'mkdir -p js && cd js && npm init --yes >/dev/null',
  'npm install --no-audit --no-fund --save-exact vitest@3.2.7 jest@30.5.2 jest-junit@17.0.0 jest-ctrf-json-reporter@0.0.11 mocha@11.7.5 mocha-junit-reporter@2.2.1 tap@21.8.0',
].join(' && ')

/** Its packages are found where the project is. */
const linked = 'ln -sfn $TOOLS/js/node_modules node_modules;'

/** ` Tests  2 failed | 5 passed | 1 skipped | 1 todo (9)`, and a line on files that could not be loaded. */
function countVitest(summary: string, broken: number, errors = broken) {
  const of = (word: string) => find(summary, new RegExp(`(\\d+) ${word}`))
  return toCounts({
    passed: of('passed'),
    failed: of('failed') + broken,
    errors,
    skipped: of('skipped') + of('todo'),
  })
}

const vitestReport = (file: string, reporter: string, files: string, errors: number): MadeReport => ({
  file,
  command: `${linked} npx vitest run --reporter=default --reporter=${reporter} --outputFile.${reporter}=report ${files}`,
  from: 'report',
  summary: /^\s*Tests .*$/m,
  // Vitest's XML has a failure where a file could not be loaded.
  toCounts: (summary) => ({
    ...countVitest(summary, errors, reporter === 'junit' ? 0 : errors),
    flaky: reporter === 'json' ? 1 : 0,
  }),
})

/** It prints TAP and nothing else. */
const vitestTap = (reporter: string): MadeReport => ({
  ...vitestReport(`vitest-${reporter}.tap`, reporter, 'shop', 0),
  command: `${linked} npx vitest run shop; npx vitest run --reporter=${reporter} shop > report`,
})

const vitest: ReportTool = {
  tool: 'vitest',
  install,
  version: '$TOOLS/js/node_modules/.bin/vitest --version',
  project: {
    'package.json': '{"type": "module"}',
    'shop.test.js': `
import assert from 'node:assert'
import { describe, expect, it } from 'vitest'
${cases}${flaky}
describe.each(['plain', 'größe'])('each %s', (name) => {
  it.todo('to do')
  it.fails('fails as it should', () => expect(1).toBe(2))
})
it('is flaky', { retry: 3 }, fail)
`,
    'broken.test.js': `import './nothing-of-this-name.js'\n`,
  },
  reports: [
    vitestReport('vitest.xml', 'junit', 'shop', 0),
    vitestReport('vitest-broken.xml', 'junit', '', 1),
    vitestReport('vitest.json', 'json', '', 1),
    vitestTap('tap'),
    vitestTap('tap-flat'),
  ],
}

/** `Tests:       2 failed, 1 skipped, 1 todo, 3 passed, 7 total` */
const jestReport = (file: string, options: string, from: string, errors: number): MadeReport => ({
  file,
  command: `${linked} npx jest ${options}`,
  from,
  summary: /^Tests: .*$/m,
  toCounts: (summary) => ({ ...countVitest(summary, errors), flaky: file.endsWith('.json') && errors > 0 ? 1 : 0 }),
})

const jest: ReportTool = {
  tool: 'jest',
  install,
  version: '$TOOLS/js/node_modules/.bin/jest --version',
  project: {
    'package.json': '{"jest": {"testEnvironment": "node"}}',
    'shop.test.js': `
const assert = require('node:assert')
jest.retryTimes(3)
${cases}${flaky}
it.todo('to do')
it('is flaky', fail)
`,
    'broken.test.js': `require('./nothing-of-this-name.js')\n`,
  },
  reports: [
    jestReport('jest.json', '--json --outputFile=report.json', 'report.json', 1),
    {
      ...jestReport(
        'jest-junit.xml',
        '--reporters=default --reporters=jest-junit --testPathPatterns shop',
        'junit.xml',
        0,
      ),
      // It says nothing of what is to do.
      toCounts: (summary) =>
        toCounts({
          passed: find(summary, /(\d+) passed/) + find(summary, /(\d+) todo/),
          failed: find(summary, /(\d+) failed/),
          skipped: find(summary, /(\d+) skipped/),
        }),
    },
    {
      ...jestReport(
        'jest-ctrf.json',
        '--reporters=default --reporters=jest-ctrf-json-reporter --testPathPatterns shop',
        'ctrf/ctrf-report.json',
        0,
      ),
      toCounts: (summary) => ({ ...countVitest(summary, 0), flaky: 1 }),
    },
  ],
}

/** `4 passing`, `1 pending`, `2 failing` */
const mochaReport = (file: string, reporter: string, from: string): MadeReport => ({
  file,
  command: `${linked} npx mocha --reporter spec shop.test.js; npx mocha --reporter ${reporter} shop.test.js`,
  from,
  summary: /^ {2}\d+ passing[\s\S]*?failing$/m,
  toCounts: (summary) =>
    toCounts({
      passed: find(summary, /(\d+) passing/),
      failed: find(summary, /(\d+) failing/),
      skipped: find(summary, /(\d+) pending/),
    }),
})

const mocha: ReportTool = {
  tool: 'mocha',
  install,
  version: '$TOOLS/js/node_modules/.bin/mocha --version',
  project: { 'shop.test.js': `const assert = require('node:assert')\n${cases}` },
  reports: [
    mochaReport('mocha-junit.xml', 'mocha-junit-reporter --reporter-options includePending=true', 'test-results.xml'),
    mochaReport('mocha.tap', 'tap > report.tap', 'report.tap'),
  ],
}

const nodeTap: ReportTool = {
  tool: 'tap',
  install,
  version: 'grep \'"version"\' $TOOLS/js/node_modules/tap/package.json',
  project: {
    'package.json': '{"type": "module"}',
    'shop.test.js': `
import t from 'tap'
t.pass('plain')
t.test('cart', (t) => {
  t.equal(1, 2, 'a # b')
  t.test('größe', (t) => { t.ok(true, 'is there'); t.ok(true, 'later', { skip: 'not here' }); t.end() })
  t.end()
})
t.test('to do', { todo: true }, () => {})
`,
  },
  reports: [
    {
      file: 'node-tap.tap',
      command: `${linked} npx tap run --disable-coverage --allow-empty-coverage --reporter=tap shop.test.js | tee report.tap`,
      from: 'report.tap',
      summary: /^# \{ [^}]*\}/m,
      toCounts: (summary) => {
        const of = (word: string) => find(summary, new RegExp(`${word}: (\\d+)`))
        return toCounts({ passed: of('pass'), failed: of('fail'), skipped: of('skip') + of('todo') })
      },
    },
  ],
}

export const nodeTools: readonly ReportTool[] = [
  nodeTest('node', ''),
  nodeTest(
    'node-nested',
    "test('outer', async (t) => {\n  await t.test('inner', () => {})\n  await t.test('inner fails', () => assert.ok(false))\n})\n",
  ),
  vitest,
  jest,
  mocha,
  nodeTap,
]
