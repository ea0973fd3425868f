import type { HistoryQuery } from '../../compare/history-query.ts'

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

/** The builds and, where they are asked for, what their steps took: a statement each. */
export function toStatements(query: HistoryQuery): string[] {
  const { measurement, stepMeasurement, fields, tags, branch, sinceMs, maxBuilds, maxSteps } = query
  const where = [
    ...tags.map(([key, value]) => `${quoteIdentifier(key)} = ${quoteText(value)}`),
    `time >= ${Math.round(sinceMs)}000000`,
  ]
  const ofBranch = branch === undefined ? [] : [`"branch" = ${quoteText(branch)}`]
  const columns = [...new Set(['run_id', 'attempt', 'number', 'caller_unknown', ...fields])]
    .map(quoteIdentifier)
    .join(', ')
  const builds =
    `SELECT ${columns} FROM ${quoteIdentifier(measurement)} WHERE ${[...where, ...ofBranch].join(' AND ')} ` +
    `ORDER BY time DESC LIMIT ${maxBuilds}`
  if (stepMeasurement === undefined) return [builds]
  const steps =
    `SELECT "duration", "run_id", "attempt" FROM ${quoteIdentifier(stepMeasurement)} WHERE ${where.join(' AND ')} ` +
    `GROUP BY "step" ORDER BY time DESC LIMIT ${maxSteps}`
  return [builds, steps]
}
