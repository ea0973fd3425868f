import { join } from 'node:path'
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

export interface VictoriaMetrics {
  readonly url: string
  readonly pid: number
  /** Everything stored for a selector such as `build_duration` or `{db="ci"}`. */
  export(match: string): Promise<ExportedSeries[]>
  /** Ends the process and removes its folder. */
  stop(): Promise<void>
}

export async function startVictoriaMetrics(): Promise<VictoriaMetrics> {
  if (victoriaMetricsPath === undefined) throw new Error('victoria-metrics is not on PATH')
  const server = await startServer({
    path: victoriaMetricsPath,
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
  return {
    url,
    get pid() {
      return server.pid
    },
    export: async (match) => {
      // What was just written is not searched before.
      await get('/internal/force_flush')
      const text = await get(`/api/v1/export?${new URLSearchParams({ 'match[]': match, start: '0' })}`)
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as ExportedSeries)
    },
    stop: server.stop,
  }
}
