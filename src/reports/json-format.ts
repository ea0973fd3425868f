import * as v from 'valibot'
import type { Json } from '../build/json.ts'
import { sampleJson } from './json-sample.ts'
import { readJson } from './json-text.ts'
import { type ReportFormat, ReportProblem } from './report.ts'

/** A format that is one JSON value. `matches` receives the part of it that the beginning of the report contains. */
export function jsonFormat<Item, Schema extends v.GenericSchema>(format: {
  readonly name: string
  readonly matches: (sample: Json) => boolean
  readonly schema: Schema
  readonly read: (report: v.InferOutput<Schema>, path?: string) => Iterable<Item>
}): ReportFormat<Item> {
  return {
    name: format.name,
    recognizes(head) {
      const sample = sampleJson(head)
      return sample !== undefined && sample.rest.trim() === '' && format.matches(sample.value)
    },
    open: (emit, path) =>
      readJson((json) => {
        for (const item of format.read(check(format.schema, json), path)) emit(item)
      }),
  }
}

/** @throws ReportProblem that names the first invalid value */
function check<Schema extends v.GenericSchema>(schema: Schema, json: unknown): v.InferOutput<Schema> {
  const { success, output, issues } = v.safeParse(schema, json, { abortEarly: true })
  if (success) return output
  const [issue] = issues
  const path = v.getDotPath(issue)
  // The message of a custom check names what it expects.
  const expected = issue.type === 'custom' ? issue.message : issue.expected
  const received = issue.received === 'undefined' ? 'missing' : issue.received
  throw new ReportProblem(`${path === null ? 'the report' : `"${path}"`} is ${received}, not ${expected}`)
}

/** A number, which need not be finite. */
export const anyNumber = v.custom<number>((value) => typeof value === 'number', 'a number')

export const count = v.custom<number>((value) => Number.isSafeInteger(value) && Number(value) >= 0, 'a count')
