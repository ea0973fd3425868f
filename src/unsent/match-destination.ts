import { isAbsolute } from 'node:path'
import { type Target, toDestination } from '../storage/kinds.ts'
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
 * Finds the storage that a kept file is for: by its name first, then by its whole destination. If two differ, neither is used.
 * @param redact the function that removed secrets from names before they were stored
 * @param mayMove whether a server's address may have changed since the file was made: a storage of the same name is
 * then the same storage
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
  const keyOf = (one: T) => toKey(toDestination(one.target, redact))
  const same = candidates.filter((one) => keyOf(one) === toKey(destination))
  const found = same.length > 0 || !mayMove ? same : named.filter(hasMoved)
  const [first] = found
  if (first === undefined) return { reason: explainUnmatched(header, named.length > 0) }
  // Several storages with the same destination are equivalent.
  const isOne = new Set(found.map(keyOf)).size === 1
  if (!isOne) return { reason: `it is for ${nameOf(header)}, and more than one storage matches` }
  return { storage: first }

  function hasMoved(one: T): boolean {
    return toKeyWithoutUrl(toDestination(one.target, redact)) === toKeyWithoutUrl(destination)
  }
}

/** A file in the workspace does not outlive the job. */
function isLasting({ target }: Candidate): boolean {
  return target.kind !== 'file' || isAbsolute(target.name)
}

function nameOf({ name, destination }: KeptHeader): string {
  const place = nameDestination(destination)
  return name === undefined ? place : `"${name}", ${place}`
}

/** A clause that says what the user has to provide. */
function explainUnmatched(header: KeptHeader, isNameKnown: boolean): string {
  const { name, destination } = header
  if (!isServer(destination)) return `it is for ${nameOf(header)}, which is not among the storages`
  const moved = isNameKnown ? '; the storage of this name has another address now' : ''
  const how = name === undefined ? '' : ', or a config with a storage of this name'
  return `it is for ${nameOf(header)}${moved}: give the url, and the database or bucket, of that storage${how}`
}
