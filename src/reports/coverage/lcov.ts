import { readLines } from '../lines.ts'
import { type FileCoverage, type ReportFormat, ReportProblem } from '../report.ts'
import { FileHits, findFile, Ids, isHit, maxIds, quote, toLine } from './file-hits.ts'

/**
 * The tracefile of lcov (geninfo(1)): one section per file and test, from `SF:` to `end_of_record`. Sections of one file are merged
 * line by line, as lcov does. For a file with one section, the tool's own sum of functions is used: llvm-cov counts all instances
 * of a function once, Istanbul each function without a name.
 */
export const lcov: ReportFormat<FileCoverage> = {
  name: 'lcov',
  recognizes: (head) => /^(?:[^\S\n]*(?:(?:#|TN:|VER:)[^\n]*)?\n)*SF:/.test(head),
  open(emit) {
    const files = new Map<string, File>()
    const ids = new Ids()
    let section: Section | undefined
    let last = 0
    return readLines(
      (text, line) => {
        last = line
        const [, kind = '', value = ''] = /^\s*([A-Za-z_]+):?(.*)$/s.exec(text) ?? []
        if (kind === 'SF') {
          if (section !== undefined)
            throw new ReportProblem('SF begins a file, but the file before it has no end_of_record', line)
          const file = findFile(files, value, () => ({ hits: new FileHits(), sections: 0, functions: {} }), line)
          file.sections++
          section = { ...file, ids, seen: new Map(), aliases: new Map() }
        } else if (kind === 'end_of_record') section = undefined
        else if (section !== undefined && Object.hasOwn(readers, kind)) readers[kind]?.(value, section, line)
      },
      () => {
        if (section !== undefined)
          throw new ReportProblem('it ends without end_of_record: the tool did not finish writing it', last)
        for (const [file, { hits, sections, functions }] of files) {
          const { covered, total } = functions
          const isKnown = sections === 1 && covered !== undefined && total !== undefined && covered <= total
          emit({ ...hits.toCoverage(file), ...(isKnown && { functions: { covered, total } }) })
        }
      },
    )
  },
}

interface File {
  readonly hits: FileHits
  /** The sums of the last section. */
  readonly functions: { covered?: number; total?: number }
  sections: number
}

interface Section extends File {
  readonly ids: Ids
  /** The number of functions with the same name so far: JavaScript has many, which are always listed in the same order. */
  readonly seen: Map<string, number>
  /** The functions of lcov 2, which can have several names: `FNL` is the position, `FNA` the number of calls by one name. */
  readonly aliases: Map<string, number>
}

/** Readers of lines by the keyword before the colon. Other lines are ignored. */
const readers: Readonly<Record<string, (value: string, section: Section, line: number) => void>> = {
  DA(value, { hits }, line) {
    const [at = '', count = ''] = split(value, /^([^,]*),([^,]*)/, line)
    hits.of('lines').add(toLine(at, line), isHit(count, line))
  },
  BRDA(value, { hits, ids }, line) {
    // A branch may be an expression with commas.
    const [at = '', branch = '', taken = ''] = split(value, /^([^,]*),e?(.*),([^,]*)$/s, line)
    const isTaken = taken !== '-' && isHit(taken, line)
    hits.of('branches').add(toLine(at, line) * maxIds + ids.of(branch, line), isTaken)
  },
  FN(value, section, line) {
    const [name = ''] = split(value, /^\d+,(?:\d+,)?(.*)$/s, line)
    section.hits.of('functions').add(toFunction('FN', name, section, line), false)
  },
  FNDA(value, section, line) {
    const [count = '', name = ''] = split(value, /^([^,]*),(.*)$/s, line)
    section.hits.of('functions').add(toFunction('FNDA', name, section, line), isHit(count, line))
  },
  FNL(value, { aliases, ids }, line) {
    const [index = '', at = ''] = split(value, /^([^,]*),([^,]*)/, line)
    aliases.set(index, ids.of(`at ${at}`, line))
  },
  FNA(value, { hits, aliases }, line) {
    const [index = '', count = ''] = split(value, /^([^,]*),([^,]*)/, line)
    const alias = aliases.get(index)
    if (alias === undefined) throw new ReportProblem(`FNA:${quote(index)} has no FNL line before it`, line)
    hits.of('functions').add(alias, isHit(count, line))
  },
  LF: (_, { hits }) => void hits.of('lines'),
  BRF: (_, { hits }) => void hits.of('branches'),
  FNF(value, { hits, functions }) {
    hits.of('functions')
    if (/^\d{1,9}$/.test(value)) functions.total = Number(value)
  },
  FNH(value, { functions }) {
    if (/^\d{1,9}$/.test(value)) functions.covered = Number(value)
  },
}

function split(value: string, pattern: RegExp, line: number): (string | undefined)[] {
  const found = pattern.exec(value)
  if (found === null) throw new ReportProblem(`${quote(value)} is not in the format of lcov`, line)
  return found.slice(1)
}

function toFunction(kind: string, name: string, { seen, ids }: Section, line: number): number {
  const count = (seen.get(`${kind} ${name}`) ?? 0) + 1
  seen.set(`${kind} ${name}`, count)
  return ids.of(`${count} ${name}`, line)
}
