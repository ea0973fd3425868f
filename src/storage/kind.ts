import type { HttpClient } from '../http/client.ts'
import type { Storage } from './storage.ts'

/** Where points go, without credentials. Two destinations are the same only if all values are equal. The keys depend on `kind`. */
export type Destination = { readonly kind: string } & Readonly<Record<string, string>>

/**
 * A kind of storage. A new kind is a file with one of these, and a row in `kinds.ts`.
 */
export interface StorageKind<T extends { readonly kind: string }> {
  readonly kind: T['kind']
  /** The name of the kind in messages: `InfluxDB`. */
  readonly noun: string
  /** The description of its key in the schema of the config file, which editors show. */
  readonly description: string
  /** The keys below that key, with their descriptions; if there are none, its value is text. */
  readonly keys: Readonly<Record<string, string>>
  /** Whether it is a server: then its address may change, and it may need credentials. Others exist on this runner only. */
  readonly isServer: boolean
  /**
   * Parses its keys, with variables resolved. Absent: its keys are also inputs (settings/targets.ts).
   * @returns the target, or the problem with one of the keys
   */
  parse?(read: (key: string) => string): T | { readonly key: string; readonly text: string }
  /** Its name in the log. */
  name(target: T): string
  open(target: T, http: HttpClient): Storage
  /** How unsigned integers are written: `u` or, if the storage has no such type, `i`. */
  toUnsigned(target: T): 'u' | 'i'
  /** Whether it accepts points without credentials. */
  isOpen(target: T): boolean
  /** Whether points that are written at the start of the job are kept until its end: a checkout empties the workspace. */
  outlivesCheckout(target: T, workspace: string | undefined): boolean
  /** @param redact removes secrets from texts before they are stored */
  toDestination(target: T, redact: (text: string) => string): Destination
  isDestination(given: Readonly<Record<string, unknown>>): boolean
  nameDestination(destination: Destination): string
  /** The target without its credentials. */
  toTarget(destination: Destination): T
}
