import type { Point } from '../point/point.ts'

/** A field whose type in the storage differs from its type in points. */
export interface Conflict {
  readonly measurement: string
  readonly field: string
  /** Types as InfluxDB names them: float, integer, unsigned, string, boolean. */
  readonly given: string
  /** The type in the database; undefined if it does not report it. */
  readonly existing: string | undefined
  readonly points: number
  /** Whether it was converted to the storage's type; otherwise, points were written without it. */
  readonly isConverted: boolean
}

/** A point that the storage will never accept, as line protocol, and why. */
export interface LostLine {
  readonly line: string
  readonly reason: string
}

/** The result of writing points to a storage: each point is written, unsent or lost. */
export interface Written {
  readonly written: number
  /** Points that were handed to `Writing.unsent`, to be kept elsewhere. */
  readonly unsent: number
  /** Points that cannot be stored: line protocol cannot express them, or the storage will never accept them. */
  readonly lost: number
  /** The first of the lost points. */
  readonly lostLines?: readonly LostLine[]
  /** Whether the storage stopped reading before the last point: the counts only include points that it read. */
  readonly gaveUp?: boolean
  /** Whether it accepts nothing more now: it does not answer, or requires other credentials. */
  readonly isDown?: boolean
  /** Clauses, to follow the storage's name, about what went wrong and what to change; empty on success. */
  readonly problems: readonly string[]
  readonly conflicts?: readonly Conflict[]
  /** Clauses about changes that made the storage accept points; these are not problems. */
  readonly changes?: readonly string[]
}

/** The conditions under which a storage writes. */
export interface Writing {
  /** Aborted when writing must end. */
  readonly signal: AbortSignal
  /** The time left until then, in ms. */
  remainingMs(): number
  /** Aborted, not before `signal`, when reading must end too: until then, points are still read to be kept. */
  readonly readSignal: AbortSignal
  /** How long to try a server that is down, in ms; undefined: as long as any other. */
  readonly patienceMs?: number | undefined
  /** Receives lines of line protocol that the storage did not accept, each without a line break at its end. */
  unsent(lines: readonly string[]): void
}

/** A storage of points. */
export interface Storage {
  /** Its name in messages: `http://influx:8086 (v1, database ci)`. */
  readonly name: string
  /**
   * Writes batches of points in order. Rejects only with errors of `batches` itself; points that the storage could
   * not store are counted in the result. Ends soon after `readSignal` is aborted.
   */
  write(batches: AsyncIterable<readonly Point[]>, writing: Writing): Promise<Written>
}

/** A clause that says why writing had to end, from the reason of the aborted signal. */
export function explainEnd({ reason }: AbortSignal): string {
  return reason instanceof EndOfWriting ? reason.message : 'the time ran out (input timeout)'
}

/** The reason to end writing; its message is a clause such as `the job was cancelled`. */
export class EndOfWriting extends Error {}
