import type { HttpClient } from '../http/client.ts'
import type { Storage } from './storage.ts'

/** Where points go, without credentials: two places that differ in anything are two. All values but `kind` are of its kind. */
export type Destination = { readonly kind: string } & Readonly<Record<string, string>>

/**
 * What the program knows of a kind of storage. A new kind is a file with one of these, and a row in `kinds.ts`.
 */
export interface StorageKind<T extends { readonly kind: string }> {
  readonly kind: T['kind']
  /** What stands in a sentence for the place that was meant: `InfluxDB`. */
  readonly noun: string
  /** What an editor shows beside its key in the file of `config`. */
  readonly description: string
  /** The keys below its own there, each with what an editor shows; none: its value is a text. */
  readonly keys: Readonly<Record<string, string>>
  /** Whether it is a server: it can move, and need credentials. What is none is there for this runner alone. */
  readonly isServer: boolean
  /**
   * Reads its keys, in which variables are resolved. Absent: its keys are inputs as well (settings/targets.ts).
   * @returns the target, or what is wrong with one of the keys
   */
  parse?(read: (key: string) => string): T | { readonly key: string; readonly text: string }
  /** As the log names it. */
  name(target: T): string
  open(target: T, http: HttpClient): Storage
  /** How unsigned integers are written there. */
  toUnsigned(target: T): 'u' | 'i'
  /** Whether it takes points without credentials. */
  isOpen(target: T): boolean
  /** Whether what is written when the job starts is still there when it ends: a checkout empties the workspace. */
  outlivesCheckout(target: T, workspace: string | undefined): boolean
  /** @param redact what is done to texts before they are stored */
  toDestination(target: T, redact: (text: string) => string): Destination
  isDestination(given: Readonly<Record<string, unknown>>): boolean
  nameDestination(destination: Destination): string
  /** The target without its credentials. */
  toTarget(destination: Destination): T
}
