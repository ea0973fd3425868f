import { fileKind } from './file.ts'
import { influxdbKind } from './influxdb/influxdb-kind.ts'
import type { Destination, StorageKind } from './kind.ts'

/** Every kind of storage: a row each. */
export const storageKinds = { influxdb: influxdbKind, file: fileKind } as const

type Kinds = typeof storageKinds

/** Where points go, in words that cannot be wrong: settings make these, storages take them. */
export type Target = Parameters<Kinds[keyof Kinds]['name']>[0]

export function kindOf(target: Target): StorageKind<Target> {
  return storageKinds[target.kind] as unknown as StorageKind<Target>
}

/** Undefined where there is no such kind: whatever says so is of another version. */
export function findKind(kind: unknown): StorageKind<Target> | undefined {
  return Object.hasOwn(storageKinds, String(kind))
    ? (storageKinds[kind as keyof Kinds] as unknown as StorageKind<Target>)
    : undefined
}

export function toDestination(target: Target, redact: (text: string) => string): Destination {
  return kindOf(target).toDestination(target, redact)
}
