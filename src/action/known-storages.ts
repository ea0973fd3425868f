import { maxKnownInputsCharacters } from '../limits.ts'
import type { Layout } from '../point/layout.ts'
import type { ReadInput } from '../settings/inputs.ts'
import type { StorageSettings } from '../settings/storage-settings.ts'
import { type Destination, toDestination, toKey } from '../unsent/destination.ts'

/** A storage as main knew it, without what lets one in. */
export interface KnownStorage {
  readonly name?: string
  readonly destination: Destination
  /** Whether it took points without credentials. */
  readonly isOpen: boolean
  readonly layout: Layout['kind']
  readonly measurement: string
}

type Redact = (text: string) => string

export function toKnown({ name, target, layout }: StorageSettings, redact: Redact): KnownStorage {
  return {
    ...(name === undefined ? {} : { name: redact(name) }),
    destination: toDestination(target, redact),
    isOpen: target.kind === 'file' || (target.api === 'v1' && target.login === undefined),
    layout: layout.kind,
    measurement: layout.kind === 'native' ? layout.options.measurement : '',
  }
}

/** Tells the storages of one job apart, twins of one place too. */
export function toStorageKey({ target }: StorageSettings, index: number, redact: Redact): string {
  return `${index} ${toKey(toDestination(target, redact))}`
}

/** Inputs that say where points go. */
const placeInputs = ['url', 'api', 'org', 'bucket', 'database', 'retention-policy', 'file', 'config'] as const
/** The others that main keeps for post. Credentials are not among them, nor what steps set later. */
const otherInputs = [
  ...['captures', 'layout', 'measurement', 'builder', 'tags', 'matrix-tags', 'start-point', 'compare'],
  ...['matrix', 'strategy', 'spool', 'summary', 'timeout', 'fail-on-error', 'dry-run'],
]
/** The inputs of main, as far as post may know them. */
export function toKnownInputs(read: ReadInput, redact: Redact): Record<string, string> {
  const entries = [...placeInputs, ...otherInputs].map((name) => [name, read(name)] as const)
  const inputs = Object.fromEntries(entries.filter(([, text]) => text !== '' && redact(text) === text))
  return JSON.stringify(inputs).length > maxKnownInputsCharacters ? {} : inputs
}

/** Reads the inputs of post, or those of main where post was given none that say where points go. */
export function readKnownInputs(read: ReadInput, known: Readonly<Record<string, string>> | undefined): ReadInput {
  const hadPlace = placeInputs.some((name) => known?.[name] !== undefined)
  const isBare = hadPlace && [...placeInputs, 'token', 'username', 'password'].every((name) => read(name) === '')
  return isBare ? (name) => read(name) || (known?.[name] ?? '') : read
}
