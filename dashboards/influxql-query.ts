import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog'

/** The data source that every query asks: whichever the variable names. */
export const datasource = { type: 'influxdb', uid: '${datasource}' }

/** A query in InfluxQL as Grafana's InfluxDB data source saves it; the foundation SDK has no type for these. */
export interface InfluxQLQuery extends Dataquery {
  readonly datasource: typeof datasource
  refId?: string
  readonly query: string
  readonly rawQuery: true
  /** A series a line of a chart, or rows with a column for each tag and field. */
  readonly resultFormat: 'time_series' | 'table'
  /** What a series is called: `$tag_job`, and `$col` for the column. */
  readonly alias?: string
}

export class InfluxQLQueryBuilder implements Builder<Dataquery> {
  private readonly internal: InfluxQLQuery

  constructor(refId: string, query: string, format: { alias: string } | 'table') {
    this.internal = {
      datasource,
      refId,
      query,
      rawQuery: true,
      ...(format === 'table' ? { resultFormat: 'table' } : { resultFormat: 'time_series', alias: format.alias }),
      _implementsDataqueryVariant() {},
    }
  }

  build(): InfluxQLQuery {
    return this.internal
  }
}

/** Rows, a line a tag set. */
export function table(refId: string, query: string): InfluxQLQueryBuilder {
  return new InfluxQLQueryBuilder(refId, query, 'table')
}

/** Series of a chart. */
export function series(refId: string, alias: string, query: string): InfluxQLQueryBuilder {
  return new InfluxQLQueryBuilder(refId, query, { alias })
}
