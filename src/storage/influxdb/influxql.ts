import type { HistoryQuery } from '../../compare/history-query.ts'
import { factFields } from '../../compare/lasting-change.ts'

/**
 * A name or text in InfluxQL is read up to its quote; within it a backslash is an escape, a line break an error and NUL the end of the
 * query. With these four gone nothing in it ends it. A carriage return is read as a line break, and there is no escape for it.
 */
function quote(text: string, mark: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll(mark, `\\${mark}`)
    .replace(/\r\n|[\r\n]/g, '\\n')
    .replaceAll('\0', '\ufffd')
  return `${mark}${escaped}${mark}`
}

/** A measurement, tag or field. */
export function quoteIdentifier(name: string): string {
  return quote(name, '"')
}

/** A value of a tag or of a string field. */
export function quoteText(text: string): string {
  return quote(text, "'")
}

/** A question to one measurement. */
export interface Statement {
  readonly measurement: string
  readonly text: string
  /** Whether an answer that is not one costs nothing but itself. */
  readonly isOptional?: boolean
}

/** What stands in a row beside the fields that are asked for. */
const rowFields = ['run_id', 'attempt', 'number', 'caller_unknown', ...factFields]

/** The builds, what their steps took, and what their data says, as far as they are asked for: a statement each. */
export function toStatements(query: HistoryQuery): Statement[] {
  const { measurement, stepMeasurement, fields, tags, branch, jobName, maxBuilds, maxSteps, legTags = [] } = query
  const ofBranch = branch === undefined ? [] : [`"branch" = ${quoteText(branch)}`]
  const ofJob = jobName === undefined ? [] : [`"job_name" = ${quoteText(jobName)}`]
  const columns = [...new Set([...rowFields, ...fields, ...legTags])].map(quoteIdentifier)
  return [
    {
      ...select(columns, measurement, [...toConditions(tags, query), ...ofBranch, ...ofJob], maxBuilds),
      // GitHub's records only fill up.
      ...(jobName === undefined ? {} : { isOptional: true }),
    },
    ...(stepMeasurement === undefined
      ? []
      : [
          select(
            ['duration', ...runFields].map(quoteIdentifier),
            stepMeasurement,
            toConditions(tags, query),
            maxSteps,
            ` GROUP BY ${['step', ...legTags].map(quoteIdentifier).join(', ')}`,
          ),
        ]),
    ...query.data.map((one) =>
      select(
        [one.field, ...runFields, ...(one.legTags ?? [])].map(quoteIdentifier),
        one.measurement,
        toConditions(one.tags, query),
        maxSteps,
      ),
    ),
  ]
}

const runFields = ['run_id', 'attempt']

function toConditions(tags: HistoryQuery['tags'], { sinceMs }: HistoryQuery): string[] {
  const conditions = tags.map(([key, value]) => `${quoteIdentifier(key)} = ${quoteText(value)}`)
  return [...conditions, `time >= ${Math.round(sinceMs)}000000`]
}

function select(
  columns: readonly string[],
  measurement: string,
  conditions: readonly string[],
  limit: number,
  group = '',
): Statement {
  const from = `SELECT ${columns.join(', ')} FROM ${quoteIdentifier(measurement)} WHERE ${conditions.join(' AND ')}`
  return { measurement, text: `${from}${group} ORDER BY time DESC LIMIT ${limit}` }
}
