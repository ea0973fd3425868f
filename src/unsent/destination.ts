import type { Destination } from '../storage/kind.ts'
import { findKind } from '../storage/kinds.ts'

/** A key that is equal for two destinations only if they are equal. */
export function toKey(destination: Destination): string {
  return JSON.stringify(Object.entries(destination).toSorted(([one], [other]) => (one < other ? -1 : 1)))
}

/** The key without a server's address, which may change. */
export function toKeyWithoutUrl(destination: Destination): string {
  return toKey(isServer(destination) ? { ...destination, url: '' } : destination)
}

export function isServer({ kind }: Destination): boolean {
  return findKind(kind)?.isServer ?? false
}

/** `http://influx:8086 (v2, org acme, bucket ci)` */
export function nameDestination(destination: Destination): string {
  return findKind(destination.kind)?.nameDestination(destination) ?? destination.kind
}

/** Checks a parsed JSON value; undefined if it is not a destination. */
export function parseDestination(value: unknown): Destination | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const given = value as Readonly<Record<string, unknown>>
  return findKind(given.kind)?.isDestination(given) ? (value as Destination) : undefined
}
