import { describe, expect, it } from 'vitest'
import type { ReportProblem, TestCase } from '../../../src/reports/report.ts'
import { ctrf } from '../../../src/reports/tests/ctrf.ts'
import { goTest } from '../../../src/reports/tests/go-test.ts'
import { jestJson } from '../../../src/reports/tests/jest-json.ts'
import { trx } from '../../../src/reports/tests/trx.ts'
import { readReport } from '../read-report.ts'

const toOutcomes = (cases: readonly TestCase[]) => cases.map(({ name, outcome }) => `${name}: ${outcome}`)

describe('go test -json', () => {
  const toText = (events: readonly object[]) => `${events.map((event) => JSON.stringify(event)).join('\n')}\n`
  const Package = 'example.com/shop'

  it('counts a test and its subtests, each with its own time', () => {
    const text = toText([
      { Action: 'start', Package },
      { Action: 'run', Package, Test: 'TestA' },
      { Action: 'run', Package, Test: 'TestA/b' },
      { Action: 'output', Package, Test: 'TestA/b', Output: '=== RUN   TestA/b\n' },
      { Action: 'output', Package, Test: 'TestA/b', Output: '    a_test.go:3: no\n' },
      { Action: 'fail', Package, Test: 'TestA/b', Elapsed: 0.25 },
      { Action: 'fail', Package, Test: 'TestA', Elapsed: 1 },
      { Action: 'fail', Package, Elapsed: 2 },
    ])
    expect(readReport(goTest, text)).toEqual([
      { name: 'TestA/b', suite: Package, outcome: 'failed', duration: 0.25, message: 'a_test.go:3: no' },
      { name: 'TestA', suite: Package, outcome: 'failed', duration: 0.75 },
    ])
  })

  it.each<[string, object[], string[]]>([
    ['a package without tests', [{ Action: 'skip', Package }], []],
    [
      'a benchmark',
      [
        { Action: 'run', Package, Test: 'BenchmarkA' },
        { Action: 'pass', Package },
      ],
      [],
    ],
    [
      'a test that never ended',
      [
        { Action: 'run', Package, Test: 'TestA' },
        { Action: 'fail', Package },
      ],
      ['TestA: error'],
    ],
    [
      'what did not compile',
      [
        { ImportPath: 'x', Action: 'build-output', Output: 'no\n' },
        { ImportPath: 'x', Action: 'build-fail' },
        { Action: 'fail', Package, FailedBuild: 'x' },
      ],
      [`${Package}: error`],
    ],
    [
      'what did not compile, before Go 1.24',
      [
        { Action: 'output', Package, Output: `FAIL\t${Package} [build failed]\n` },
        { Action: 'fail', Package },
      ],
      [`${Package}: error`],
    ],
    [
      'a TestMain that fails',
      [
        { Action: 'pass', Package, Test: 'TestA' },
        { Action: 'output', Package, Output: 'exit status 3\n' },
        { Action: 'fail', Package },
      ],
      ['TestA: passed', `${Package}: failed`],
    ],
  ])('reads %s', (_what, events, expected) => {
    expect(toOutcomes(readReport(goTest, toText(events)))).toEqual(expected)
  })

  it('passes over what go prints beside', () => {
    const text = `go: downloading example.com/x v1.0.0\n# example.com/shop\n./a.go:3:1: no\n${toText([
      { Action: 'pass', Package, Test: 'TestA' },
      { Action: 'pass', Package },
    ])}exit status 1\n`
    expect(goTest.recognizes(text)).toBe(true)
    expect(toOutcomes(readReport(goTest, text))).toEqual(['TestA: passed'])
  })

  it.each([
    [
      'a package that does not end',
      toText([
        { Action: 'start', Package },
        { Action: 'pass', Package, Test: 'TestA' },
      ]),
      /before example.com\/shop has ended/,
      2,
    ],
    ['a line that is cut', `${toText([{ Action: 'pass', Package }])}{"Action":"out`, /not an event/, 2],
    ['a line of something else', '{"level":"info"}\n', /not an event/, 1],
    ['no event', 'ok  \texample.com/shop\t0.3s\n', /before any package has ended/, 1],
  ])('refuses %s', (_what, text, reason, line) => {
    expect(() => readReport(goTest, text)).toThrow(
      expect.objectContaining<Partial<ReportProblem>>({ message: expect.stringMatching(reason), line }),
    )
  })

  it.each(['{"name":"a"}\n', '{"Action":"x"}\n', '[1]', '<testsuite/>', ''])('does not know %j', (head) => {
    expect(goTest.recognizes(head)).toBe(false)
  })
})

describe('CTRF', () => {
  const read = (...tests: object[]) => readReport(ctrf, JSON.stringify({ results: { tool: { name: 'x' }, tests } }))

  it('reads everything that a test says', () => {
    expect(
      read({
        name: 'a',
        status: 'failed',
        duration: 1500,
        suite: ['s', 't'],
        filePath: 'a.js',
        message: 'no',
        retries: 2,
        flaky: true,
      }),
    ).toEqual([{ name: 'a', outcome: 'failed', suite: 't', file: 'a.js', duration: 1.5, message: 'no' }])
    expect(read({ name: 'a', status: 'passed', suite: 's > t', flaky: true, duration: 0, message: null })).toEqual([
      { name: 'a', outcome: 'passed', flaky: true, suite: 's > t', duration: 0 },
    ])
  })

  it('takes what has no result for skipped', () => {
    const tests = ['skipped', 'pending', 'other', 'unheard of'].map((status) => ({ name: status, status, duration: 0 }))
    expect(read(...tests).map(({ outcome }) => outcome)).toEqual(['skipped', 'skipped', 'skipped', 'skipped'])
  })

  it.each([
    ['{"results":{"tool":{"name":"x"},"summary":{},"tests":[', true],
    ['{"reportFormat":"CTRF","specVersion":"1.0.0","resul', true],
    ['{"results":[{"command":"sleep 1"}]}', false],
    ['{"results":{"other":1}}', false],
  ])('knows %s: %s', (head, expected) => {
    expect(ctrf.recognizes(head)).toBe(expected)
  })

  it('refuses what is not a list of tests', () => {
    expect(() => readReport(ctrf, '{"results":{"tests":{}}}')).toThrow(/"results.tests" is Object, not Array/)
    expect(() => readReport(ctrf, '{"results":{"tests":[\n{"name":"a"')).toThrow(
      expect.objectContaining<Partial<ReportProblem>>({ line: 2 }),
    )
  })
})

describe('JSON of Jest and Vitest', () => {
  const read = (...testResults: object[]) => readReport(jestJson, JSON.stringify({ numTotalTests: 1, testResults }))

  it('reads everything that a test says', () => {
    const test = {
      title: 'a',
      fullName: 's a',
      ancestorTitles: ['s'],
      status: 'passed',
      duration: 12,
      failureMessages: [],
      invocations: 2,
    }
    expect(read({ name: 'a.test.js', status: 'passed', message: '', assertionResults: [test] })).toEqual([
      {
        name: 's a',
        outcome: 'passed',
        flaky: true,
        classname: 's',
        suite: 'a.test.js',
        file: 'a.test.js',
        duration: 0.012,
      },
    ])
  })

  it('counts a file that could not be loaded as an error', () => {
    expect(read({ name: 'a.test.js', status: 'failed', message: 'no module', assertionResults: [] })).toEqual([
      { name: 'a.test.js', outcome: 'error', suite: 'a.test.js', file: 'a.test.js', message: 'no module' },
    ])
  })
})

describe('TRX', () => {
  it('has classes for suites', () => {
    const text = `<TestRun><Results><UnitTestResult testId="1" testName="A" outcome="Passed" duration="00:00:01.5"/>
      <UnitTestResult testId="2" testName="B"/></Results>
      <TestDefinitions><UnitTest id="1"><TestMethod className="Shop.Cart, Shop" name="A"/></UnitTest></TestDefinitions></TestRun>`
    expect(readReport(trx, text)).toEqual([
      { name: 'A', outcome: 'passed', duration: 1.5, classname: 'Shop.Cart', suite: 'Shop.Cart' },
      { name: 'B', outcome: 'failed' },
    ])
  })

  it('refuses another document', () => {
    expect(() => readReport(trx, '<html>\n</html>')).toThrow(/outermost element is <html>, not <TestRun>/)
  })
})
