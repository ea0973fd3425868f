import type { StorageSettings } from '../settings/storages.ts'
import { findKind, kindOf, toDestination } from '../storage/kinds.ts'
import { isServer, nameDestination, toKey } from '../unsent/destination.ts'
import { type KnownStorage, toKnown } from './known-storages.ts'

type Redact = (text: string) => string

export interface Reconciled {
  readonly storages: readonly StorageSettings[]
  /** Sentences about what differs. */
  readonly warnings: readonly string[]
}

/**
 * Limits the storages at the end of a job to those of its start. The destinations are fixed when the job starts, because steps can change
 * the environment and the files that settings come from, and some runners give post other inputs than main.
 * @param fallbackPath the path of the fallback file, which replaces a server
 */
export function reconcileStorages(
  storages: readonly StorageSettings[],
  known: readonly KnownStorage[],
  fallbackPath: string,
  redact: Redact,
): Reconciled {
  const keyOf = ({ target }: StorageSettings) => toKey(toDestination(target, redact))
  const knownKeys = new Set(known.map(({ destination }) => toKey(destination)))
  // A fallback file that was used from the start stays in use. If it is new, inputs are missing now.
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
