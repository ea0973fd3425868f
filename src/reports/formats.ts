import { benchmarkFormats } from './benchmark/formats.ts'
import { coverageFormats } from './coverage/formats.ts'
import { jsonFormats } from './json/formats.ts'
import { type ReportFormat, type ReportKind, ReportProblem } from './report.ts'
import { testFormats } from './tests/formats.ts'
import { openXml } from './xml.ts'

/** The items of a kind of report are known to its collection (collect.ts). */
export interface KnownFormat {
  readonly kind: ReportKind
  // biome-ignore lint/suspicious/noExplicitAny: the type of the item depends on the kind
  readonly format: ReportFormat<any>
}

/** The formats of tools come first, because their reports are also JSON or CSV. */
const formats: readonly KnownFormat[] = [
  ...testFormats.map((format) => ({ kind: 'tests' as const, format })),
  ...coverageFormats.map((format) => ({ kind: 'coverage' as const, format })),
  ...benchmarkFormats.map((format) => ({ kind: 'benchmark' as const, format })),
  ...jsonFormats.map((format) => ({ kind: 'json' as const, format })),
]

/** All formats, for the docs. */
export function listFormats(): { kind: ReportKind; name: string }[] {
  return formats.map(({ kind, format }) => ({ kind, name: format.name }))
}

/**
 * Finds the format of a report by its beginning, or returns the requested one.
 * @throws ReportProblem if the format cannot be determined
 */
export function findFormat(head: string, asked?: string): KnownFormat | undefined {
  if (head.trim() === '') throw new ReportProblem('it is empty: the tool was stopped before it wrote its report')
  if (asked === undefined) {
    const known = formats.find(({ format }) => format.recognizes(head))
    if (known === undefined && /^\s*</.test(head)) checkXml(head)
    return known
  }
  const plain = formats.filter(({ kind }) => kind === 'json')
  const isAsked = ({ format }: KnownFormat) => format.name.toLowerCase() === asked
  // JSON is one value, or one value per line.
  const candidates = asked === 'json' ? plain.filter(({ format }) => /JSON$/.test(format.name)) : plain.filter(isAsked)
  return candidates.find(({ format }) => format.recognizes(head)) ?? plain.find(isAsked)
}

/** Reports XML that is invalid before its outermost element, instead of treating it as an unknown format. */
function checkXml(head: string): void {
  const isFound = new Error('the outermost element is found')
  const open = () => {
    throw isFound
  }
  try {
    openXml({ open, close() {} }).write(head)
  } catch (error) {
    if (error !== isFound) throw error
  }
}
