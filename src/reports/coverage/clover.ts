import { type Count, type FileCoverage, type ReportFormat, ReportProblem } from '../report.ts'
import { openXml, readXmlRoot, type XmlAttributes } from '../xml.ts'
import { quote } from './file-hits.ts'

/**
 * Clover's XML, as OpenClover, PHPUnit and Istanbul write it. The metrics of each file are read: only there does PHPUnit report what it counts as
 * a covered method. Statements are reported as lines.
 */
export const clover: ReportFormat<FileCoverage> = {
  name: 'Clover',
  recognizes(head) {
    const root = readXmlRoot(head)
    if (root?.name !== 'coverage' || root.attributes['line-rate'] !== undefined) return false
    return root.attributes.clover !== undefined || root.attributes.generated !== undefined || /<project\b/.test(head)
  },
  open(emit) {
    const open: string[] = []
    let file: FileCoverage = {}
    return openXml({
      open(name, attributes, line) {
        if (name === 'file') file = { file: attributes.path ?? attributes.name ?? '' }
        else if (name === 'metrics' && open.at(-1) === 'file') file = { ...file, ...toCoverage(attributes, line) }
        open.push(name)
        return false
      },
      close(name) {
        open.pop()
        // Tests are in a separate project.
        if (name === 'file' && !open.includes('testproject')) emit(file)
      },
    })
  },
}

function toCoverage(metrics: XmlAttributes, line: number): FileCoverage {
  return {
    ...toPart('lines', metrics.statements, metrics.coveredstatements, line),
    ...toPart('branches', metrics.conditionals, metrics.coveredconditionals, line),
    ...toPart('functions', metrics.methods, metrics.coveredmethods, line),
  }
}

/** All metrics are always present: 0 means that nothing was counted. */
function toPart(part: string, total = '0', covered = '0', line: number): { [part: string]: Count } {
  for (const text of [total, covered]) {
    if (!/^\d+$/.test(text)) throw new ReportProblem(`${quote(text)} is not a count`, line)
  }
  return Number(total) === 0 ? {} : { [part]: { covered: Number(covered), total: Number(total) } }
}
