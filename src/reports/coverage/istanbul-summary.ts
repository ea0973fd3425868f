import * as v from 'valibot'
import { isObject } from '../../build/json.ts'
import { count, jsonFormat } from '../json-format.ts'
import type { Count, FileCoverage } from '../report.ts'

const counts = v.object({ total: count, covered: count })
const summary = v.object({ lines: v.optional(counts), branches: v.optional(counts), functions: v.optional(counts) })

/** Istanbul's `json-summary`: `coverage-summary.json` of nyc, c8, Jest and Vitest. The file `total` is the sum of the others. */
export const istanbulSummary = jsonFormat({
  name: "Istanbul's summary",
  matches: (sample) =>
    isObject(sample) &&
    isObject(sample.total) &&
    ['lines', 'statements', 'branches', 'functions'].some((part) => {
      const total = isObject(sample.total) ? sample.total[part] : undefined
      return isObject(total) && 'covered' in total
    }),
  schema: v.record(v.string(), summary),
  read: function* (report): Generator<FileCoverage> {
    const files = Object.entries(report).filter(([file]) => file !== 'total')
    if (files.length === 0) yield toParts(report.total ?? {})
    for (const [file, parts] of files) yield { file, ...toParts(parts) }
  },
})

function toParts({ lines, branches, functions }: v.InferOutput<typeof summary>): FileCoverage {
  return { ...toPart('lines', lines), ...toPart('branches', branches), ...toPart('functions', functions) }
}

function toPart(name: string, part: Count | undefined): FileCoverage {
  return part === undefined ? {} : { [name]: { covered: part.covered, total: part.total } }
}
