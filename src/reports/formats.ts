import { benchmarkFormats } from './benchmark/formats.ts'
import { coverageFormats } from './coverage/formats.ts'
import { jsonFormats } from './json/formats.ts'
import type { ReportFormat, ReportKind } from './report.ts'
import { testFormats } from './tests/formats.ts'

/** What a kind of report consists of is known to its collection (collect.ts). */
export interface KnownFormat {
  readonly kind: ReportKind
  // biome-ignore lint/suspicious/noExplicitAny: the item belongs to the kind
  readonly format: ReportFormat<any>
}

/** Tools first: what they write is JSON or CSV, too. */
const formats: readonly KnownFormat[] = [
  ...testFormats.map((format) => ({ kind: 'tests' as const, format })),
  ...coverageFormats.map((format) => ({ kind: 'coverage' as const, format })),
  ...benchmarkFormats.map((format) => ({ kind: 'benchmark' as const, format })),
  ...jsonFormats.map((format) => ({ kind: 'json' as const, format })),
]

/** The format of a report that begins so; or the one that is asked for, whatever it looks like. */
export function findFormat(head: string, asked?: string): KnownFormat | undefined {
  if (asked === undefined) return formats.find(({ format }) => format.recognizes(head))
  const plain = formats.filter(({ kind }) => kind === 'json')
  const isAsked = ({ format }: KnownFormat) => format.name.toLowerCase() === asked
  // JSON is one value, or one a line.
  const candidates = asked === 'json' ? plain.filter(({ format }) => /JSON$/.test(format.name)) : plain.filter(isAsked)
  return candidates.find(({ format }) => format.recognizes(head)) ?? plain.find(isAsked)
}
