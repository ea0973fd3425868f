import { writeFile } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { type RunningServer, type StoredRow, toRow } from './running-server.ts'
import { findExecutable, startServer } from './server-process.ts'

/**
 * InfluxDB 1.x on PATH (Debian's package is 1.6.7); tests skip visibly without it. Jobs on act have no other server: what they
 * try is the runner.
 */
export const influxdPath: string | undefined = findExecutable('influxd')

/**
 * A series of a query's result. A `time` is a bigint in nanoseconds. Any other number is a bigint when it is written as
 * an integer beyond 2^53, floats too: JSON does not tell the two apart, `readTypes` does.
 */
export interface Series {
  readonly name: string
  readonly tags: Readonly<Record<string, string>>
  readonly columns: string[]
  readonly rows: unknown[][]
}

/** A server that answers InfluxQL: InfluxDB 1.x, or 2.x with its buckets for databases. */
export interface Influxd extends RunningServer {
  readonly username?: string
  readonly password?: string
  /** What it stores. */
  readonly folder: string
  /** Throws when the server reports an error. */
  query(database: string, influxql: string): Promise<Series[]>
}

export interface InfluxdOptions {
  /** Requests need a user then, and there is one: an admin. */
  readonly auth?: boolean
  /** Lifts the limits of series per database and values per tag. */
  readonly noLimits?: boolean
  /** Runs continuous queries, looking for what is due every second. */
  readonly continuousQueries?: boolean
  /** InfluxDB 1.x elsewhere than on PATH. */
  readonly path?: string
}

export async function startInfluxd(options: InfluxdOptions = {}): Promise<Influxd> {
  const { path = influxdPath } = options
  if (path === undefined) throw new Error('influxd is not on PATH')
  const server = await startServer({
    path,
    portCount: 2,
    arguments: async (folder, [http = 0, rpc = 0]) => {
      const path = join(folder, 'influxd.conf')
      await writeFile(path, toConfig(folder, http, rpc, options))
      return ['-config', path]
    },
    isReady: async ([http]) => (await fetch(`http://127.0.0.1:${http}/ping`)).status === 204,
  })
  const url = `http://127.0.0.1:${server.ports[0]}`
  const user = options.auth ? { username: 'admin', password: 'admin-password' } : undefined
  const { post, close } = openHttp(url, user && `Basic ${btoa(`${user.username}:${user.password}`)}`)
  const query = async (database: string, influxql: string) =>
    toSeries((await post(`/query?${new URLSearchParams({ db: database, epoch: 'ns', q: influxql })}`, '')).body)
  if (user) {
    // The one request that is open to anybody while there is no admin.
    await query('', `CREATE USER "${user.username}" WITH PASSWORD '${user.password}' WITH ALL PRIVILEGES`)
  }
  return {
    url,
    get pid() {
      return server.pid
    },
    ...user,
    folder: server.folder,
    inputs: (database) => ({ url, database, ...user }),
    createDatabase: async (name, hours) => {
      const duration = hours === undefined ? '' : ` WITH DURATION ${hours}h SHARD DURATION 1h`
      await query('', `CREATE DATABASE ${quoteIdentifier(name)}${duration}`)
    },
    dropDatabase: async (name) => void (await query('', `DROP DATABASE ${quoteIdentifier(name)}`)),
    write: (database, lines) => post(`/write?${new URLSearchParams({ db: database, precision: 'ns' })}`, lines),
    query,
    readRows: async (database, measurement) =>
      toRows(await query(database, `SELECT * FROM ${quoteIdentifier(measurement)}`)),
    readType: async (database, measurement, field) => toTypes(await query(database, showTypes(measurement))).get(field),
    kill: server.kill,
    restart: server.restart,
    stop: async () => {
      close()
      await server.stop()
    },
  }
}

export interface HttpAnswer {
  readonly status: number
  readonly body: string
}

/** Requests to one server over connections that are kept. */
export function openHttp(url: string, authorization: string | undefined) {
  const agent = new Agent({ keepAlive: true })
  const send = (method: string, path: string, body: string | Uint8Array = '') =>
    new Promise<HttpAnswer>((resolve, reject) => {
      const headers = { 'content-length': Buffer.byteLength(body), ...(authorization && { authorization }) }
      // The server repeats what it could not parse in a header, with the control characters that were in it.
      const sent = request(url + path, { method, agent, insecureHTTPParser: true, headers })
      sent.on('error', reject)
      sent.on('response', (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }))
      })
      sent.end(body)
    })
  return {
    send,
    post: (path: string, body: string | Uint8Array) => send('POST', path, body),
    close: () => agent.destroy(),
  }
}

/**
 * The stored type of each field of a measurement, by field name: `float`, `integer`, `string`, `boolean` or `unsigned`.
 * A type is fixed per shard, and a shard is a week: where two weeks differ, it is `float and integer`.
 */
export async function readTypes(influxd: Influxd, database: string, measurement: string): Promise<Map<string, string>> {
  return toTypes(await influxd.query(database, showTypes(measurement)))
}

export function showTypes(measurement: string): string {
  return `SHOW FIELD KEYS FROM ${quoteIdentifier(measurement)}`
}

export function toTypes(answer: readonly Series[]): Map<string, string> {
  const types = new Map<string, string>()
  for (const { rows } of answer) {
    for (const [key, type] of rows as [string, string][]) {
      const known = types.get(key)
      types.set(key, known === undefined ? type : `${known} and ${type}`)
    }
  }
  return types
}

/** A name in InfluxQL, in double quotes. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`
}

interface QueryAnswer {
  error?: string
  results?: {
    error?: string
    series?: { name?: string; tags?: Record<string, string>; columns: string[]; values?: unknown[][] }[]
  }[]
}

export function toSeries(answer: string): Series[] {
  const { error, results = [] } = parseJson(answer) as QueryAnswer
  if (error !== undefined) throw new Error(error)
  return results.flatMap(({ error, series = [] }) => {
    if (error !== undefined) throw new Error(error)
    return series.map(({ name = '', tags = {}, columns, values = [] }) => {
      const time = columns.indexOf('time')
      const rows = values.map((row) => row.map((value, i) => (i === time ? BigInt(value as number) : value)))
      return { name, tags, columns, rows }
    })
  })
}

export function toRows(series: readonly Series[]): StoredRow[] {
  return series.flatMap(({ columns, rows }) =>
    rows.map((row) => toRow(columns.map((column, index) => [column, row[index]]))),
  )
}

/** `JSON.parse` that keeps integers beyond 2^53, such as times in nanoseconds, as bigint. */
function parseJson(text: string): unknown {
  const reviver = (_key: string, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' &&
    !Number.isSafeInteger(value) &&
    context?.source !== undefined &&
    /^-?\d+$/.test(context.source)
      ? BigInt(context.source)
      : value
  return JSON.parse(text, reviver)
}

function toConfig(folder: string, http: number, rpc: number, options: InfluxdOptions): string {
  const limits = options.noLimits ? 'max-series-per-database = 0\n  max-values-per-tag = 0' : ''
  return `reporting-disabled = true
bind-address = "127.0.0.1:${rpc}"
[meta]
  dir = ${JSON.stringify(join(folder, 'meta'))}
  logging-enabled = false
[data]
  dir = ${JSON.stringify(join(folder, 'data'))}
  wal-dir = ${JSON.stringify(join(folder, 'wal'))}
  query-log-enabled = false
  ${limits}
[monitor]
  store-enabled = false
[http]
  bind-address = "127.0.0.1:${http}"
  auth-enabled = ${options.auth === true}
  log-enabled = false
  max-body-size = 0
[logging]
  level = "error"
  suppress-logo = true
[subscriber]
  enabled = false
[continuous_queries]
  enabled = ${options.continuousQueries === true}
  log-enabled = false
  run-interval = "1s"
`
}
