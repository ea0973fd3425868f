import { readFileSync } from 'node:fs'
import { openHttp, toSeries } from '../../test/support/influxd.ts'
import { influxdb16, influxdb27, influxdb112 } from '../../test/support/servers.ts'
import type { RollupServer } from './install-rollups.ts'

/** A database that is filled and asked. */
export interface ScaleServer extends RollupServer {
  readonly name: string
  /** Of a server that was started here: its process and its folder. */
  readonly own?: { readonly pid: number; readonly folder: string }
  createDatabase(name: string): Promise<void>
  write(database: string, lines: string): Promise<{ status: number; body: string }>
  stop(): Promise<void>
}

const known = { '1.6.7': influxdb16, '1.12.4': influxdb112, '2.7.12': influxdb27 }

/** Starts one of the servers that the tests know, on a free loopback port, in a temporary folder. */
export async function startServer(version: string): Promise<ScaleServer> {
  const server = Object.entries(known).find(([name]) => name === version)?.[1]
  if (server?.path === undefined) {
    throw new Error(`InfluxDB ${version} is not on this machine; the servers are ${Object.keys(known).join(', ')}`)
  }
  const running = await server.start()
  return { ...running, name: server.name, own: { pid: running.pid, folder: running.folder } }
}

export interface Given {
  readonly url: string
  readonly org: string | undefined
  readonly token: string | undefined
}

/** A server that runs already. In 2.x the bucket has to be there. */
export function openServer({ url, org, token }: Given): ScaleServer {
  const isV2 = org !== undefined && token !== undefined
  const { post, close } = openHttp(url.replace(/\/+$/, ''), token === undefined ? undefined : `Token ${token}`)
  const query = async (db: string, q: string) =>
    toSeries((await post(`/query?${new URLSearchParams({ db, epoch: 'ns', q })}`, '')).body)
  const path = isV2 ? '/api/v2/write' : '/write'
  return {
    ...{ name: url, url, query },
    ...(isV2 && { org, token }),
    createDatabase: async (name) => void (isV2 || (await query('', `CREATE DATABASE "${name}"`))),
    write: (db, lines) =>
      post(`${path}?${new URLSearchParams({ ...(isV2 ? { org, bucket: db } : { db }), precision: 'ns' })}`, lines),
    stop: async () => close(),
  }
}

/** Processor time that the server has had, in milliseconds; undefined where it is not ours, or where there is no /proc. */
export function readCpuMs({ own }: Pick<ScaleServer, 'own'>): number | undefined {
  try {
    // The name of the program, in parentheses, may hold anything; user and system time are the 14th and 15th field.
    const [user, system] = readFileSync(`/proc/${own?.pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
      .slice(11, 13)
    const ticksPerSecond = 100
    return ((Number(user) + Number(system)) * 1000) / ticksPerSecond
  } catch {
    return undefined
  }
}
