import { readLines } from '../lines.ts'
import { type FileCoverage, type ReportFormat, ReportProblem } from '../report.ts'
import { FileHits, Ids, isHit, maxIds, quote, toLine } from './file-hits.ts'

/**
 * The tracefile of lcov (geninfo(1)): a section a file and test, from `SF:` to `end_of_record`. Its sums (`LF`, `LH`) are not
 * read: sections of one file are put together line by line, as lcov does.
 */
export const lcov: ReportFormat<FileCoverage> = {
  name: 'lcov',
  recognizes: (head) => /^(?:[^\S\n]*(?:(?:#|TN:|VER:)[^\n]*)?\n)*SF:/.test(head),
  open(emit) {
    const files = new Map<string, FileHits>()
    const ids = new Ids()
    let section: Section | undefined
    let last = 0
    return readLines(
      (text, line) => {
        last = line
        const [, kind = '', value = ''] = /^\s*([A-Za-z_]+):?(.*)$/s.exec(text) ?? []
        if (kind === 'SF') {
          if (section !== undefined) throw new ReportProblem('a file begins before the one above has ended (end_of_record)', line)
          const hits = files.get(value) ?? new FileHits()
          files.set(value, hits)
          section = { hits, ids, seen: new Map(), aliases: new Map() }
        } else if (kind === 'end_of_record') section = undefined
        else if (section !== undefined) readRecord(kind, value, section, line)
      },
      () => {
        if (section !== undefined) throw new ReportProblem('it ends within a file: the tool that writes it did not finish', last)
        for (const [file, hits] of files) emit(hits.toCoverage(file))
      },
    )
  },
}

interface Section {
  readonly hits: FileHits
  readonly ids: Ids
  /** How many functions of a name there were: those of JavaScript are called alike, and stand in the same order each time. */
  readonly seen: Map<string, number>
  /** The functions of lcov 2, which have several names: `FNL` says where one is, `FNA` how often it was called by a name. */
  readonly aliases: Map<string, number>
}

function readRecord(kind: string, value: string, { hits, ids, seen, aliases }: Section, line: number): void {
  const toFunction = (name: string) => {
    const count = (seen.get(`${kind} ${name}`) ?? 0) + 1
    seen.set(`${kind} ${name}`, count)
    return ids.of(`${count} ${name}`, line)
  }
  const match = (pattern: RegExp): string[] => {
    const found = pattern.exec(value)?.slice(1)
    if (found === undefined) throw new ReportProblem(`${kind}:${value.slice(0, 60)} is not as lcov writes it`, line)
    return found.map((text) => text ?? '')
  }
  switch (kind) {
    case 'DA': {
      const [at = '', count = ''] = match(/^([^,]*),([^,]*)/)
      return hits.of('lines').add(toLine(at, line), isHit(count, line))
    }
    case 'BRDA': {
      // A branch may be an expression, commas included.
      const [at = '', branch = '', taken = ''] = match(/^([^,]*),e?(.*),([^,]*)$/s)
      return hits.of('branches').add(toLine(at, line) * maxIds + ids.of(branch, line), taken !== '-' && isHit(taken, line))
    }
    case 'FN': {
      const [name = ''] = match(/^\d+,(?:\d+,)?(.*)$/s)
      return hits.of('functions').add(toFunction(name), false)
    }
    case 'FNDA': {
      const [count = '', name = ''] = match(/^([^,]*),(.*)$/s)
      return hits.of('functions').add(toFunction(name), isHit(count, line))
    }
    case 'FNL': {
      const [index = '', at = ''] = match(/^([^,]*),([^,]*)/)
      aliases.set(index, ids.of(`at ${at}`, line))
      return
    }
    case 'FNA': {
      const [index = '', count = ''] = match(/^([^,]*),([^,]*)/)
      const alias = aliases.get(index)
      if (alias === undefined) throw new ReportProblem(`FNA:${quote(index)} has no FNL before it`, line)
      return hits.of('functions').add(alias, isHit(count, line))
    }
    case 'LF':
      return void hits.of('lines')
    case 'BRF':
      return void hits.of('branches')
    case 'FNF':
      return void hits.of('functions')
  }
}
