import { type Count, type FileCoverage, type ReportFormat, ReportProblem } from '../report.ts'
import { openXml, readXmlRoot, type XmlAttributes } from '../xml.ts'
import { quote } from './file-hits.ts'

const parts: Readonly<Record<string, 'lines' | 'branches' | 'functions'>> = {
  LINE: 'lines',
  BRANCH: 'branches',
  METHOD: 'functions',
}

/**
 * JaCoCo's XML, of one module or of groups of modules. The counters of source files are read, from which the report's own sums are computed,
 * and those of classes that name no source file.
 */
export const jacoco: ReportFormat<FileCoverage> = {
  name: 'JaCoCo',
  recognizes(head) {
    return readXmlRoot(head)?.name === 'report' && /<(?:sessioninfo|group|package|counter)\b/.test(head)
  },
  open(emit) {
    const open: { name: string; attributes: XmlAttributes }[] = []
    let packageName = ''
    let coverage: Partial<Record<'lines' | 'branches' | 'functions', Count>> = {}
    return openXml({
      open(name, attributes, line) {
        const parent = open.at(-1)
        open.push({ name, attributes })
        if (name === 'package') packageName = attributes.name ?? ''
        else if (isUnit(name, attributes)) coverage = {}
        const part = name === 'counter' ? parts[attributes.type ?? ''] : undefined
        if (part !== undefined && parent !== undefined && isUnit(parent.name, parent.attributes)) {
          coverage[part] = toCount(attributes, line)
        }
        return false
      },
      close(name) {
        const attributes = open.pop()?.attributes ?? {}
        if (!isUnit(name, attributes)) return
        // The name of a class includes its package.
        const path = name === 'class' || packageName === '' ? '' : `${packageName}/`
        emit({ file: `${path}${attributes.name ?? ''}`, ...coverage })
      },
    })
  },
}

function isUnit(name: string, { sourcefilename }: XmlAttributes): boolean {
  return name === 'sourcefile' || (name === 'class' && sourcefilename === undefined)
}

function toCount({ missed = '', covered = '' }: XmlAttributes, line: number): Count {
  for (const text of [missed, covered]) {
    if (!/^\d+$/.test(text)) throw new ReportProblem(`${quote(text)} is not a count`, line)
  }
  return { covered: Number(covered), total: Number(missed) + Number(covered) }
}
