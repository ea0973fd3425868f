import type { ServerProcess } from './server-process.ts'

/** A point as a server gives it back: fields and tags by name, without those that it has not. */
export type StoredRow = Readonly<Record<string, unknown>>

/** A server that takes the action's points, whichever it is. */
export interface RunningServer extends Pick<ServerProcess, 'pid' | 'kill' | 'restart' | 'stop'> {
  readonly url: string
  /** The action's inputs that write to a database of it: `url`, what its api needs, credentials. */
  inputs(database: string): Record<string, string>
  /** @param retentionHours how long points are kept; for ever unless given */
  createDatabase(name: string, retentionHours?: number): Promise<void>
  /** Does nothing where there is none of this name. */
  dropDatabase(name: string): Promise<void>
  write(database: string, lines: string | Uint8Array): Promise<{ status: number; body: string }>
  /** The points of a measurement that it shows by now: some answer a write before they show it. */
  readRows(database: string, measurement: string): Promise<StoredRow[]>
  /** The type in which it has a field, in the words of InfluxQL's SHOW FIELD KEYS: `float`, `integer`, `unsigned`, `string`. */
  readType(database: string, measurement: string, field: string): Promise<string | undefined>
}

export function toRow(pairs: readonly (readonly [string, unknown])[]): StoredRow {
  return Object.fromEntries(pairs.filter(([, value]) => value !== null))
}
