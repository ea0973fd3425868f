import * as v from 'valibot'
import { isObject } from '../../build/json.ts'
import { count, jsonFormat } from '../json-format.ts'
import type { FileCoverage } from '../report.ts'

const summary = v.object({
  covered_lines: count,
  num_statements: count,
  covered_branches: v.optional(count),
  num_branches: v.optional(count),
})
const fileReport = v.object({
  summary,
  functions: v.optional(v.record(v.string(), v.object({ summary: v.object({ covered_lines: count }) }))),
})

/** `coverage json` of coverage.py. Its `percent_covered` combines lines and branches, which are separate here. */
export const coveragePy = jsonFormat({
  name: "coverage.py's JSON",
  matches: (sample) =>
    isObject(sample) &&
    ((isObject(sample.meta) && 'branch_coverage' in sample.meta) ||
      (isObject(sample.totals) && 'num_statements' in sample.totals)),
  schema: v.object({ files: v.record(v.string(), fileReport) }),
  read: ({ files }) => Object.entries(files).map(([file, report]) => ({ file, ...toCoverage(report) })),
})

function toCoverage({ summary, functions = {} }: v.InferOutput<typeof fileReport>): FileCoverage {
  const { covered_lines, num_statements, covered_branches = 0, num_branches } = summary
  // Code outside of functions is a function without a name.
  const named = Object.entries(functions).filter(([name]) => name !== '')
  const called = named.filter(([, { summary }]) => summary.covered_lines > 0)
  return {
    lines: { covered: covered_lines, total: num_statements },
    ...(num_branches === undefined ? {} : { branches: { covered: covered_branches, total: num_branches } }),
    ...(named.length === 0 ? {} : { functions: { covered: called.length, total: named.length } }),
  }
}
