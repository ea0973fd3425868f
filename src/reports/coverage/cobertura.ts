import { type Count, type FileCoverage, type ReportFormat, ReportProblem } from '../report.ts'
import { openXml, readXmlRoot, type XmlAttributes } from '../xml.ts'
import { FileHits, findFile, Ids, isHit, quote, toLine } from './file-hits.ts'

/**
 * Cobertura's XML, as coverage.py, gcovr, coverlet, PHPUnit, Istanbul and many others write it. The sums of the root count lines twice if a file
 * has several classes, so the lines themselves are counted, each once per file.
 */
export const cobertura: ReportFormat<FileCoverage> = {
  name: 'Cobertura',
  recognizes(head) {
    const root = readXmlRoot(head)
    if (root?.name !== 'coverage') return false
    return root.attributes['line-rate'] !== undefined || /<(?:sources|packages)\b/.test(head)
  },
  open(emit) {
    const report = new Report()
    const xml = openXml({
      open: (name, attributes, line) => {
        report.open(name, attributes, line)
        return false
      },
      close: (name) => report.close(name),
    })
    return {
      write: (text) => xml.write(text),
      end() {
        xml.end()
        for (const coverage of report.files()) emit(coverage)
      },
    }
  },
}

interface File {
  readonly hits: FileHits
  /** The branches of each line: branches that several classes report for a line are the same. */
  readonly conditions: Map<number, Count>
}

const newFile = (): File => ({ hits: new FileHits(), conditions: new Map() })

class Report {
  readonly #files = new Map<string, File>()
  readonly #ids = new Ids()
  #root: XmlAttributes = {}
  #classes = 0
  #file = newFile()
  #fileName = ''
  #hasLines = false
  #inMethods = newFile()
  /** The current method: whether it was called, by Istanbul's `hits` or else by its lines. */
  #method: { readonly key: string; readonly called: boolean | undefined; lines: Count } | undefined

  open(name: string, attributes: XmlAttributes, line: number): void {
    if (name === 'coverage') this.#root = attributes
    else if (name === 'class') this.#openClass(attributes, line)
    else if (name === 'method') {
      const { name: method = '', signature = '', hits } = attributes
      const key = `${attributes.line ?? ''} ${this.#classes} ${method} ${signature}`
      this.#method = {
        key,
        called: hits === undefined ? undefined : isHit(hits, line),
        lines: { covered: 0, total: 0 },
      }
    } else if (name === 'line') this.#readLine(attributes, line)
  }

  close(name: string): void {
    if (name === 'class') this.#closeClass()
    if (name !== 'method' || this.#method === undefined) return
    const { key, called, lines } = this.#method
    // PHPUnit counts a method as covered only if all of it is.
    const isCovered = called ?? (this.#fileName.endsWith('.php') ? lines.covered === lines.total : lines.covered > 0)
    if (called !== undefined || lines.total > 0) this.#file.hits.of('functions').add(this.#ids.of(key, 0), isCovered)
    this.#method = undefined
  }

  /** Lines are listed in their method, and again in the class. Some tools list them only in the class. */
  #closeClass(): void {
    if (this.#hasLines) return
    const { hits, conditions } = this.#inMethods
    if (hits.lines !== undefined) this.#file.hits.of('lines').addAll(hits.lines)
    for (const [at, condition] of conditions) addCondition(this.#file, at, condition)
  }

  #openClass({ filename, name = '' }: XmlAttributes, line: number): void {
    this.#classes++
    this.#hasLines = false
    this.#inMethods = newFile()
    this.#fileName = filename ?? name
    this.#file = findFile(this.#files, this.#fileName, newFile, line)
  }

  #readLine({ number = '', hits = '', 'condition-coverage': condition }: XmlAttributes, line: number): void {
    const [at, wasHit] = [toLine(number, line), isHit(hits, line)]
    const to = this.#method === undefined ? this.#file : this.#inMethods
    to.hits.of('lines').add(at, wasHit)
    if (condition !== undefined) addCondition(to, at, toCount(condition, line))
    if (this.#method === undefined) this.#hasLines = true
    else {
      const { covered, total } = this.#method.lines
      this.#method.lines = { covered: covered + (wasHit ? 1 : 0), total: total + 1 }
    }
  }

  *files(): Generator<FileCoverage> {
    const sum = { lines: { covered: 0, total: 0 }, branches: { covered: 0, total: 0 } }
    for (const [file, { hits, conditions }] of this.#files) {
      const branches = sumCounts(conditions.values())
      const coverage: FileCoverage = { ...hits.toCoverage(file), ...(branches.total > 0 && { branches }) }
      for (const part of ['lines', 'branches'] as const) {
        sum[part].covered += coverage[part]?.covered ?? 0
        sum[part].total += coverage[part]?.total ?? 0
      }
      yield coverage
    }
    // Istanbul does not list branches that begin on no line, such as a parameter's default, but counts them in the root.
    if (this.#classes > this.#files.size) return
    const lines = this.#rest('lines', sum.lines)
    const branches = this.#rest('branches', sum.branches)
    if (lines !== undefined || branches !== undefined) yield { ...(lines && { lines }), ...(branches && { branches }) }
  }

  /** The branches that the root counts but no line lists. */
  #rest(part: 'lines' | 'branches', sum: Count): Count | undefined {
    const covered = Number(this.#root[`${part}-covered`]) - sum.covered
    const total = Number(this.#root[`${part}-valid`]) - sum.total
    return total > 0 && covered >= 0 && covered <= total ? { covered, total } : undefined
  }
}

function addCondition({ conditions }: File, at: number, { covered, total }: Count): void {
  const known = conditions.get(at) ?? { covered: 0, total: 0 }
  conditions.set(at, { covered: Math.max(covered, known.covered), total: Math.max(total, known.total) })
}

function toCount(condition: string, line: number): Count {
  const [, covered, total] = /\((\d{1,6})\/(\d{1,6})\)/.exec(condition) ?? []
  if (covered === undefined) {
    throw new ReportProblem(`condition-coverage ${quote(condition)} is not like "50% (1/2)"`, line)
  }
  return { covered: Number(covered), total: Number(total) }
}

function sumCounts(counts: Iterable<Count>): Count {
  const sum = { covered: 0, total: 0 }
  for (const { covered, total } of counts) {
    sum.covered += covered
    sum.total += total
  }
  return sum
}
