import { describe, expect, it } from 'vitest'
import type { ReportProblem } from '../../../src/reports/report.ts'
import { tap } from '../../../src/reports/tests/tap.ts'
import { readReport } from '../read-report.ts'

const read = (text: string) => readReport(tap, text)
const toPairs = (text: string) => read(text).map(({ name, outcome }) => `${name}: ${outcome}`)

describe('TAP', () => {
  it.each<[string, string, string[]]>([
    ['a plan before its tests', '1..2\nok 1 - a\nnot ok 2 b\n', ['a: passed', 'b: failed']],
    ['a plan behind', 'TAP version 14\nok 1 - a\n1..1\n', ['a: passed']],
    ['no numbers and no names', '1..3\nok\nnot ok\nok 3\n', [': passed', ': failed', '3: passed']],
    [
      'directives',
      '1..4\nok 1 - a # SKIP why\nok 2 # skip\nnot ok 3 c # TODO later\nok 4 - d # todo',
      ['a: skipped', '2: skipped', 'c: skipped', 'd: skipped'],
    ],
    ['an escaped #', '1..2\nok 1 - a \\# SKIP\nok 2 - b \\\\ # SKIP\n', ['a # SKIP: passed', 'b \\: skipped']],
    ['a # that is no directive', '1..1\nnot ok 1 - issue #12 # skipping stones', ['issue #12: skipped']],
    ['what is skipped as a whole', '1..0 # SKIP no database\n', ['no database: skipped']],
    ['no tests', 'TAP version 13\n1..0\n', []],
    ['a bail out', '1..5\nok 1 - a\nBail out! no disk\n', ['a: passed', 'Bail out!: error']],
    ['what is no TAP in between', 'TAP version 13\nhello\nok 1 - a\nokay\n1..1', ['a: passed']],
  ])('reads %s', (_what, text, expected) => {
    expect(toPairs(text)).toEqual(expected)
  })

  it("counts Perl's subtests as the test that they are in", () => {
    const text = `# Subtest: cart\n    1..2\n    ok 1 - inner\n    # Subtest: deep\n        ok 1 - deepest\n        1..1\n    not ok 2 - deep\nnot ok 1 - cart\nok 2 - b\n1..2\n`
    expect(toPairs(text)).toEqual(['cart: failed', 'b: passed'])
  })

  it("counts node's tests, not its suites", () => {
    const details = (type: string) => `  ---\n  duration_ms: 250\n  type: '${type}'\n  ...\n`
    const inner = (type: string) => details(type).replace(/^/gm, '    ').trimEnd()
    const text = `TAP version 13
# Subtest: suite
    # Subtest: a
    ok 1 - a
${inner('test')}
    1..1
ok 1 - suite
${details('suite')}# Subtest: test
    # Subtest: b
    ok 1 - b
${inner('test')}
    1..1
ok 2 - test
${details('test')}1..2
`
    expect(read(text)).toEqual([
      { name: 'a', suite: 'suite', outcome: 'passed', duration: 0.25 },
      { name: 'b', suite: 'test', outcome: 'passed', duration: 0.25 },
      { name: 'test', outcome: 'passed' },
    ])
  })

  it('reads subtests in braces, and a test that failed though none of them did', () => {
    const text = '1..1\nnot ok 1 - file # time=2s {\n    ok 1 - a # time=5ms\n    1..1\n}\n'
    expect(read(text)).toEqual([
      { name: 'a', suite: 'file', outcome: 'passed', duration: 0.005 },
      { name: 'file', outcome: 'error', duration: 2 },
    ])
  })

  it('reads messages of details and of comments', () => {
    const text = `1..3
not ok 1 - a
  ---
  message: 'it''s wrong'
  location: '/tmp/a.js:3:5'
  ...
not ok 2 - b
  ---
  error: |-
    one
    two
not ok 9 - in the message
  stack: |-
    at x
  ...
not ok 3 - c
# (in test file c.bats, line 4)
#   failed
`
    expect(read(text)).toEqual([
      { name: 'a', outcome: 'failed', message: "it's wrong", file: '/tmp/a.js' },
      { name: 'b', outcome: 'failed', message: 'one\ntwo' },
      { name: 'c', outcome: 'failed', message: '(in test file c.bats, line 4)\n  failed' },
    ])
  })

  it('reads several documents in one file, and what prove says between them', () => {
    const text =
      'a.t ..\n1..2\nok 1 - a\nok 2 - b\nok\nTAP version 13\nok 1 - c\n1..1\nok 1 - d\nok 2 - e\n1..2\nAll tests successful.\n'
    expect(toPairs(text)).toEqual(['a: passed', 'b: passed', 'c: passed', 'd: passed', 'e: passed'])
  })

  it.each([
    [
      'no plan',
      'TAP version 13\nok 1 - a\nok 2 - b\n',
      'it has no plan, such as 1..2: the tool was stopped, or the file was cut off',
      3,
    ],
    [
      'too few tests',
      '1..3\nok 1 - a\n',
      'its plan is 1..3, but it has 1 test: the tool was stopped, or the file was cut off',
      2,
    ],
    ['too many tests', '1..1\nok 1 - a\nok 2 - b\n', 'its plan is 1..1, but it has 2 tests', 3],
    [
      'an open brace',
      '1..1\nok 1 - a {\n    ok 1 - b\n',
      'it ends inside the subtests of a test: the tool was stopped, or the file was cut off',
      3,
    ],
    ['something else', 'hello\n', 'the file has no TAP lines', undefined],
    ['nothing', '', 'the file has no TAP lines', undefined],
  ])('refuses %s', (_what, text, message, line) => {
    expect(() => read(text)).toThrow(expect.objectContaining<Partial<ReportProblem>>({ message, line }))
  })

  it.each([
    ['TAP version 13\n', true],
    ['# a comment\nok 1 - a\n', true],
    ['1..3\nnot ok 1\n', true],
    ['1..0 # SKIP no database\n', true],
    ['ok  \texample.com/shop\t0.3s\n', false],
    ['<testsuite>\nok 1\n', false],
    ['{"a": "\nok 1"}', false],
    ['1..2 is a range\n', false],
  ])('knows %j: %s', (head, expected) => {
    expect(tap.recognizes(head)).toBe(expected)
  })
})
