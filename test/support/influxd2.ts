import { join } from 'node:path'
import {
  type HttpAnswer,
  type Influxd,
  openHttp,
  quoteIdentifier,
  showTypes,
  toRows,
  toSeries,
  toTypes,
} from './influxd.ts'
import { startServer } from './server-process.ts'

/** InfluxDB 2.x, set up, with a token that may do everything. */
export interface Influxd2 extends Influxd {
  readonly org: string
  readonly token: string
  /** The bucket's id, by its name. */
  findBucket(name: string): Promise<string>
  /** A token that may only do this with every bucket. */
  createToken(action: 'read' | 'write'): Promise<string>
}

const [org, token] = ['acme', 'token-0123456789']

export async function startInfluxd2(path: string): Promise<Influxd2> {
  const server = await startServer({
    path,
    portCount: 1,
    arguments: async (folder, [port]) => [
      ...['--http-bind-address', `127.0.0.1:${port}`, '--reporting-disabled', '--log-level', 'error'],
      ...['--bolt-path', join(folder, 'bolt'), '--engine-path', join(folder, 'engine')],
      ...['--sqlite-path', join(folder, 'sqlite')],
    ],
    isReady: async ([port]) => (await fetch(`http://127.0.0.1:${port}/health`)).status === 200,
  })
  const url = `http://127.0.0.1:${server.ports[0]}`
  const { send, post, close } = openHttp(url, `Token ${token}`)
  const api = async (method: string, path: string, body?: object) =>
    toJson(await send(method, `/api/v2/${path}`, body && JSON.stringify(body)))
  const user = { username: 'admin', password: 'admin-password' }
  const { org: made } = await api('POST', 'setup', { ...user, org, token, bucket: 'first', retentionPeriodSeconds: 0 })
  const orgID = (made as { id: string }).id
  const query = async (db: string, q: string) =>
    toSeries((await post(`/query?${new URLSearchParams({ db, epoch: 'ns', q })}`, '')).body)
  const listBuckets = async (name: string) =>
    (await api('GET', `buckets?${new URLSearchParams({ name })}`).catch(() => ({ buckets: [] }))).buckets as {
      id: string
    }[]

  return {
    url,
    org,
    token,
    folder: server.folder,
    get pid() {
      return server.pid
    },
    inputs: (bucket) => ({ url, org, bucket, token }),
    createDatabase: async (name, hours = 0) => {
      if ((await listBuckets(name)).length > 0) return
      const retentionRules = [{ type: 'expire', everySeconds: hours * 3600, shardGroupDurationSeconds: 3600 }]
      await api('POST', 'buckets', { orgID, name, retentionRules: hours === 0 ? [] : retentionRules })
    },
    dropDatabase: async (name) => {
      for (const { id } of await listBuckets(name)) await api('DELETE', `buckets/${id}`)
    },
    write: (bucket, lines) => post(`/api/v2/write?${new URLSearchParams({ org, bucket, precision: 'ns' })}`, lines),
    query,
    readRows: async (bucket, measurement) =>
      toRows(await query(bucket, `SELECT * FROM ${quoteIdentifier(measurement)}`)),
    readType: async (bucket, measurement, field) => toTypes(await query(bucket, showTypes(measurement))).get(field),
    findBucket: async (name) => (await listBuckets(name))[0]?.id ?? '',
    createToken: async (action) => {
      const permissions = [{ action, resource: { type: 'buckets', orgID } }]
      return String((await api('POST', 'authorizations', { orgID, permissions })).token)
    },
    kill: server.kill,
    restart: server.restart,
    stop: async () => {
      close()
      await server.stop()
    },
  }
}

function toJson({ status, body }: HttpAnswer): Record<string, unknown> {
  if (status >= 300) throw new Error(`${status} ${body}`)
  return body === '' ? {} : JSON.parse(body)
}
