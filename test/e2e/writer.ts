import { gunzipSync } from 'node:zlib'
import type { Influxd } from '../support/influxd.ts'
import { type Loopback, startLoopback } from '../support/loopback.ts'

export interface Writer extends Loopback {
  /** The databases and buckets that were written to. */
  readonly databases: ReadonlySet<string>
}

/**
 * Takes points as InfluxDB 1 and 2 do, and gives them to an old server, which says whether they are sound: what the API of
 * InfluxDB 2 takes is line protocol too. A database is made when it is written to.
 * @param token what requests to InfluxDB 2 have to have
 */
export async function startWriter(influxd: Influxd, token: string): Promise<Writer> {
  const databases = new Set<string>()
  const server = await startLoopback({
    async answer({ path, query, headers, body }) {
      const database = query.get('bucket') ?? query.get('db')
      if (!/^\/(api\/v2\/)?write$/.test(path) || database === null) return { status: 404 }
      if (path !== '/write' && !/^(Token|Bearer) (.*)$/.exec(headers.authorization ?? '')?.includes(token)) {
        return { status: 401 }
      }
      databases.add(database)
      await influxd.createDatabase(database)
      return influxd.write(database, headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body)
    },
  })
  return Object.assign(server, { databases })
}
