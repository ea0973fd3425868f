import type { JsonObject } from './json.ts'

/**
 * A field's value as InfluxDB types it: `number` is a float (finite), `bigint` a signed 64-bit integer, `Unsigned` an
 * unsigned integer (`5u`).
 */
export type FieldValue = number | bigint | Unsigned | string | boolean

/** An unsigned integer of line protocol; at most 2^63 - 1, so that servers without the type can store it as integer. */
export class Unsigned {
  readonly value: bigint
  constructor(value: bigint) {
    this.value = value
  }
}

export type Tags = ReadonlyArray<readonly [key: string, value: string]>
export type Fields = ReadonlyArray<readonly [key: string, value: FieldValue]>

/** A set of named values that a step yielded under a name: one call of Buildbot's `yieldMetricsValue`. */
export interface DataRecord {
  readonly name: string
  readonly tags: Tags
  readonly fields: Fields
  /** Nanoseconds since 1970; absent: the end of the build. */
  readonly timeNs?: bigint
  /** Numbers as they are written, if a float prints them differently; they may not be finite. */
  readonly written?: ReadonlyMap<string, string>
  /** The record as it is in a step output, before it was flattened. */
  readonly json?: JsonObject
}
