import * as v from 'valibot'
import { isObject } from '../../build/json.ts'
import { jsonFormat } from '../json-format.ts'
import type { Count, FileCoverage } from '../report.ts'

/** A position that source maps do not resolve is null. */
const hits = v.nullable(v.number())
const fileCoverage = v.object({
  path: v.optional(v.string()),
  statementMap: v.record(v.string(), v.object({ start: v.object({ line: v.nullish(v.number()) }) })),
  s: v.record(v.string(), hits),
  f: v.record(v.string(), hits),
  b: v.record(v.string(), v.array(hits)),
})

/** Istanbul's `json`: `coverage-final.json`, every statement, function and branch of each file. */
export const istanbulFiles = jsonFormat({
  name: "Istanbul's JSON",
  matches: (sample) =>
    isObject(sample) && Object.values(sample).some((file) => isObject(file) && 'statementMap' in file),
  schema: v.record(v.string(), fileCoverage),
  read: (report) => Object.entries(report).map(([file, coverage]) => toCoverage(file, coverage)),
})

function toCoverage(file: string, { path, statementMap, s, f, b }: v.InferOutput<typeof fileCoverage>): FileCoverage {
  // A line is covered if any statement that begins there is.
  const lines = new Map<number, number>()
  for (const [id, { start }] of Object.entries(statementMap)) {
    const line = start.line ?? undefined
    if (line !== undefined) lines.set(line, Math.max(lines.get(line) ?? 0, s[id] ?? 0))
  }
  return {
    file: path ?? file,
    lines: toCount([...lines.values()]),
    branches: toCount(Object.values(b).flat()),
    functions: toCount(Object.values(f)),
  }
}

const toCount = (hits: readonly (number | null)[]): Count => ({
  covered: hits.filter((count) => (count ?? 0) > 0).length,
  total: hits.length,
})
