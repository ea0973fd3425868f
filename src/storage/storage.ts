import type { Point } from '../point/point.ts'

/** A field that the storage has as another type than points have it. */
export interface Conflict {
  readonly measurement: string
  readonly field: string
  /** Types as InfluxDB names them: float, integer, unsigned, string, boolean. */
  readonly given: string
  /** What the database has; undefined where it does not say. */
  readonly existing: string | undefined
  readonly points: number
  /** Whether it was sent as the type that the storage has; otherwise points were written without it. */
  readonly isConverted: boolean
}

/** A point that no server of this storage would ever take, as line protocol, and why. */
export interface LostLine {
  readonly line: string
  readonly reason: string
}

/** The result of writing points to a storage: each point is written, unsent or lost. */
export interface Written {
  readonly written: number
  /** Points that were handed to `Writing.unsent`, to be kept elsewhere. */
  readonly unsent: number
  /** Points that nothing can be done about: line protocol cannot say them, or no server would ever take them. None is unsent. */
  readonly lost: number
  /** The first of those that were refused. */
  readonly lostLines?: readonly LostLine[]
  /** Whether more was to come when the storage had to stop reading: the counts are of what it had seen. */
  readonly gaveUp?: boolean
  /** Whether it would take nothing more now, whatever it is given: it does not answer, or wants other credentials. */
  readonly isDown?: boolean
  /** What went wrong and what to change, clauses that follow the storage's name; empty when all is well. */
  readonly problems: readonly string[]
  readonly conflicts?: readonly Conflict[]
  /** What was changed so that the storage takes it: clauses, and no fault. */
  readonly changes?: readonly string[]
}

/** The conditions under which a storage writes. */
export interface Writing {
  /** Aborted when writing must end. */
  readonly signal: AbortSignal
  /** How long until then, in ms. */
  remainingMs(): number
  /** Aborted, no earlier than `signal`, when reading must end too: until then what is not written is read and kept. */
  readonly readSignal: AbortSignal
  /** How long a server is tried that is not there at all, in ms; undefined: as long as one that is. */
  readonly patienceMs?: number | undefined
  /** Takes lines of line protocol that the storage did not take, each without a line break at its end. */
  unsent(lines: readonly string[]): void
}

/** A place for points. A new kind of storage is a file with this verb, a target, and a row in `openStorage`. */
export interface Storage {
  /** Where the points go, for the owner of the job: `http://influx:8086 (v1, database ci)`. */
  readonly name: string
  /**
   * Writes batches of points in their order. Rejects only for what went wrong in `batches` itself; what the storage could
   * not take is in the result. Ends soon after `readSignal` is aborted.
   */
  write(batches: AsyncIterable<readonly Point[]>, writing: Writing): Promise<Written>
}

/** Why writing had to end: a clause that whoever aborts the signal provides. */
export function explainEnd({ reason }: AbortSignal): string {
  return reason instanceof EndOfWriting ? reason.message : 'the time ran out (input timeout)'
}

/** Why writing must end, a clause: `the job was cancelled`. */
export class EndOfWriting extends Error {}
