import * as v from 'valibot'
import { isObject, type Json } from '../../build/json.ts'
import { jsonFormat } from '../json-format.ts'
import type { FileCoverage } from '../report.ts'
import { FileHits } from './file-hits.ts'

// A line without code is null, and an excluded one is "ignored".
const lines = v.array(v.nullable(v.union([v.number(), v.literal('ignored')])))
const coverage = v.record(v.string(), v.union([lines, v.object({ lines })]))
const result = v.object({ coverage })

/** SimpleCov's `coverage.json`, and its `.resultset.json`, which has a part for each suite. */
export const simplecov = jsonFormat({
  name: 'SimpleCov',
  matches: (sample) => isObject(sample) && (isResult(sample) || Object.values(sample).some(isResult)),
  schema: v.union([result, v.record(v.string(), result)]),
  *read(report): Generator<FileCoverage> {
    const results = isSingle(report) ? [report] : Object.values(report)
    const files = new Map<string, FileHits>()
    for (const { coverage } of results) {
      for (const [file, counts] of Object.entries(coverage)) {
        const hits = files.get(file) ?? new FileHits()
        files.set(file, hits)
        for (const [index, count] of (Array.isArray(counts) ? counts : counts.lines).entries()) {
          if (typeof count === 'number') hits.of('lines').add(index + 1, count > 0)
        }
      }
    }
    for (const [file, hits] of files) yield hits.toCoverage(file)
  },
})

const isSingle = (report: object): report is v.InferOutput<typeof result> => v.is(result, report)

function isResult(json: Json): boolean {
  if (!isObject(json) || !isObject(json.coverage)) return false
  return Object.values(json.coverage).some(
    (file) => Array.isArray(file) || (isObject(file) && Array.isArray(file.lines)),
  )
}
