import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { CoverageSummary } from '../../../script/reports/coverage/summary.ts'
import type { JsonObject } from '../../../src/build/json.ts'
import { coverageFormats } from '../../../src/reports/coverage/formats.ts'
import { sumCoverage } from '../../../src/reports/coverage/sum-coverage.ts'
import type { ReportFormat } from '../../../src/reports/report.ts'
import { readReport, recognize } from '../read-report.ts'
import files from './files/files.json' with { type: 'json' }

const readText = (file: string) => readFileSync(join(import.meta.dirname, 'files', file), 'utf8')

function sum(text: string, piece?: number): JsonObject {
  const format: ReportFormat<object> = recognize(coverageFormats, text)
  const all = sumCoverage()
  for (const coverage of readReport(format, text, piece)) all.add(coverage)
  const [record] = all.records()
  if (record === undefined) throw new Error('nothing is covered')
  return record
}

describe('files of real tools are counted as the tool itself counts', () => {
  test.each(files.map(({ file, counts }) => [file, counts as unknown as CoverageSummary] as const))(
    '%s',
    (file, counts) => {
      const record = sum(readText(file))
      const { percent, ...parts } = counts
      if (percent !== undefined) expect(Number(record.lines_percent).toFixed(1)).toBe(percent.toFixed(1))
      for (const [part, [covered, total]] of Object.entries(parts)) {
        expect(record, part).toMatchObject({ [`${part}_covered`]: covered, [`${part}_total`]: total })
        expect(record[`${part}_percent`]).toBe((covered / total) * 100)
      }
    },
  )
})

test.each(files.map(({ file }) => file))('%s: pieces may end anywhere', (file) => {
  const text = readText(file)
  for (const piece of [1, 7, 1000]) expect(sum(text, piece)).toEqual(sum(text))
})

test.each(files.map(({ file }) => file))('%s: what is cut off is not counted', (file) => {
  const text = readText(file).trimEnd()
  // Of Go's profile each line is whole.
  if (!file.startsWith('go-')) expect(() => sum(text.slice(0, -3))).toThrow(/ends|incomplete|cut off|stopped/)
})
