import type { ReadHeader } from './kept-file.ts'
import type { KeptReader } from './kept-reader.ts'

/** A kept file that may be sent, in a spool or an artifact. */
export interface Waiting {
  readonly kind: 'artifact' | 'file'
  /** `the file build-stats-unsent-1-1-abc.lp in /var/spool` */
  readonly place: string
  readonly header: ReadHeader
  /**
   * Claims and opens the file; undefined if another process has claimed it.
   * @throws Error that says why it cannot be read
   */
  claim(): OpenedFile | undefined
}

/** Lines that were refused together, and how often. */
export interface Refused {
  readonly lines: readonly string[]
  readonly tries: number
}

export interface OpenedFile {
  readonly reader: KeptReader
  /** Shows other processes that it is still being sent. */
  touch(): void
  /**
   * Ends it: if nothing is left, the file is removed.
   * @returns a clause that says what went wrong
   */
  end(left: Left): Promise<string | undefined>
}

/** The part of a file that was not sent. */
export interface Left {
  readonly refused: readonly Refused[]
  /** Whether the reader has more lines. */
  readonly hasRest: boolean
  /** Whether lines were sent, or refused once more. */
  readonly isChanged: boolean
  /** Whether other files come first next time. */
  readonly isTried: boolean
}
