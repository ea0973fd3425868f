import type { Point } from '../point/point.ts'

/** What became of the points that a storage was given. */
export interface Written {
  readonly written: number
  readonly lost: number
  /** Whether more was to come when the storage gave up: `lost` is what it had seen. */
  readonly gaveUp?: boolean
  /** What went wrong and what to change, clauses that follow the storage's name; empty when all is well. */
  readonly problems: readonly string[]
}

/** A place for points. A new kind of storage is one file with this verb, and one row in `openStorage`. */
export interface Storage {
  /** Where the points go, for the owner of the job: `http://influx:8086 (v1, database ci)`. */
  readonly name: string
  /**
   * Writes batches of points in their order. Rejects only for what went wrong in `batches` itself; what the storage could
   * not take is in the result. Ends soon after `signal` is aborted.
   */
  write(batches: AsyncIterable<readonly Point[]>, signal: AbortSignal): Promise<Written>
}
