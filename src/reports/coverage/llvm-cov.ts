import * as v from 'valibot'
import { isObject } from '../../build/json.ts'
import { count, jsonFormat } from '../json-format.ts'
import type { FileCoverage } from '../report.ts'

const counts = v.pipe(
  v.object({ count, covered: count }),
  v.transform(({ count, covered }) => ({ covered, total: count })),
)
const summary = v.object({ lines: counts, branches: v.optional(counts), functions: counts })

/** `llvm-cov export`, and cargo-llvm-cov's `--json`. */
export const llvmCov = jsonFormat({
  name: "llvm-cov's JSON",
  matches(sample) {
    if (!isObject(sample) || !Array.isArray(sample.data)) return false
    const [data] = sample.data
    return isObject(data) && (Array.isArray(data.files) || isObject(data.totals))
  },
  schema: v.object({ data: v.array(v.object({ files: v.array(v.object({ filename: v.string(), summary })) })) }),
  read: ({ data }) =>
    data.flatMap(({ files }) => files.map(({ filename, summary }) => ({ file: filename, ...toParts(summary) }))),
})

/** Compilers that do not instrument branches count none. */
function toParts({ lines, branches, functions }: v.InferOutput<typeof summary>): FileCoverage {
  return { lines, ...(branches === undefined || branches.total === 0 ? {} : { branches }), functions }
}
