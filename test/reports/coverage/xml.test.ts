import { describe, expect, test } from 'vitest'
import { maxCoveredFiles } from '../../../src/limits.ts'
import { coverageFormats } from '../../../src/reports/coverage/formats.ts'
import type { FileCoverage } from '../../../src/reports/report.ts'
import { readReport, recognize } from '../read-report.ts'

const read = (text: string) => readReport(recognize(coverageFormats, text), text)
const classes = (...inner: string[]) =>
  `<?xml version="1.0"?>\n<coverage line-rate="0.9"><packages><package name="p"><classes>${inner.join('')}</classes></package></packages></coverage>`
const line = (number: number | string, hits: number | string, more = '') =>
  `<line number="${number}" hits="${hits}" ${more}/>`

describe('Cobertura', () => {
  test.each<[string, string, FileCoverage[]]>([
    [
      'a file in several classes is counted once, as covered where any of them says so',
      classes(
        `<class name="A" filename="a.cs"><methods/><lines>${line(1, 1)}${line(2, 0)}${line(3, 0, 'branch="True" condition-coverage="50% (1/2)"')}</lines></class>`,
        `<class name="A.Inner" filename="a.cs"><methods/><lines>${line(2, 4)}${line(3, 0, 'branch="True" condition-coverage="100% (2/2)"')}</lines></class>`,
      ),
      [{ file: 'a.cs', lines: { covered: 2, total: 3 }, branches: { covered: 2, total: 2 } }],
    ],
    [
      'lines of methods are those of the class',
      classes(
        `<class name="A" filename="a"><methods><method name="f" signature="()"><lines>${line(1, 1)}${line(2, 0)}</lines></method><method name="f" signature="(int)"><lines>${line(3, 0)}</lines></method></methods><lines>${line(1, 1)}${line(2, 0)}${line(3, 0)}</lines></class>`,
      ),
      [{ file: 'a', lines: { covered: 1, total: 3 }, functions: { covered: 1, total: 2 } }],
    ],
    [
      'lines that stand in methods only',
      classes(
        `<class name="A" filename="a"><methods><method name="f"><lines>${line(1, 1)}${line(2, 0)}</lines></method></methods><lines/></class>`,
      ),
      [{ file: 'a', lines: { covered: 1, total: 2 }, functions: { covered: 1, total: 1 } }],
    ],
    [
      'a method is covered where one of its lines is, and as it says itself',
      classes(
        `<class filename="a.js"><methods><method name="f"><lines>${line(1, 0)}${line(2, 1)}</lines></method><method name="g" hits="0"><lines>${line(3, 1)}</lines></method></methods><lines>${line(1, 0)}</lines></class>`,
        `<class filename="b.php"><methods><method name="f"><lines>${line(1, 0)}${line(2, 1)}</lines></method></methods><lines>${line(1, 1)}</lines></class>`,
      ),
      [
        { file: 'a.js', lines: { covered: 0, total: 1 }, functions: { covered: 1, total: 2 } },
        { file: 'b.php', lines: { covered: 1, total: 1 }, functions: { covered: 0, total: 1 } },
      ],
    ],
    [
      'more branches than memory holds, if each were kept',
      classes(
        `<class filename="a"><lines>${Array.from({ length: 1000 }, (_, at) => line(at, 1, 'condition-coverage="0% (0/999999)"')).join('')}</lines></class>`,
      ),
      [{ file: 'a', lines: { covered: 1000, total: 1000 }, branches: { covered: 0, total: 999_999_000 } }],
    ],
    [
      'a class without a file',
      classes(`<class name="A"><lines>${line(1, 1)}</lines></class>`),
      [{ file: 'A', lines: { covered: 1, total: 1 } }],
    ],
    ['no file at all', classes(), []],
    [
      'what only the root counts',
      '<coverage line-rate="0.5" lines-valid="8" lines-covered="4" branches-valid="0" branches-covered="0"><packages/></coverage>',
      [{ lines: { covered: 4, total: 8 } }],
    ],
    [
      'a root that counts less than the lines',
      `<coverage line-rate="1" lines-valid="0" lines-covered="0"><packages><class filename="a"><lines>${line(1, 1)}</lines></class></packages></coverage>`,
      [{ file: 'a', lines: { covered: 1, total: 1 } }],
    ],
    [
      'hits beyond all numbers',
      classes(
        `<class filename="a"><lines>${line(1, '18446744073709551615')}${line(2, -1)}${line(3, '1e30')}</lines></class>`,
      ),
      [{ file: 'a', lines: { covered: 2, total: 3 } }],
    ],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  test.each<[string, string, RegExp]>([
    ['a count that is text', line(1, 'many'), /^"many" is not a count$/],
    ['a count with a comma', line(1, '1,5'), /^"1,5" is not a count$/],
    ['a line that is none', line('-1', 1), /^"-1" is not a line number$/],
    [
      'a condition that is none',
      line(1, 1, 'condition-coverage="NaN%"'),
      /^condition-coverage "NaN%" is not like "50% \(1\/2\)"$/,
    ],
  ])('%s is named, with its line', (_, broken, message) => {
    const text = classes(`<class filename="a"><lines>\n${line(1, 1)}\n${broken}\n</lines></class>`)
    expect(() => read(text)).toThrow(expect.objectContaining({ line: 4, message: expect.stringMatching(message) }))
  })

  test('more files than memory should hold are refused, with the line of the first', () => {
    const text = classes(Array.from({ length: maxCoveredFiles + 1 }, (_, at) => `\n<class filename="${at}"/>`).join(''))
    const line = 2 + maxCoveredFiles + 1
    expect(() => read(text)).toThrow(
      expect.objectContaining({ line, message: expect.stringMatching(/^it covers more/) }),
    )
  })
})

describe('JaCoCo', () => {
  const counters = (missed: number, covered: number) =>
    `<counter type="INSTRUCTION" missed="9" covered="9"/><counter type="LINE" missed="${missed}" covered="${covered}"/>`
  const file = (name: string, missed: number, covered: number) =>
    `<sourcefile name="${name}"><line nr="1" mi="0" ci="1" mb="0" cb="0"/>${counters(missed, covered)}</sourcefile>`
  test('groups, packages, classes: source files count, once', () => {
    const text = `<report name="all"><sessioninfo id="x" start="1" dump="2"/><group name="one"><package name="org/a"><class name="org/a/A" sourcefilename="A.java"><method name="f" desc="()V" line="1">${counters(1, 1)}</method>${counters(1, 1)}</class>${file('A.java', 1, 2)}${counters(1, 2)}</package>${counters(1, 2)}</group><group name="two"><package name="">${file('B.java', 0, 0)}<class name="Generated">${counters(3, 0)}</class>${counters(3, 0)}</package></group>${counters(4, 2)}</report>`
    expect(read(text)).toEqual([
      { file: 'org/a/A.java', lines: { covered: 2, total: 3 } },
      { file: 'B.java', lines: { covered: 0, total: 0 } },
      { file: 'Generated', lines: { covered: 0, total: 3 } },
    ])
  })

  test('a count that is none is named, with its line', () => {
    const text =
      '<report name="x"><package name="p"><sourcefile name="A">\n<counter type="LINE" missed="" covered="1"/></sourcefile></package></report>'
    expect(() => read(text)).toThrow(expect.objectContaining({ line: 2, message: '"" is not a count' }))
  })
})

test('Clover: metrics of files, not of their classes nor of the project of tests', () => {
  const metrics = (statements: number) =>
    `<metrics statements="${statements}" coveredstatements="1" conditionals="0" methods="2" coveredmethods="0"/>`
  const text = `<coverage generated="1" clover="4"><project timestamp="1">${metrics(99)}<package name="p">${metrics(99)}<file name="A.java" path="src/A.java"><class name="A">${metrics(99)}</class>${metrics(4)}</file></package></project><testproject><package name="t"><file name="T.java">${metrics(7)}</file></package></testproject></coverage>`
  expect(read(text)).toEqual([
    { file: 'src/A.java', lines: { covered: 1, total: 4 }, functions: { covered: 0, total: 2 } },
  ])
})
