import { type Count, type FileCoverage, type ReportFormat, ReportProblem } from '../report.ts'
import { openXml, readXmlRoot, type XmlAttributes } from '../xml.ts'
import { FileHits, Ids, isHit, maxIds, quote, toLine } from './file-hits.ts'

/**
 * Cobertura's XML, as coverage.py, gcovr, coverlet, PHPUnit, Istanbul and many others write it. The sums of the root double where a file
 * has several classes, so lines are counted, each once a file.
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

class Report {
  readonly #files = new Map<string, FileHits>()
  readonly #ids = new Ids()
  #root: XmlAttributes = {}
  #classes = 0
  #file = new FileHits()
  #fileName = ''
  /** The method that is open, and whether its lines, or Istanbul's `hits`, say that it was called. */
  #method: { readonly key: string; hits: boolean[] } | undefined

  open(name: string, attributes: XmlAttributes, line: number): void {
    if (name === 'coverage') this.#root = attributes
    else if (name === 'class') this.#openClass(attributes)
    else if (name === 'method') {
      const { name: method = '', signature = '', hits } = attributes
      const key = `${attributes.line ?? ''} ${this.#classes} ${method} ${signature}`
      this.#method = { key, hits: hits === undefined ? [] : [isHit(hits, line)] }
    } else if (name === 'line') this.#readLine(attributes, line)
  }

  close(name: string): void {
    if (name !== 'method' || this.#method === undefined) return
    const { key, hits } = this.#method
    // PHPUnit counts a method as covered once all of it is.
    const isCovered = this.#fileName.endsWith('.php') ? !hits.includes(false) : hits.includes(true)
    if (hits.length > 0) this.#file.of('functions').add(this.#ids.of(key, 0), isCovered)
    this.#method = undefined
  }

  #openClass({ filename, name = '' }: XmlAttributes): void {
    this.#classes++
    this.#fileName = filename ?? name
    this.#file = this.#files.get(this.#fileName) ?? new FileHits()
    this.#files.set(this.#fileName, this.#file)
  }

  #readLine({ number = '', hits = '', 'condition-coverage': condition }: XmlAttributes, line: number): void {
    const at = toLine(number, line)
    const wasHit = isHit(hits, line)
    // Lines stand in their method, and once more in the class. Where Istanbul says when a method was called, it may have none there.
    if (this.#method !== undefined) {
      if (this.#method.hits.length === 0 || this.#fileName.endsWith('.php')) this.#method.hits.push(wasHit)
      return
    }
    this.#file.of('lines').add(at, wasHit)
    if (condition === undefined) return
    const [, covered, total] = /\((\d{1,6})\/(\d{1,6})\)/.exec(condition) ?? []
    if (covered === undefined)
      throw new ReportProblem(`condition-coverage ${quote(condition)} is not like "50% (1/2)"`, line)
    for (let branch = 0; branch < Number(total); branch++) {
      this.#file.of('branches').add(at * maxIds + branch, branch < Number(covered))
    }
  }

  *files(): Generator<FileCoverage> {
    const sum = { lines: { covered: 0, total: 0 }, branches: { covered: 0, total: 0 } }
    for (const [file, hits] of this.#files) {
      const coverage = hits.toCoverage(file)
      for (const part of ['lines', 'branches'] as const) {
        sum[part].covered += coverage[part]?.covered ?? 0
        sum[part].total += coverage[part]?.total ?? 0
      }
      yield coverage
    }
    // Istanbul leaves out of the lines what begins on none, such as the default of a parameter, and counts it in the root.
    if (this.#classes > this.#files.size) return
    const lines = this.#rest('lines', sum.lines)
    const branches = this.#rest('branches', sum.branches)
    if (lines !== undefined || branches !== undefined) yield { ...(lines && { lines }), ...(branches && { branches }) }
  }

  /** What the root counts and no line says. */
  #rest(part: 'lines' | 'branches', sum: Count): Count | undefined {
    const covered = Number(this.#root[`${part}-covered`]) - sum.covered
    const total = Number(this.#root[`${part}-valid`]) - sum.total
    return total > 0 && covered >= 0 && covered <= total ? { covered, total } : undefined
  }
}
