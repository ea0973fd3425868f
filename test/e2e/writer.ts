import { gunzipSync } from 'node:zlib'
import type { Influxd } from '../support/influxd.ts'
import { type Loopback, startLoopback } from '../support/loopback.ts'

/** What requests to InfluxDB 2 have to have. */
export const token = 'a-token-that-nobody-may-see'

export interface Writer extends Loopback {
  /** The databases and buckets that were written to. */
  readonly databases: ReadonlySet<string>
}

/**
 * Takes points as InfluxDB 1 and 2 do, and gives them to an old server, which says whether they are sound: what the API of
 * InfluxDB 2 takes is line protocol too. A database is made when it is written to. It is asked in InfluxQL, as both are.
 */
export async function startWriter(influxd: Influxd): Promise<Writer> {
  const databases = new Set<string>()
  const server = await startLoopback({
    async answer({ path, query, headers, body }) {
      const database = query.get('bucket') ?? query.get('db')
      if (path === '/query') {
        const answer = await fetch(`${influxd.url}/query?${query}`)
        return { status: answer.status, headers: { 'content-type': 'application/json' }, body: await answer.text() }
      }
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

/** A value for each secret or variable that the workflow names, by what its name speaks of. */
export function toValues(workflow: string, context: 'secrets' | 'vars', url: string): Record<string, string> {
  const names = Array.from(workflow.matchAll(new RegExp(`\\b${context}\\.(\\w+)`, 'g')), ([, name = '']) => name)
  const toValue = (name: string) =>
    /URL/i.test(name) ? url : /TOKEN|PASSWORD/i.test(name) ? token : name.toLowerCase()
  return Object.fromEntries(names.map((name) => [name, toValue(name)]))
}
