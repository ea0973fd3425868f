import type { DataRecord } from '../../build/data.ts'
import { LineProtocolParser } from '../../line-protocol/reader.ts'
import { toLine } from '../../line-protocol/writer.ts'

/** Parses a line of a request; undefined if it is invalid. */
export function parseRecord(line: string): DataRecord | undefined {
  const parser = new LineProtocolParser()
  const parsed = [...parser.push(line), ...parser.end()]
  return parsed.length === 1 && parsed[0] !== undefined && 'record' in parsed[0] ? parsed[0].record : undefined
}

export function formatRecord({ name: measurement, tags, fields, timeNs }: DataRecord, unsigned: 'u' | 'i'): string {
  return toLine({ measurement, tags, fields, ...(timeNs === undefined ? {} : { timeNs }) }, unsigned)
}

/** The line with spaces in place of line breaks in text; the same line if it has none. */
export function flattenLine(line: string, unsigned: 'u' | 'i'): string {
  if (!/[\r\n]/.test(line)) return line
  const record = parseRecord(line)
  if (record === undefined) return line
  const fields = record.fields.map(
    ([key, value]) => [key, typeof value === 'string' ? value.replace(/\r\n|[\r\n]/g, ' ') : value] as const,
  )
  return formatRecord({ ...record, fields }, unsigned)
}

/** The given number of oldest lines, which a database drops first. */
export function findOldLines(lines: readonly string[], count: number): number[] {
  const times = lines.map((line, index) => [BigInt(/ (-?\d{1,20})$/.exec(line)?.[1] ?? 0), index] as const)
  return times
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .slice(0, count)
    .map(([, index]) => index)
}
