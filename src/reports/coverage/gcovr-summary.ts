import * as v from 'valibot'
import { isObject } from '../../build/json.ts'
import { jsonFormat } from '../json-format.ts'
import type { FileCoverage } from '../report.ts'

const counts = v.object({
  filename: v.string(),
  line_total: v.number(),
  line_covered: v.number(),
  branch_total: v.number(),
  branch_covered: v.number(),
  function_total: v.optional(v.number()),
  function_covered: v.optional(v.number()),
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
