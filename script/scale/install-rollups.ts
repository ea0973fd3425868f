import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Influxd } from '../../test/support/influxd.ts'

/** What a server is asked with; InfluxDB 2.x has an organisation and a token. */
export type RollupServer = Pick<Influxd, 'url' | 'query'> & { readonly org?: string; readonly token?: string }

/** Rollups that are installed as docs/scale.md says. */
export interface Rollups {
  /** Lets the server's task run now; continuous queries of 1.x run in their own time. */
  run(): Promise<void>
  /** Rolls up all days from this one on. */
  backfill(fromMs: number): Promise<void>
}

const readShipped = (name: string) => readFileSync(join(import.meta.dirname, '..', '..', 'dashboards', name), 'utf8')

/** Installs the files that ship beside the dashboard. */
export function installRollups(server: RollupServer, database: string): Promise<Rollups> {
  const { url, org, token } = server
  return org === undefined || token === undefined
    ? installQueries(server, database)
    : installTask(openApi(url, token), org, database)
}

async function installQueries(server: RollupServer, database: string): Promise<Rollups> {
  const read = (name: string) => readShipped(name).replaceAll('"ci"', `"${database}"`)
  await server.query(database, read('rollups-1.x.influxql'))
  return {
    run: async () => {},
    backfill: async (fromMs) => {
      const from = new Date(fromMs).toISOString().slice(0, 10)
      await server.query(database, read('rollups-1.x-backfill.influxql').replaceAll('2026-01-01', from))
    },
  }
}

type Api = (method: string, path: string, body?: object) => Promise<string>

function openApi(url: string, token: string): Api {
  return async (method, path, body) => {
    const headers = { authorization: `Token ${token}`, 'content-type': 'application/json' }
    const response = await fetch(`${url}/api/v2/${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return text
  }
}

const dayMs = 86_400_000
const runMs = 300_000

async function installTask(api: Api, org: string, database: string): Promise<Rollups> {
  const text = readShipped('rollups-2.x.flux')
    .replaceAll('bucket: "ci"', `bucket: "${database}"`)
    .replaceAll('"ci/', `"${database}/`)
  const { orgs } = JSON.parse(await api('GET', `orgs?${new URLSearchParams({ org })}`)) as { orgs: { id: string }[] }
  const orgID = orgs[0]?.id
  const retentionRules = [{ type: 'expire', everySeconds: 0, shardGroupDurationSeconds: (364 * dayMs) / 1000 }]
  await api('POST', 'buckets', { orgID, name: `${database}/rollups`, retentionRules })
  const { id } = JSON.parse(await api('POST', 'tasks', { orgID, flux: text })) as { id: string }
  return {
    run: async () => {
      const run = JSON.parse(await api('POST', `tasks/${id}/runs`, {})) as { id: string }
      for (const deadlineMs = Date.now() + runMs; ; await delay(100)) {
        const runs = JSON.parse(await api('GET', `tasks/${id}/runs`)) as { runs: { id: string; status: string }[] }
        // Between its end and its record a run is not known.
        const status = runs.runs.find((one) => one.id === run.id)?.status ?? 'started'
        if (status === 'success') return
        if (status === 'failed' || status === 'canceled' || Date.now() > deadlineMs) {
          throw new Error(`the task: ${status}, ${await api('GET', `tasks/${id}/logs`)}`)
        }
      }
    },
    // Ten days at a time: what is grouped has to be in memory.
    backfill: async (fromMs) => {
      for (let sinceMs = fromMs; sinceMs < Date.now(); sinceMs += 10 * dayMs) {
        const [since, until] = [sinceMs, Math.min(sinceMs + 10 * dayMs, Date.now())].map((ms) =>
          new Date(ms).toISOString(),
        )
        const query = text.replace(/^since = .*$/m, `since = ${since}`).replace(/^until = .*$/m, `until = ${until}`)
        const answer = await api('POST', `query?${new URLSearchParams({ org })}`, { query, type: 'flux' })
        if (/^#?.*error/m.test(answer)) throw new Error(answer.slice(0, 500))
      }
    },
  }
}
