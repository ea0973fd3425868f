import { describe } from 'vitest'
import type { Server } from './servers.ts'

/** Tests on each server; one that is not on this machine is skipped by its name. */
export function describeServers<One extends Server>(tried: readonly One[], tests: (server: One) => void): void {
  for (const server of tried) describe.skipIf(server.path === undefined)(server.name, () => tests(server))
}
