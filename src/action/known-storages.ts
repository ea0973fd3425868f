import type { Layout } from '../point/layout.ts'
import { type InputName, inputNames, type ReadInput } from '../runner/input-names.ts'
import type { StorageSettings } from '../settings/storages.ts'
import type { Destination } from '../storage/kind.ts'
import { findKind, kindOf, toDestination } from '../storage/kinds.ts'
import { isServer, nameDestination, toKey } from '../unsent/destination.ts'

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
    isOpen: kindOf(target).isOpen(target),
    layout: layout.kind,
    measurement: layout.kind === 'native' ? layout.options.measurement : '',
  }
}

/** Tells the storages of one job apart, twins of one place too. */
export function toStorageKey({ target }: StorageSettings, index: number, redact: Redact): string {
  return `${index} ${toKey(toDestination(target, redact))}`
}

export interface Reconciled {
  readonly storages: readonly StorageSettings[]
  /** What differs: sentences. */
  readonly warnings: readonly string[]
}

/**
 * The storages of the end of a job, as those of its start allow them. Where points go is decided when the job starts: steps can change
 * the environment and the files that settings come from, and runners have been seen to give post other inputs than main.
 * @param fallbackPath of the file that stands in for a server
 */
export function reconcileStorages(
  storages: readonly StorageSettings[],
  known: readonly KnownStorage[],
  fallbackPath: string,
  redact: Redact,
): Reconciled {
  const keyOf = ({ target }: StorageSettings) => toKey(toDestination(target, redact))
  const knownKeys = new Set(known.map(({ destination }) => toKey(destination)))
  // A file that stands in for a server since the start stands in for it still; one that does so only now says that inputs are missing.
  const isStandIn = (one: StorageSettings) =>
    one.target.kind === 'file' && one.target.path === fallbackPath && !knownKeys.has(keyOf(one))
  const hasStandIn = storages.some(isStandIn)
  const missing = known.filter(
    ({ destination }) =>
      (isServer(destination) || hasStandIn) && !storages.some((one) => keyOf(one) === toKey(destination)),
  )
  const isAllowed = (one: StorageSettings) =>
    knownKeys.has(keyOf(one)) || (!kindOf(one.target).isServer && !(missing.length > 0 && isStandIn(one)))
  const unknown = storages.filter((one) => !isAllowed(one))
  const warnings = [
    ...unknown
      .filter(({ target }) => kindOf(target).isServer)
      .map(
        (one) =>
          `${nameDestination(toDestination(one.target, redact))} was not among the storages when the job began: nothing is sent there, so that no step can redirect credentials. Give the same inputs from the start of the job.`,
      ),
    ...missing.map(({ destination, isOpen }) => {
      const fate = isOpen
        ? 'its points are still sent there'
        : 'its points are kept because its credentials are missing too'
      return `${nameDestination(destination)} was among the storages when the job began, but the inputs no longer name it: ${fate}.`
    }),
    ...storages.flatMap((one) =>
      explainLayout(
        one,
        known.filter(({ destination }) => toKey(destination) === keyOf(one)),
        redact,
      ),
    ),
  ]
  const added = missing.map((one): StorageSettings => toSettings(one, storages[known.indexOf(one)] ?? storages[0]))
  return { storages: [...storages.filter(isAllowed), ...added], warnings }
}

function explainLayout(one: StorageSettings, known: readonly KnownStorage[], redact: Redact): string[] {
  const [first] = known
  const { layout, measurement } = toKnown(one, redact)
  if (first === undefined || known.some((other) => other.layout === layout && other.measurement === measurement))
    return []
  const describe = (kind: string, name: string) => (name === '' ? kind : `${kind}, measurement ${name}`)
  return [
    `The layout of ${nameDestination(first.destination)} changed since the job began: from ${describe(first.layout, first.measurement)} to ${describe(layout, measurement)}.`,
  ]
}

function toSettings({ name, destination, isOpen }: KnownStorage, like: StorageSettings | undefined): StorageSettings {
  const kind = findKind(destination.kind)
  if (like === undefined || kind === undefined) throw new Error('settings have a storage of a kind that is known')
  return {
    ...(name === undefined ? {} : { name }),
    target: kind.toTarget(destination),
    rules: like.rules,
    layout: like.layout,
    ...(like.builder === undefined ? {} : { builder: like.builder }),
    ...(isOpen ? {} : { withheld: 'its credentials are missing when the job ends' }),
  }
}

/** Inputs that say where points go. */
const placeInputs = ['url', 'api', 'org', 'bucket', 'database', 'retention-policy', 'file', 'config'] as const
/** Inputs that post reads for itself: credentials, and what steps may have set since. */
const ownInputs: ReadonlySet<InputName> = new Set([
  ...(['token', 'username', 'password', 'github-token'] as const),
  ...(['properties', 'steps', 'needs', 'inputs', 'job'] as const),
])
/** The runner hands the state on as an environment variable, which has its limits. */
const maxInputsLength = 32_000

/** The inputs of main, as far as post may know them. */
export function toKnownInputs(read: ReadInput, redact: Redact): Record<string, string> {
  const entries = inputNames.main.filter((name) => !ownInputs.has(name)).map((name) => [name, read(name)] as const)
  const inputs = Object.fromEntries(entries.filter(([, text]) => text !== '' && redact(text) === text))
  return JSON.stringify(inputs).length > maxInputsLength ? {} : inputs
}

/** Reads the inputs of post, or those of main where post was given none that say where points go. */
export function readKnownInputs(read: ReadInput, known: Readonly<Record<string, string>> | undefined): ReadInput {
  const hadPlace = placeInputs.some((name) => known?.[name] !== undefined)
  const isBare =
    hadPlace &&
    [...placeInputs, 'token' as const, 'username' as const, 'password' as const].every((name) => read(name) === '')
  return isBare ? (name) => read(name) || (known?.[name] ?? '') : read
}
