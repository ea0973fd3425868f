import * as v from 'valibot'
import { isObject } from '../../build/json.ts'
import { count, jsonFormat } from '../json-format.ts'
import type { FileCoverage } from '../report.ts'

const counts = v.object({
  filename: v.string(),
  line_total: count,
  line_covered: count,
  branch_total: count,
  branch_covered: count,
  function_total: v.optional(count),
  function_covered: v.optional(count),
})

/** gcovr's `--json-summary`. */
export const gcovrSummary = jsonFormat({
  name: "gcovr's summary",
  matches: (sample) => isObject(sample) && 'gcovr/summary_format_version' in sample,
  schema: v.object({ files: v.array(counts) }),
  read: ({ files }) => files.map(toCoverage),
})

function toCoverage(file: v.InferOutput<typeof counts>): FileCoverage {
  const { function_total, function_covered = 0 } = file
  return {
    file: file.filename,
    lines: { covered: file.line_covered, total: file.line_total },
    branches: { covered: file.branch_covered, total: file.branch_total },
    ...(function_total === undefined ? {} : { functions: { covered: function_covered, total: function_total } }),
  }
}
