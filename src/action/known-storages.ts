import { maxKnownInputsCharacters } from '../limits.ts'
import type { Layout } from '../point/layout.ts'
import { type InputName, inputNames, type ReadInput } from '../runner/input-names.ts'
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

/** Inputs that determine where points go. */
const placeInputs = ['url', 'api', 'org', 'bucket', 'database', 'retention-policy', 'file', 'config'] as const
/** Inputs that post reads itself: credentials, and values that steps may have set since. */
const ownInputs: ReadonlySet<InputName> = new Set([
  ...(['token', 'username', 'password', 'github-token'] as const),
  ...(['properties', 'steps', 'needs', 'inputs', 'job'] as const),
])
/** The inputs of main, as far as post may know them. */
export function toKnownInputs(read: ReadInput, redact: Redact): Record<string, string> {
  const entries = inputNames.main.filter((name) => !ownInputs.has(name)).map((name) => [name, read(name)] as const)
  const inputs = Object.fromEntries(entries.filter(([, text]) => text !== '' && redact(text) === text))
  return JSON.stringify(inputs).length > maxKnownInputsCharacters ? {} : inputs
}

/** Reads the inputs of post, or those of main if post has no input that determines where points go. */
export function readKnownInputs(read: ReadInput, known: Readonly<Record<string, string>> | undefined): ReadInput {
  const hadPlace = placeInputs.some((name) => known?.[name] !== undefined)
  const isBare =
    hadPlace &&
    [...placeInputs, 'token' as const, 'username' as const, 'password' as const].every((name) => read(name) === '')
  return isBare ? (name) => read(name) || (known?.[name] ?? '') : read
}
