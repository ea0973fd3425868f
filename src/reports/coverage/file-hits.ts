import { maxCoveredFiles } from '../../limits.ts'
import type { Count, FileCoverage } from '../report.ts'
import { ReportProblem } from '../report.ts'

/**
 * Finds the state of a file, or adds a new one.
 * @throws ReportProblem if there are more files than the limit
 */
export function findFile<File>(files: Map<string, File>, name: string, create: () => File, line: number): File {
  const known = files.get(name)
  if (known !== undefined) return known
  if (files.size === maxCoveredFiles)
    throw new ReportProblem(`it covers more than ${maxCoveredFiles} files: split the report`, line)
  const file = create()
  files.set(name, file)
  return file
}

/**
 * Lines, branches or functions of a file, each identified by a number. One that is reported several times counts once, as covered if
 * it is covered anywhere: a file may appear once for each class or test. A report of 64 MiB names millions of lines, so they are
 * stored as numbers in a list.
 */
export class Hits {
  readonly #marks: number[] = []

  /** `key` is a whole number below 2^52. */
  add(key: number, isHit: boolean): void {
    this.#marks.push(key * 2 + (isHit ? 1 : 0))
  }

  addAll(others: Hits): void {
    for (const mark of others.#marks) this.#marks.push(mark)
  }

  count(): Count {
    const marks = Float64Array.from(this.#marks).sort()
    let covered = 0
    let total = 0
    for (const [index, mark] of marks.entries()) {
      // The last entry of a key is the covered one, if any is.
      const next = marks[index + 1]
      if (next !== undefined && Math.floor(next / 2) === Math.floor(mark / 2)) continue
      total++
      covered += mark % 2
    }
    return { covered, total }
  }
}

/** The coverage of a file, which a report may list in several places. Each part is created when it is first used. */
export class FileHits {
  lines?: Hits
  branches?: Hits
  functions?: Hits

  of(part: 'lines' | 'branches' | 'functions'): Hits {
    this[part] ??= new Hits()
    return this[part]
  }

  toCoverage(file: string): FileCoverage {
    return {
      file,
      ...(this.lines && { lines: this.lines.count() }),
      ...(this.branches && { branches: this.branches.count() }),
      ...(this.functions && { functions: this.functions.count() }),
    }
  }
}

/** Numbers texts in the order in which they first appear. */
export class Ids {
  readonly #ids = new Map<string, number>()

  of(text: string, line: number): number {
    const known = this.#ids.get(text)
    if (known !== undefined) return known
    if (this.#ids.size === maxIds)
      throw new ReportProblem(
        `it has more than ${maxIds} different names of branches or functions: split the report`,
        line,
      )
    this.#ids.set(text, this.#ids.size)
    return this.#ids.size - 1
  }
}

export const maxIds = 2 ** 19

/** Parses a line number. */
export function toLine(text: string, line: number): number {
  if (!/^\d{1,9}$/.test(text)) throw new ReportProblem(`${quote(text)} is not a line number`, line)
  return Number(text)
}

/** Whether a count means that code was run. Counters that overflow are negative. */
export function isHit(count: string, line: number): boolean {
  if (!/^-?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?$/.test(count)) throw new ReportProblem(`${quote(count)} is not a count`, line)
  return Number(count) > 0
}

export function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
}
