import type { InfluxTarget } from '../../src/storage/target.ts'
import type { RunningServer } from '../support/running-server.ts'

/** A database of a server, as the storage takes it where no inputs are read. */
export function toTarget(server: RunningServer, database: string): InfluxTarget {
  const { bucket, org, token = '', username, password = '' } = server.inputs(database)
  const target = { kind: 'influxdb', url: server.url } as const
  if (bucket !== undefined) return { ...target, api: 'v2', bucket, org, token }
  const login = username === undefined ? undefined : { username, password }
  return { ...target, api: 'v1', database, retentionPolicy: undefined, login }
}
