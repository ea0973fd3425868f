/** The reports that tools write, by what they count. */
export type ReportKind = 'tests' | 'coverage' | 'benchmark' | 'json'

/**
 * A format of report: one file beside its own kind, one row of the kind's table.
 * @template Item the items of a report of this kind: test cases, the coverage of files, benchmarks or records.
 */
export interface ReportFormat<Item> {
  /** The name for users: `JUnit XML`, `lcov`. */
  readonly name: string
  /** Whether a report is in this format, by its first 64 KiB at most, without a byte order mark. */
  recognizes(head: string): boolean
  /**
   * Reads one report, and emits each item when it is complete. `path` is for formats in which the
   * folders of a file name its contents, such as criterion's.
   */
  open(emit: (item: Item) => void, path?: string): ReportParser
}

/** Parses the text of a report in pieces that may end anywhere. Throws a ReportProblem if the text is not valid in the format. */
export interface ReportParser {
  write(text: string): void
  end(): void
}

/** Why a report cannot be read, and where. */
export class ReportProblem extends Error {
  /** Counted from 1; undefined if the problem belongs to no line. */
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
  /** `error`: it ended before any assertion. */
  readonly outcome: 'passed' | 'failed' | 'error' | 'skipped'
  /** Whether it passed after it had failed in the same run. */
  readonly flaky?: boolean
  /** Seconds. */
  readonly duration?: number
  /** The full message of the failure. */
  readonly message?: string
}

export interface Count {
  readonly covered: number
  readonly total: number
}

/** The coverage of one file, or of all files if the report does not name files. */
export interface FileCoverage {
  readonly file?: string
  readonly lines?: Count
  readonly branches?: Count
  readonly functions?: Count
}

export interface Benchmark {
  /** Its full name, such as `parse/json`. */
  readonly name: string
  /** `s` for times, which are converted to seconds; else the tool's own unit; absent if it has none. */
  readonly unit?: string
  readonly value: number
  readonly min?: number
  readonly max?: number
  readonly stddev?: number
  /** How many times it was measured. */
  readonly runs?: number
}
