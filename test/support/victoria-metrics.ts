import { join } from 'node:path'
import { openHttp } from './influxd.ts'
import type { RunningServer, StoredRow } from './running-server.ts'
import { findExecutable, startServer } from './server-process.ts'

/** VictoriaMetrics on PATH, a server that takes InfluxDB's line protocol; tests skip visibly without it. */
export const victoriaMetricsPath: string | undefined = findExecutable('victoria-metrics')

/** One time series as `/api/v1/export` shows it: a measurement's field is the metric `<measurement>_<field>`. */
export interface ExportedSeries {
  readonly metric: Readonly<Record<string, string>>
  readonly values: number[]
  /** Milliseconds since 1970. */
  readonly timestamps: number[]
}

export interface VictoriaMetrics extends RunningServer {
  /** Everything stored for a selector such as `build_duration` or `{db="ci"}`. */
  export(match: string): Promise<ExportedSeries[]>
}

export async function startVictoriaMetrics(path = victoriaMetricsPath): Promise<VictoriaMetrics> {
  if (path === undefined) throw new Error('victoria-metrics is not on PATH')
  const server = await startServer({
    path,
    portCount: 1,
    arguments: async (folder, [port]) => [
      `-httpListenAddr=127.0.0.1:${port}`,
      `-storageDataPath=${join(folder, 'data')}`,
      '-retentionPeriod=100y',
      '-memory.allowedBytes=64MB',
      '-loggerLevel=ERROR',
    ],
    isReady: async ([port]) => (await fetch(`http://127.0.0.1:${port}/health`)).status === 200,
  })
  const url = `http://127.0.0.1:${server.ports[0]}`
  const get = async (path: string) => {
    const response = await fetch(`${url}${path}`)
    const text = await response.text()
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`)
    return text
  }
  const { post, close } = openHttp(url, undefined)
  const readSeries = async (match: string) => {
    // What was just written is not searched before.
    await get('/internal/force_flush')
    const text = await get(`/api/v1/export?${new URLSearchParams({ 'match[]': match, start: '0' })}`)
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as ExportedSeries)
  }
  return {
    url,
    get pid() {
      return server.pid
    },
    inputs: (database) => ({ url, database, api: 'v1' }),
    createDatabase: async () => {},
    dropDatabase: async (db) => {
      await get(`/api/v1/admin/tsdb/delete_series?${new URLSearchParams({ 'match[]': `{db="${db}"}` })}`)
    },
    write: (db, lines) => post(`/write?${new URLSearchParams({ db, precision: 'ns' })}`, lines),
    readRows: async (db, measurement) =>
      toRows(await readSeries(`{db="${db}",__name__=~"${measurement}_[^_]*"}`), measurement),
    readType: async () => 'float',
    export: readSeries,
    kill: server.kill,
    restart: server.restart,
    stop: async () => {
      close()
      await server.stop()
    },
  }
}

/** A measurement's numbers are series: those of one time and tag set make a row. */
function toRows(exported: readonly ExportedSeries[], measurement: string): StoredRow[] {
  const rows = new Map<string, Record<string, unknown>>()
  for (const { metric, values, timestamps } of exported) {
    const { __name__: name = '', db: _, ...tags } = metric
    timestamps.forEach((time, index) => {
      const key = JSON.stringify([time, Object.entries(tags).sort()])
      const row = rows.get(key) ?? { time, ...tags }
      rows.set(key, { ...row, [name.slice(measurement.length + 1)]: values[index] })
    })
  }
  return [...rows.values()]
}
