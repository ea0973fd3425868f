import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export interface Counts {
  readonly gitHubRequests: number
  readonly writes: number
  /** Requests for earlier builds. */
  readonly queries: number
  readonly lines: number
}

export type Order = { readonly verb: 'reset'; readonly latencyMs: number } | { readonly verb: 'count' }

export interface Servers {
  readonly gitHubUrl: string
  readonly databaseUrl: string
  /** Counts start at zero again; every answer comes that much later from now on. */
  reset(latencyMs: number): Promise<void>
  count(): Promise<Counts>
  stop(): void
}

export async function startServers(): Promise<Servers> {
  const child = fork(join(import.meta.dirname, 'server-process.ts'))
  const receive = async () => (await once(child, 'message'))[0]
  const ask = async (order: Order) => {
    child.send(order)
    return receive()
  }
  const urls = (await receive()) as { gitHubUrl: string; databaseUrl: string }
  return {
    ...urls,
    reset: async (latencyMs) => {
      await ask({ verb: 'reset', latencyMs })
    },
    count: async () => (await ask({ verb: 'count' })) as Counts,
    stop: () => {
      child.disconnect()
    },
  }
}
