import { countOf, formatDuration, formatNumber } from '../build/quantity.ts'
import type { Digest, ReportsDigest, ShownCases } from '../reports/digest.ts'
import type { TestCase } from '../reports/report.ts'
import type { TestCounts } from '../reports/tests/count-tests.ts'
import { escapeText, toFold, toList } from './html.ts'
import type { SummarySection } from './limit.ts'
import { capitalize } from './plain-text.ts'
import { formatQuantity, joinWords } from './statistics.ts'

export interface ReportRow {
  /** HTML. */
  readonly name: string
  readonly value: string
  /** The number's name in `compare`. */
  readonly statistic?: string
  /** HTML. */
  readonly unit?: string
}

/** The rows of reports in the table of statistics, and folded sections. */
export interface ReportParts {
  readonly rows: readonly ReportRow[]
  readonly sections: readonly SummarySection[]
}

const maxBenchmarks = 20
const maxName = 200

/** Loaded only if there are reports. Names and messages are untrusted text. */
export function presentReports(
  { digests, failed, slowest }: ReportsDigest,
  redact: (text: string) => string,
): ReportParts {
  const text = (value: string) => escapeText(redact(value), maxName)
  const code = (value: string) => `<code>${text(value)}</code>`
  return {
    rows: digests.flatMap(({ name, digest }) => toRows(name, digest, code, text)),
    sections: [toTests(failed, slowest, code, text)],
  }
}

/** A fold of the failed tests and of the slowest. */
function toTests(
  failed: ShownCases,
  slowest: ShownCases,
  code: (text: string) => string,
  text: (value: string) => string,
): SummarySection {
  const count = failed.cases.length + failed.omitted
  const timed = slowest.cases.filter(({ duration = 0 }) => duration > 0)
  const [first] = timed
  const parts = [
    ...(count > 0 ? [`${countOf(count, 'failed test')}`] : []),
    ...(first === undefined ? [] : [`slowest test: ${text(first.name)}, ${formatDuration(first.duration ?? 0)}`]),
  ]
  const lists = [
    toList(toFailed(failed, code, text)),
    toList(timed.map((one) => `${code(toName(one))} ${formatDuration(one.duration ?? 0)}`)),
  ]
  const head = parts.join(', ')
  return {
    title: 'tests',
    markdown: toFold(capitalize(head), lists.filter((list) => list !== '').join('\n')),
  }
}

function toRows(
  name: string,
  digest: Digest,
  code: (text: string) => string,
  text: (value: string) => string,
): ReportRow[] {
  switch (digest.kind) {
    case 'tests':
      return [{ name: code(name), value: explainCounts(digest.counts) }]
    case 'cases':
      return [{ name: code(name), value: countOf(digest.count, 'case') }]
    case 'records':
      return [{ name: code(name), value: countOf(digest.count, 'record') }]
    case 'coverage': {
      const key = coverageKeys.find((one) => typeof digest.record[one] === 'number')
      if (key === undefined) return []
      const value = formatQuantity(Number(digest.record[key]), '%')
      return [{ name: code(name), value, statistic: `${name}.${key}`, unit: '%' }]
    }
    case 'benchmark': {
      const { benchmarks } = digest
      const rest = benchmarks.length - maxBenchmarks
      const rows = benchmarks.slice(0, maxBenchmarks).map((one) => ({
        name: code(one.name),
        value: formatQuantity(one.value, text(one.unit ?? '')),
        statistic: `${name}.value (${one.name})`,
        unit: text(one.unit ?? ''),
      }))
      return rest > 0 ? [...rows, { name: code(name), value: `${rest} more benchmarks` }] : rows
    }
  }
}

const coverageKeys = ['lines_percent', 'branches_percent', 'functions_percent'] as const

/** `1,204 passed, 2 failed, 3 skipped`; failures are bold. */
function explainCounts({ passed, failed, skipped, flaky }: TestCounts): string {
  return [
    joinWords(`${formatNumber(passed)} passed`),
    ...(failed > 0 ? [`<strong>${joinWords(`${formatNumber(failed)} failed`)}</strong>`] : []),
    ...(skipped > 0 ? [joinWords(`${formatNumber(skipped)} skipped`)] : []),
    ...(flaky > 0 ? [joinWords(`${formatNumber(flaky)} flaky`)] : []),
  ].join(', ')
}

function toFailed({ cases, omitted }: ShownCases, code: (text: string) => string, text: (value: string) => string) {
  const items = cases.map((one) => {
    const [line = ''] = (one.message ?? '').trim().split('\n', 1)
    return `${code(toName(one))}${line.trim() === '' ? '' : `: ${text(line.trim())}`}`
  })
  return omitted > 0 ? [...items, `and ${formatNumber(omitted)} more`] : items
}

function toName({ name, classname }: TestCase): string {
  return classname === undefined || classname === '' ? name : `${classname} › ${name}`
}
