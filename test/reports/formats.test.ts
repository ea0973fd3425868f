import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { benchmarkFormats } from '../../src/reports/benchmark/formats.ts'
import { coverageFormats } from '../../src/reports/coverage/formats.ts'
import { testFormats } from '../../src/reports/tests/formats.ts'

const kinds = { tests: testFormats, coverage: coverageFormats, benchmark: benchmarkFormats }
const files = Object.keys(kinds).flatMap((kind) => {
  const folder = join(import.meta.dirname, kind, 'files')
  return readdirSync(folder).flatMap((file) =>
    file === 'files.json' ? [] : [[kind, file, join(folder, file)] as const],
  )
})

test.each(files)('%s/%s is of one format, of this kind', (kind, _, path) => {
  const head = readFileSync(path, 'utf8').slice(0, 65_536)
  const found = Object.entries(kinds).flatMap(([name, formats]) =>
    formats.filter((format) => format.recognizes(head)).map((format) => [name, format.name]),
  )
  expect(found).toEqual([[kind, expect.any(String)]])
})
