import { maxCoveredFiles } from '../../limits.ts'
import type { Count, FileCoverage } from '../report.ts'
import { ReportProblem } from '../report.ts'

/**
 * What is known of a file so far; a new one is added.
 * @throws ReportProblem for one file more than memory should hold
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
 * Lines, branches or functions of a file, by a number each. One that is reported several times counts once, as covered if
 * any report says so: a file may appear once a class or a test. A report of 64 MiB names millions of lines, so they are
 * numbers in a list.
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
      // The last one of a key is the covered one, if there is one.
      const next = marks[index + 1]
      if (next !== undefined && Math.floor(next / 2) === Math.floor(mark / 2)) continue
      total++
      covered += mark % 2
    }
    return { covered, total }
  }
}

/** What a report says of a file, in as many places as it likes. Each part is there once it was asked for. */
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

/** Texts as numbers: each new one is the next. */
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

/** The number of a line. */
export function toLine(text: string, line: number): number {
  if (!/^\d{1,9}$/.test(text)) throw new ReportProblem(`${quote(text)} is not a line number`, line)
  return Number(text)
}

/** Whether something was run, by how often. Counters that overflow are negative. */
export function isHit(count: string, line: number): boolean {
  if (!/^-?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?$/.test(count)) throw new ReportProblem(`${quote(count)} is not a count`, line)
  return Number(count) > 0
}

export function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
}
