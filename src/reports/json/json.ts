import { isObject, type Json, type JsonObject } from '../../build/json.ts'
import { sampleJson } from '../json-sample.ts'
import { parseReportJson, readJson } from '../json-text.ts'
import { readLines } from '../lines.ts'
import { type ReportFormat, ReportProblem } from '../report.ts'

/** An object, or a list of objects. */
export const json: ReportFormat<JsonObject> = {
  name: 'JSON',
  recognizes: (head) => /^\s*[[{]/.test(head) && !ndjson.recognizes(head),
  open: (emit) => readJson((value) => emitRecords(value, emit), true),
}

/** One object per line. */
export const ndjson: ReportFormat<JsonObject> = {
  name: 'NDJSON',
  recognizes(head) {
    const sample = sampleJson(head)
    if (sample === undefined) return false
    const first = head.slice(0, head.length - sample.rest.length).trim()
    return !first.includes('\n') && /^[^\S\n]*\r?\n\s*[[{]/.test(sample.rest)
  },
  open: (emit) =>
    readLines(
      (line, number) => {
        if (line.trim() !== '') emitRecords(parseReportJson(line, number, true), emit, number)
      },
      () => {},
    ),
}

function emitRecords(value: Json, emit: (record: JsonObject) => void, line?: number): void {
  const records: readonly Json[] = Array.isArray(value) ? value : [value]
  for (const [index, record] of records.entries()) {
    if (isObject(record)) emit(record)
    else throw new ReportProblem(`${explainRecord(record, Array.isArray(value) ? index : undefined)}`, line)
  }
}

function explainRecord(record: Json, index: number | undefined): string {
  const what = record === null ? 'null' : Array.isArray(record) ? 'a list' : `a ${typeof record}`
  const where = index === undefined ? 'it is' : `record ${index + 1} is`
  return `${where} ${what}: it must be an object, or a list of objects`
}
