import type { ReadHeader } from './kept-file.ts'
import type { KeptReader } from './kept-reader.ts'

/** A kept file, wherever it is, that may be sent. */
export interface Waiting {
  readonly kind: 'artifact' | 'file'
  /** `the file build-stats-unsent-1-1-abc.lp in /var/spool` */
  readonly place: string
  readonly header: ReadHeader
  /**
   * Makes it ours and opens it; undefined where somebody else has it.
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
  /** Says to others that it is still being sent. */
  touch(): void
  /**
   * Ends it: with nothing left, it is done with.
   * @returns what went wrong, a clause
   */
  end(left: Left): Promise<string | undefined>
}

/** What is left of a file. */
export interface Left {
  readonly refused: readonly Refused[]
  /** Whether the reader has more to give. */
  readonly hasRest: boolean
  /** Whether it is less than there was, or was refused once more. */
  readonly isChanged: boolean
  /** Whether others come first next time. */
  readonly isTried: boolean
}
