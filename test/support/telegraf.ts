import { existsSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openHttp } from './influxd.ts'
import { parseLine, splitLines } from './line-protocol.ts'
import { type RunningServer, toRow } from './running-server.ts'
import { startServer } from './server-process.ts'

export interface Telegraf extends RunningServer {
  /** Of the listener that speaks v2. */
  readonly urlOfV2: string
}

/** Telegraf, an agent that takes what InfluxDB takes and passes it on: here, to a file. */
export async function startTelegraf(path: string): Promise<Telegraf> {
  const server = await startServer({
    path,
    portCount: 2,
    arguments: async (folder, [v1, v2]) => {
      const file = join(folder, 'telegraf.conf')
      await writeFile(file, toConfig(folder, v1, v2))
      return ['--config', file]
    },
    isReady: async ([port]) => (await fetch(`http://127.0.0.1:${port}/ping`)).ok,
  })
  const [url, urlOfV2] = server.ports.map((port) => `http://127.0.0.1:${port}`) as [string, string]
  const { post, close } = openHttp(url, undefined)
  const readRows = async (database: string, name: string) => {
    const written = join(server.folder, 'points.lp')
    const text = existsSync(written) ? readFileSync(written, 'utf8') : ''
    // It may be writing its last line.
    const points = splitLines(text.slice(0, text.lastIndexOf('\n') + 1)).map(parseLine)
    const found = points.filter(({ measurement, tags }) => measurement === name && tags.db === database)
    return found.map(({ tags: { db: _, ...tags }, fields, timeNs }) =>
      toRow(Object.entries({ ...tags, ...fields, time: timeNs })),
    )
  }
  return {
    url,
    urlOfV2,
    get pid() {
      return server.pid
    },
    inputs: (database) => ({ url, database }),
    createDatabase: async () => {},
    dropDatabase: async () => {},
    write: (db, lines) => post(`/write?${new URLSearchParams({ db, precision: 'ns' })}`, lines),
    readRows,
    readType: async (database, name, field) => {
      const value = (await readRows(database, name)).map((row) => row[field]).findLast((one) => one !== undefined)
      return typeof value === 'bigint' ? 'integer' : typeof value === 'number' ? 'float' : typeof value
    },
    kill: server.kill,
    restart: server.restart,
    stop: async () => {
      close()
      await server.stop()
    },
  }
}

function toConfig(folder: string, v1 = 0, v2 = 0): string {
  return `[agent]
  flush_interval = "100ms"
  omit_hostname = true
  quiet = true
[[inputs.influxdb_listener]]
  service_address = "127.0.0.1:${v1}"
  database_tag = "db"
[[inputs.influxdb_v2_listener]]
  service_address = "127.0.0.1:${v2}"
  bucket_tag = "db"
[[outputs.file]]
  files = [${JSON.stringify(join(folder, 'points.lp'))}]
  data_format = "influx"
`
}
