import type { Layout } from '../point/layout.ts'
import type { StorageSettings } from '../settings/storages.ts'
import type { Destination } from '../storage/kind.ts'
import { kindOf, toDestination } from '../storage/kinds.ts'
import { toKey } from '../unsent/destination.ts'

/** A storage as main knew it, without credentials. */
export interface KnownStorage {
  readonly name?: string
  readonly destination: Destination
  /** Whether it accepts points without credentials. */
  readonly isOpen: boolean
  readonly layout: Layout['kind']
  readonly measurement: string
}

type Redact = (text: string) => string

export function toKnown({ name, target, layout }: StorageSettings, redact: Redact): KnownStorage {
  return {
    ...(name === undefined ? {} : { name: redact(name) }),
    destination: toDestination(target, redact),
    isOpen: kindOf(target).isOpen(target),
    layout: layout.kind,
    measurement: layout.kind === 'native' ? layout.options.measurement : '',
  }
}

/** A key that distinguishes the storages of a job, even two with the same destination. */
export function toStorageKey({ target }: StorageSettings, index: number, redact: Redact): string {
  return `${index} ${toKey(toDestination(target, redact))}`
}
