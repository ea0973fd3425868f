/** The reports that tools write, by what they count. */
export type ReportKind = 'tests' | 'coverage' | 'benchmark' | 'json'

/**
 * A format of report: one file beside its own kind, one row of the kind's table.
 * @template Item what a report of the kind consists of: a test case, the coverage of a file, a benchmark, a record.
 */
export interface ReportFormat<Item> {
  /** As users know it: `JUnit XML`, `lcov`. */
  readonly name: string
  /** Whether a report that begins so is of this format: its first 64 KiB at most, without a byte order mark. */
  recognizes(head: string): boolean
  /**
   * Reads one report: each item is handed over as soon as it is whole. `path` is for the formats that leave it to a
   * file's folders to name what the file holds, such as criterion's.
   */
  open(emit: (item: Item) => void, path?: string): ReportParser
}

/** Takes the text of a report in pieces that may end anywhere. Throws a ReportProblem where the text is not of the format. */
export interface ReportParser {
  write(text: string): void
  end(): void
}

/** Why a report cannot be read, and where. */
export class ReportProblem extends Error {
  /** Counted from 1; undefined where no line is to blame. */
  readonly line: number | undefined
  constructor(reason: string, line?: number) {
    super(reason)
    this.name = 'ReportProblem'
    this.line = line
  }
}

export interface TestCase {
  readonly name: string
  readonly classname?: string
  /** The innermost suite that has a name. */
  readonly suite?: string
  readonly file?: string
  /** `error`: it never got to assert. */
  readonly outcome: 'passed' | 'failed' | 'error' | 'skipped'
  /** It passed in the end, after it had failed in the same run. */
  readonly flaky?: boolean
  /** Seconds. */
  readonly duration?: number
  /** The message of the failure, whole. */
  readonly message?: string
}

export interface Count {
  readonly covered: number
  readonly total: number
}

/** What a coverage report says of one file; of all of them where it names none. */
export interface FileCoverage {
  readonly file?: string
  readonly lines?: Count
  readonly branches?: Count
  readonly functions?: Count
}

export interface Benchmark {
  /** Its full name, such as `parse/json`. */
  readonly name: string
  /** `s` for times, which are converted to seconds; else the tool's own unit; absent where it has none. */
  readonly unit?: string
  readonly value: number
  readonly min?: number
  readonly max?: number
  readonly stddev?: number
  /** How many times it was measured. */
  readonly runs?: number
}
