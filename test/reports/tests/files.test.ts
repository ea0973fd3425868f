import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { benchmarkFormats } from '../../../src/reports/benchmark/formats.ts'
import { coverageFormats } from '../../../src/reports/coverage/formats.ts'
import { type ReportFormat, ReportProblem, type TestCase } from '../../../src/reports/report.ts'
import { TestCounter } from '../../../src/reports/tests/count-tests.ts'
import { testFormats } from '../../../src/reports/tests/formats.ts'
import { readReport, recognize } from '../read-report.ts'
import reports from './files/files.json' with { type: 'json' }

const readText = (file: string) => readFileSync(join(import.meta.dirname, 'files', file), 'utf8')
const files = reports.flatMap((row) => ('files' in row ? (row.files ?? []) : [row.file]))
const texts = files.map((file) => [file, readText(file)] as const)

function readCases(text: string, piece?: number): TestCase[] {
  return readReport(recognize(testFormats, text), text, piece)
}

describe('reports of real tools', () => {
  it.each(reports.map((row) => [row.file, row] as const))('%s is counted as the tool counts', (_file, row) => {
    const counter = new TestCounter()
    for (const file of 'files' in row ? (row.files ?? []) : [row.file]) {
      for (const item of readCases(readText(file))) counter.add(item)
    }
    const [
      {
        counts: { duration: _, ...counts },
      } = { counts: { tests: 0 } },
    ] = counter.list()
    expect(counts).toEqual(row.counts.tests === 0 ? { tests: 0 } : row.counts)
  })

  it.each(texts)('%s is of no other kind', (_file, text) => {
    const others: ReportFormat<unknown>[] = [...coverageFormats, ...benchmarkFormats]
    expect(others.filter(({ recognizes }) => recognizes(text.slice(0, 65_536))).map(({ name }) => name)).toEqual([])
  })

  it.each(texts)('%s: its pieces may end anywhere', (_file, text) => {
    const whole = readCases(text)
    for (const piece of text.length < 5000 ? [1, 13] : [13]) expect(readCases(text, piece)).toEqual(whole)
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 5000 }), (piece) => {
        expect(readCases(text, piece)).toEqual(whole)
      }),
      { numRuns: 3 },
    )
  })

  it.each(texts)('%s: what is cut off is refused, or all of it is there', (_file, text) => {
    const format = recognize(testFormats, text)
    const toOutcomes = (cases: readonly TestCase[]) => cases.map(({ outcome }) => outcome)
    const whole = toOutcomes(readReport(format, text))
    fc.assert(
      fc.property(fc.nat(text.length - 1), (end) => {
        // A line of TAP is whole wherever it ends.
        const part = text.slice(0, format.name === 'TAP' ? text.lastIndexOf('\n', end) + 1 : end)
        // go says nothing of the packages that are to come.
        const last = /[^\n]+\n?$/.exec(part)?.[0] ?? ''
        if (format.name === 'go test -json' && !/"Test":|"output"|"start"|build-fail/.test(last)) return
        try {
          expect(toOutcomes(readReport(format, part))).toEqual(whole)
        } catch (error) {
          if (!(error instanceof ReportProblem)) throw error
          expect(error.message).toMatch(
            /ends|empty|stopped|no TAP lines|no event|incomplete|not valid|not an event|plan/,
          )
        }
      }),
      { numRuns: 20 },
    )
  })

  it.each(texts)('%s does not name the machine that it was made on', (_file, text) => {
    expect(text).not.toMatch(/\/root\b|\/wt\/|report-tools|hostname="(?!host"|")/)
  })

  it('has cases of all that there is', () => {
    const all = texts.flatMap(([, text]) => readCases(text))
    for (const key of ['classname', 'suite', 'file', 'flaky', 'duration', 'message'] as const) {
      expect(
        all.some((item) => item[key] !== undefined),
        key,
      ).toBe(true)
    }
    for (const outcome of ['passed', 'failed', 'error', 'skipped']) {
      expect(all.filter((item) => item.outcome === outcome).length, outcome).toBeGreaterThan(10)
    }
    expect(all.filter(({ name }) => name === '')).toEqual([])
  })
})
