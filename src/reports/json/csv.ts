import Papa from 'papaparse'
import type { Json, JsonObject } from '../../build/json.ts'
import { parseDecimal } from '../../build/numerals.ts'
import { parseText } from '../../build/value.ts'
import { keepWritten } from '../../build/written-numbers.ts'
import { maxLineCharacters, maxNameCharacters } from '../../limits.ts'
import { type ReportFormat, ReportProblem } from '../report.ts'

/** Values separated by commas or another delimiter, with a header. Quoted values may contain line breaks (RFC 4180). */
export const csv: ReportFormat<JsonObject> = {
  name: 'CSV',
  recognizes: (head) => findDelimiter(head) !== undefined,
  open(emit) {
    // The text that was not parsed yet, in pieces: rows that are needed to find the delimiter, or the beginning of a row.
    let pending: string[] = []
    let length = 0
    let delimiter: string | undefined
    let header: readonly string[] | undefined
    let line = 1
    const takeRow = (row: readonly string[]) => {
      if (header === undefined) header = toNames(row)
      else if (!isBlank(row)) emit(toRecord(header, row, line))
      line += 1 + row.reduce((count, cell) => count + countBreaks(cell), 0)
    }
    const read = (isEnd: boolean) => {
      const text = pending.join('').replaceAll('\r\n', '\n')
      delimiter ??= findDelimiter(text.slice(0, headCharacters)) ?? ','
      const { rows, end, isOpen } = parseRows(text, delimiter, isEnd)
      for (const row of rows) takeRow(row)
      if (isOpen)
        throw new ReportProblem('a quoted value has no closing quote: double each quote inside a quoted value', line)
      const rest = text.slice(end)
      if (rest.length > maxLineCharacters)
        throw new ReportProblem('a row does not end: look for a missing closing quote', line)
      pending = rest === '' ? [] : [rest]
      length = rest.length
    }
    return {
      write(text) {
        pending.push(text)
        length += text.length
        if (length >= headCharacters) read(false)
      },
      end: () => read(true),
    }
  },
}

const headCharacters = 65_536

/** The rows of a text, or of its beginning: then without the last row, which may be incomplete. */
function parseRows(text: string, delimiter: string, isEnd: boolean) {
  const parser = new Papa.Parser({ delimiter })
  const { data, errors, meta }: Papa.ParseResult<string[]> = parser.parse(text, 0, !isEnd)
  const open = isEnd ? errors.find(({ code }) => code === 'MissingQuotes') : undefined
  return { rows: data.slice(0, open?.row), end: isEnd ? text.length : meta.cursor, isOpen: open !== undefined }
}

/** The delimiter that gives header and rows the same number of cells, and the largest such number. */
function findDelimiter(head: string): string | undefined {
  if (/^\s*[[{<]/.test(head)) return undefined
  const text = head.replaceAll('\r\n', '\n')
  const widths = [',', ';', '\t', '|'].map((delimiter) => [delimiter, findWidth(text, delimiter)] as const)
  const [delimiter, width] = widths.reduce((best, next) => (next[1] > best[1] ? next : best))
  return width > 1 ? delimiter : undefined
}

function findWidth(text: string, delimiter: string): number {
  const isCut = text.length >= headCharacters / 2
  const { rows } = parseRows(text, delimiter, !isCut)
  const [header, first] = rows.filter((row) => !isBlank(row))
  return header?.every(isName) && header.length === first?.length ? header.length : 0
}

const isName = (cell: string) => cell.length <= maxNameCharacters && parseDecimal(cell.trim()) === undefined
const isBlank = (row: readonly string[]) => row.length === 1 && row[0]?.trim() === ''
const countBreaks = (text: string) => text.split('\n').length - 1

/** The second of two columns with one name is called `name_2`. */
function toNames(row: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return row.map((cell) => {
    const name = cell.trim()
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return count === 1 ? name : `${name}_${count}`
  })
}

/** A column without a name is left out: spreadsheets write empty columns, pandas one with row numbers. */
function toRecord(names: readonly string[], row: readonly string[], line: number): JsonObject {
  if (row.length !== names.length) {
    const reason = `the row has ${row.length} values, but the header has ${names.length}`
    throw new ReportProblem(`${reason}: quote values that contain the delimiter`, line)
  }
  const record: Record<string, Json> = {}
  for (const [index, name] of names.entries()) {
    if (/^(_\d+)?$/.test(name)) continue
    const text = row[index] ?? ''
    const value = parseText(text)
    record[name] = value
    if (typeof value === 'number') keepWritten(record, name, value, text.trim())
  }
  return record
}
