import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { benchmarkFormats } from '../../../src/reports/benchmark/formats.ts'
import type { Benchmark } from '../../../src/reports/report.ts'
import { readReport, recognize } from '../read-report.ts'
import files from './files/files.json' with { type: 'json' }

const readText = (file: string) => readFileSync(join(import.meta.dirname, 'files', file), 'utf8')
/** criterion names a benchmark by its folders. */
const path = 'target/criterion/fibonacci 15/new/estimates.json'

function read(file: string, piece?: number): Benchmark[] {
  const text = readText(file)
  return readReport(recognize(benchmarkFormats, text), text, piece, path)
}

describe('files of real tools are read as the tool itself prints them', () => {
  test.each(files.map(({ file, counts }) => [file, counts as Readonly<Record<string, number>>] as const))(
    '%s',
    (file, counts) => {
      const benchmarks = read(file)
      for (const [name, seconds] of Object.entries(counts)) {
        const found = benchmarks.filter((one) => one.name === name && one.unit === 's')
        expect(found, name).toHaveLength(1)
        // Tools print three digits or four.
        const [{ value } = { value: 0 }] = found
        expect(value / seconds).toBeCloseTo(1, 2)
      }
      expect(new Set(benchmarks.map(({ name, unit }) => `${name} ${unit}`)).size).toBe(benchmarks.length)
      for (const { value, min = value, max = value } of benchmarks) {
        expect(min).toBeLessThanOrEqual(value)
        expect(max).toBeGreaterThanOrEqual(value)
      }
    },
  )
})

test.each(files.map(({ file }) => file))('%s: pieces may end anywhere', (file) => {
  for (const piece of [1, 7, 1000]) expect(read(file, piece)).toEqual(read(file))
})
