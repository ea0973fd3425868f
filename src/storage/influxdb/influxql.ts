import type { HistoryQuery } from '../../compare/history-query.ts'
import { factFields } from '../../compare/lasting-change.ts'

/**
 * Quotes a name or text. In InfluxQL, a backslash starts an escape, a line break is an error and NUL ends the
 * query, so these and the quote are replaced. A carriage return is read as a line break, and has no escape.
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

/** A query of one measurement. */
export interface Statement {
  readonly measurement: string
  readonly text: string
  /** Whether a failure of this statement is ignored. */
  readonly isOptional?: boolean
}

/** The fields that a row has in addition to the requested ones. */
const rowFields = ['run_id', 'attempt', 'number', 'caller_unknown', ...factFields]

/** One statement each for the builds, the durations of their steps, and their data, as requested. */
export function toStatements(query: HistoryQuery): Statement[] {
  const { measurement, stepMeasurement, fields, tags, branch, jobName, maxBuilds, maxSteps, legTags = [] } = query
  const ofBranch = branch === undefined ? [] : [`"branch" = ${quoteText(branch)}`]
  const ofJob = jobName === undefined ? [] : [`"job_name" = ${quoteText(jobName)}`]
  const columns = [...new Set([...rowFields, ...fields, ...legTags])].map(quoteIdentifier)
  return [
    {
      ...select(columns, measurement, [...toConditions(tags, query), ...ofBranch, ...ofJob], maxBuilds),
      // GitHub's records only supplement builds.
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
