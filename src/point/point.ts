import type { Fields, Tags } from '../build/data.ts'

/** One row of a time series database. No tag or field key occurs twice, and there is at least one field. */
export interface Point {
  readonly measurement: string
  readonly tags: Tags
  readonly fields: Fields
  /** Nanoseconds since 1970. */
  readonly timeNs: bigint
}
