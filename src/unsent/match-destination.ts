import { isAbsolute } from 'node:path'
import { kindOf, type Target, toDestination } from '../storage/kinds.ts'
import { isServer, nameDestination, toKey, toKeyWithoutUrl } from './destination.ts'
import type { KeptHeader } from './kept-file.ts'

/** A storage that kept points may be sent to. */
export interface Candidate {
  readonly name?: string
  readonly target: Target
}

/** The storage, or a clause that says why there is none. */
export type Match<T> = { readonly storage: T } | { readonly reason: string }

/**
 * The storage that a kept file is for. Its name decides first, and then the place, whole; if two are left, neither is used.
 * @param redact what was done to names before they were stored
 * @param mayMove whether a server may have another address than when the file was made: the storage of its name is
 * the same storage then
 */
export function matchDestination<T extends Candidate>(
  header: KeptHeader,
  storages: readonly T[],
  redact: (text: string) => string,
  mayMove: boolean,
): Match<T> {
  const { name, destination } = header
  const usable = storages.filter(isLasting)
  const named = name === undefined ? [] : usable.filter((one) => one.name !== undefined && redact(one.name) === name)
  const candidates = named.length > 0 ? named : usable
  const places = (one: T) => toDestination(one.target, redact)
  const isSame =
    typeof destination === 'string'
      ? (one: T) => isNamedSo(one.target, destination, redact)
      : (one: T) => toKey(places(one)) === toKey(destination)
  const same = candidates.filter(isSame)
  const found = same.length > 0 || !mayMove ? same : findMoved(header, named, usable, redact)
  const [first] = found
  if (first === undefined) return { reason: explainUnmatched(header, named.length > 0) }
  // Several storages with the same destination are equivalent.
  const isOne = new Set(found.map((one) => toKey(places(one)))).size === 1
  if (!isOne) return { reason: `it is for ${nameOf(header)}, and more than one storage matches` }
  if (typeof destination === 'string' && !saysEnough(first.target, name !== undefined && named.length > 0)) {
    return {
      reason: `it is for ${nameOf(header)}, and does not name the organisation or retention policy: send it by hand`,
    }
  }
  return { storage: first }
}

function findMoved<T extends Candidate>(
  { name, destination }: KeptHeader,
  named: readonly T[],
  usable: readonly T[],
  redact: (text: string) => string,
): readonly T[] {
  if (typeof destination !== 'string') {
    return named.filter((one) => toKeyWithoutUrl(toDestination(one.target, redact)) === toKeyWithoutUrl(destination))
  }
  // Version 1 let the only server be the one.
  if (name !== undefined) return named
  const servers = usable.filter(({ target }) => kindOf(target).isServer)
  return destination.startsWith('file ') || servers.length !== 1 ? [] : servers.filter(isOfPlace)

  function isOfPlace({ target }: T): boolean {
    const place = /\((v\d, .*)\)$/s.exec(destination as string)?.[1]
    return place === undefined || place === placeOf(target, redact)
  }
}

/** A file in the workspace is gone with the job: what is put there is lost. */
function isLasting({ target }: Candidate): boolean {
  return target.kind !== 'file' || isAbsolute(target.name)
}

/** As version 1 named storages: without organisation and retention policy. */
function isNamedSo(target: Target, text: string, redact: (text: string) => string): boolean {
  if (target.kind === 'file') return `file ${redact(target.name)}` === text
  return target.kind === 'influxdb' && `${redact(target.url)} (${placeOf(target, redact)})` === text
}

function placeOf(target: Target, redact: (text: string) => string): string | undefined {
  if (target.kind !== 'influxdb') return undefined
  return redact(`${target.api}, ${target.api === 'v2' ? `bucket ${target.bucket}` : `database ${target.database}`}`)
}

/** Whether that identifies a storage completely. */
function saysEnough(target: Target, isNamed: boolean): boolean {
  if (isNamed || target.kind !== 'influxdb') return true
  return target.api === 'v3' || (target.api === 'v2' ? target.org === undefined : target.retentionPolicy === undefined)
}

function nameOf({ name, destination }: KeptHeader): string {
  const place = typeof destination === 'string' ? destination : nameDestination(destination)
  return name === undefined ? place : `"${name}", ${place}`
}

/** What the user has to provide: a clause. */
function explainUnmatched(header: KeptHeader, isNameKnown: boolean): string {
  const { name, destination } = header
  const isFile = typeof destination === 'string' ? destination.startsWith('file ') : !isServer(destination)
  if (isFile) return `it is for ${nameOf(header)}, which is not among the storages`
  const moved = isNameKnown ? '; the storage of this name now has another address' : ''
  const how = name === undefined ? '' : ', or a config with a storage of this name'
  return `it is for ${nameOf(header)}${moved}: give the url, and the database or bucket, of that storage${how}`
}
