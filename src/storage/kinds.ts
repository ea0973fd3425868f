import { fileKind } from './file.ts'
import { influxdbKind } from './influxdb/influxdb-kind.ts'
import type { Destination, StorageKind } from './kind.ts'

/** All kinds of storage, one row each. */
export const storageKinds = { influxdb: influxdbKind, file: fileKind } as const

type Kinds = typeof storageKinds

/** Where points go, as valid settings: the settings create targets, and storages are opened from them. */
export type Target = Parameters<Kinds[keyof Kinds]['name']>[0]

export function kindOf(target: Target): StorageKind<Target> {
  return storageKinds[target.kind] as unknown as StorageKind<Target>
}

/** Undefined if there is no such kind, as in a file that another version wrote. */
export function findKind(kind: unknown): StorageKind<Target> | undefined {
  return Object.hasOwn(storageKinds, String(kind))
    ? (storageKinds[kind as keyof Kinds] as unknown as StorageKind<Target>)
    : undefined
}

export function toDestination(target: Target, redact: (text: string) => string): Destination {
  return kindOf(target).toDestination(target, redact)
}
