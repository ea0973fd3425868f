import { Unsigned } from '../src/build/data.ts'
import { LineProtocolParser } from '../src/line-protocol/reader.ts'

/** A row of a measurement, its columns by name. */
export interface Row {
  readonly measurement: string
  readonly columns: Readonly<Record<string, string>>
}

/** The rows that a file of line protocol holds. */
export function parseRows(text: string): Row[] {
  const parser = new LineProtocolParser()
  return [...parser.push(text), ...parser.end()].map((parsed) => {
    if ('problem' in parsed) throw new Error(`line ${parsed.line}: ${parsed.problem}`)
    const { name, tags, fields, timeNs = 0n } = parsed.record
    const values = fields.map(([key, value]) => [key, String(value instanceof Unsigned ? value.value : value)])
    const time = new Date(Number(timeNs / 1_000_000n)).toISOString()
    return { measurement: name, columns: { time, ...Object.fromEntries([...tags, ...values]) } }
  })
}

/** The newest rows of each measurement of the demo, by InfluxQL, which all versions of InfluxDB answer. */
export async function queryRows(target: { url: string; database: string; token: string }): Promise<Row[]> {
  const query = ['build_start', 'build', 'bundle']
    .map((name) => `SELECT * FROM ${name} ORDER BY time DESC LIMIT 50`)
    .join('; ')
  const parameters = new URLSearchParams({ db: target.database, q: query })
  const headers: Record<string, string> = target.token === '' ? {} : { authorization: `Token ${target.token}` }
  const response = await fetch(`${target.url}/query?${parameters}`, { headers })
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  const { results } = (await response.json()) as {
    results: { series?: { name: string; columns: string[]; values: unknown[][] }[] }[]
  }
  return results.flatMap(({ series = [] }) =>
    series.flatMap(({ name, columns, values }) =>
      values.map((row) => ({
        measurement: name,
        columns: Object.fromEntries(
          columns.flatMap((column, index) => (row[index] === null ? [] : [[column, String(row[index])]])),
        ),
      })),
    ),
  )
}

/** Numbers as numbers, which a table shows without quotes. */
function toCell(text: string | undefined): unknown {
  return text !== undefined && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
}

/** Prints a table for each measurement. A value that all rows share is printed once, above the table. */
export function printRows(rows: readonly Row[]): void {
  for (const [measurement, group] of Map.groupBy(rows, (row) => row.measurement)) {
    console.log(`\n${measurement}: ${group.length} ${group.length === 1 ? 'row' : 'rows'}`)
    const names = [...new Set(group.flatMap(({ columns }) => Object.keys(columns)))]
    const varying = names.filter((name) => new Set(group.map(({ columns }) => columns[name])).size > 1)
    for (const name of names.filter((name) => !varying.includes(name))) {
      console.log(`  ${name.padEnd(16)} ${group[0]?.columns[name]}`)
    }
    if (varying.length > 0) {
      console.table(
        group.map(({ columns }) => Object.fromEntries(varying.map((name) => [name, toCell(columns[name])]))),
      )
    }
  }
}
