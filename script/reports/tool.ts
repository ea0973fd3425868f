import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What a tool says that it counted. */
export interface Counts {
  readonly tests: number
  readonly passed: number
  readonly failed: number
  readonly errors: number
  readonly skipped: number
  readonly flaky: number
}

/** A report that a tool writes into its project. `Summary` is what the tool says of it. */
export interface MadeReport<Summary = Counts> {
  /** As it is committed; of several files, what stands before the names of their own. */
  readonly file: string
  /** Run by bash in the project's folder, $TOOLS is the folder of tools. It may fail, as its tests do. */
  readonly command: string
  /** Where the report is then; `*` stands for any name. */
  readonly from: string
  /** The tool's own summary: a part of what the command prints. */
  readonly summary: RegExp
  toCounts(summary: string, output: string): Summary
}

/** A tool, a project for it, and the reports that it writes there. */
export interface ReportTool<Summary = Counts> {
  readonly tool: string
  /** Installs it into the folder of tools; what a distribution has is expected to be there. */
  readonly install?: string
  /** Prints its version. */
  readonly version: string
  readonly project: Readonly<Record<string, string>>
  readonly reports: readonly MadeReport<Summary>[]
}

/** A project whose files are in a folder beside the tools. */
export function readProject(folder: string): Record<string, string> {
  const root = join(import.meta.dirname, folder)
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(root, path)).isFile(),
  )
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(root, path), 'utf8')]))
}

/** The number that a pattern finds in a summary; 0 where it finds none. */
export const find = (summary: string, pattern: RegExp): number => Number(pattern.exec(summary)?.[1] ?? 0)

/** `errors` are a part of `failed`, and all are a part of `tests`. */
export function toCounts(parts: Partial<Omit<Counts, 'tests'>>): Counts {
  const { passed = 0, failed = 0, errors = 0, skipped = 0, flaky = 0 } = parts
  return { tests: passed + failed + skipped, passed, failed, errors, skipped, flaky }
}
