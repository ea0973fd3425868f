import { describe, expect, it } from 'vitest'
import type { ReportProblem, TestCase } from '../../../src/reports/report.ts'
import { junit } from '../../../src/reports/tests/junit.ts'

function read(xml: string): TestCase[] {
  const cases: TestCase[] = []
  const parser = junit.open((item) => cases.push(item))
  parser.write(xml)
  parser.end()
  return cases
}

const readOne = (testcase: string) => read(`<testsuite name="s">${testcase}</testsuite>`)

describe('JUnit XML', () => {
  it('reads everything that a case says', () => {
    expect(
      read(
        `<testsuites name="all"><testsuite name="s" time="3">
        <testcase
          name="a[1]"
          classname="c.C"
          file="c.py"
          time="1.5"
        ><failure message="1 != 2" type="AssertionError">trace</failure></testcase>
        </testsuite></testsuites>`,
      ),
    ).toEqual([
      { name: 'a[1]', classname: 'c.C', suite: 's', file: 'c.py', outcome: 'failed', duration: 1.5, message: '1 != 2' },
    ])
  })

  it.each<[string, string, Partial<TestCase>]>([
    ['nothing in it', '<testcase name="a"/>', { outcome: 'passed' }],
    ['output only', '<testcase name="a"><system-out>FAILED</system-out></testcase>', { outcome: 'passed' }],
    [
      'properties',
      '<testcase name="a"><properties><property name="error" value="x"/></properties></testcase>',
      { outcome: 'passed' },
    ],
    ['a failure', '<testcase name="a"><failure/></testcase>', { outcome: 'failed' }],
    [
      'several failures',
      '<testcase name="a"><failure message="1"/><failure message="2"/></testcase>',
      { outcome: 'failed', message: '1' },
    ],
    [
      'a failure with its message in the text',
      '<testcase name="a"><failure message="Failed">\n x_test.go:3: no\n</failure></testcase>',
      { outcome: 'failed', message: 'x_test.go:3: no' },
    ],
    [
      'a failure without a message',
      '<testcase name="a"><failure type="E"/></testcase>',
      { outcome: 'failed', message: 'E' },
    ],
    [
      'an error',
      '<testcase name="a"><error message="no fixture"/></testcase>',
      { outcome: 'error', message: 'no fixture' },
    ],
    ['a failure, and an error in its end', '<testcase name="a"><error/><failure/></testcase>', { outcome: 'failed' }],
    ['skipped', '<testcase name="a"><skipped message="why"/></testcase>', { outcome: 'skipped', message: 'why' }],
    ['skipped, and an error in its end', '<testcase name="a"><skipped/><error/></testcase>', { outcome: 'error' }],
    [
      'node: a failure of what is to do',
      '<testcase name="a"><skipped type="todo"/><failure/></testcase>',
      { outcome: 'skipped' },
    ],
    ['disabled', '<testcase name="a"><disabled/></testcase>', { outcome: 'skipped' }],
    ['ctest: disabled', '<testcase name="a" status="disabled"/>', { outcome: 'skipped' }],
    ['GoogleTest: not run', '<testcase name="a" status="notrun" result="suppressed"/>', { outcome: 'skipped' }],
    ['GoogleTest: run', '<testcase name="a" status="run" result="completed"/>', { outcome: 'passed' }],
    ['a status that says failed', '<testcase name="a" status="FAILED"/>', { outcome: 'failed' }],
    ['a status that is a name of Object', '<testcase name="a" status="constructor"/>', { outcome: 'passed' }],
    [
      'surefire: a flaky failure',
      '<testcase name="a"><flakyFailure message="1"/></testcase>',
      { outcome: 'passed', flaky: true, message: '1' },
    ],
    [
      'surefire: a flaky error',
      '<testcase name="a"><flakyError message="1"><stackTrace/></flakyError></testcase>',
      { outcome: 'passed', flaky: true },
    ],
    [
      'surefire: failed again',
      '<testcase name="a"><failure/><rerunFailure/><rerunFailure/></testcase>',
      { outcome: 'failed' },
    ],
    [
      'ctest: a program that is not there',
      '<testcase name="a" status="notrun"><skipped message="Unable to find executable"/></testcase>',
      { outcome: 'error', message: 'Unable to find executable' },
    ],
    [
      'ctest: a skipped test',
      '<testcase name="a" status="notrun"><skipped message="SKIP_RETURN_CODE=77"/></testcase>',
      { outcome: 'skipped' },
    ],
    [
      'PHPUnit: a risky test',
      '<testcase name="a"><error type="PHPUnit\\Framework\\RiskyTestError">no assertions</error></testcase>',
      { outcome: 'passed' },
    ],
    ['no name', '<testcase classname="c"/>', { name: 'c', classname: 'c', outcome: 'passed' }],
  ])('reads a case with %s', (_what, xml, expected) => {
    const [one, ...others] = readOne(xml)
    expect(others).toEqual([])
    expect(one).toMatchObject(expected)
    expect('flaky' in (one ?? {})).toBe('flaky' in expected)
  })

  it('knows suites in suites, and counts each case once', () => {
    const cases = read(`<testsuites><testsuite name="outer" tests="3" file="o.js">
      <testsuite name="inner" tests="2"><testcase name="a"/><testsuite><testcase name="b"/></testsuite></testsuite>
      <testcase name="c"/>
    </testsuite><testcase name="d"/></testsuites>`)
    expect(cases.map(({ name, suite, file }) => [name, suite, file])).toEqual([
      ['a', 'inner', 'o.js'],
      ['b', 'inner', 'o.js'],
      ['c', 'outer', 'o.js'],
      ['d', undefined, undefined],
    ])
  })

  it('knows what passed when it was run again, and counts each try', () => {
    const cases = readOne(
      '<testcase classname="c" name="a"><failure/></testcase><testcase classname="d" name="a"/><testcase classname="c" name="a"/>',
    )
    expect(cases.map(({ outcome, flaky }) => [outcome, flaky])).toEqual([
      ['failed', undefined],
      ['passed', undefined],
      ['passed', true],
    ])
  })

  it('counts a suite that could not be set up as an error', () => {
    expect(read('<testsuite name="s"><error message="no database"/></testsuite>')).toEqual([
      { name: 's', suite: 's', outcome: 'error', message: 'no database' },
    ])
  })

  it('reads names with a prefix', () => {
    expect(read('<j:testsuite xmlns:j="urn:j"><j:testcase name="a"><j:failure/></j:testcase></j:testsuite>')).toEqual([
      { name: 'a', outcome: 'failed' },
    ])
  })

  it('reads a run without tests as none', () => {
    expect(read('<testsuites tests="0"><testsuite name="s" tests="0"/></testsuites>')).toEqual([])
  })

  it.each([
    ['sums without cases', '<testsuite tests="3" failures="1"/>', /no <testcase>/, undefined],
    ['a page of HTML', '<!DOCTYPE html>\n<html><body>502</body></html>', /outermost element is <html>/, 2],
    ['a file that is cut off', '<testsuite>\n<testcase name="a"/>\n<testcase', /the file ends/, 3],
  ])('refuses %s', (_what, xml, reason, line) => {
    expect(() => read(xml)).toThrow(
      expect.objectContaining<Partial<ReportProblem>>({ message: expect.stringMatching(reason), line }),
    )
  })
})
