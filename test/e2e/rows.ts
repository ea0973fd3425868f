import { type Influxd, quoteIdentifier } from '../support/influxd.ts'

/** A point as the database has it. */
export interface Row {
  readonly tags: Readonly<Record<string, string>>
  readonly fields: Readonly<Record<string, unknown>>
  readonly timeNs: bigint
}

/** All points of a measurement, by tags and time. A field or tag that others of the measurement have is left out. */
export async function readRows(influxd: Influxd, database: string, measurement: string): Promise<Row[]> {
  const series = await influxd.query(database, `SELECT * FROM ${quoteIdentifier(measurement)} GROUP BY *`)
  return series.flatMap(({ tags, columns, rows }) =>
    rows.map((row) => {
      const entries = columns.map((column, i) => [column, row[i]] as const).filter(([, value]) => value !== null)
      const { time, ...fields } = Object.fromEntries(entries)
      return {
        tags: Object.fromEntries(Object.entries(tags).filter(([, value]) => value !== '')),
        fields,
        timeNs: time as bigint,
      }
    }),
  )
}
