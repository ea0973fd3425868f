import { formatClock } from '../compare/format-value.ts'
import type { Digest, ReportsDigest, ShownCases } from '../reports/digest.ts'
import type { TestCase } from '../reports/report.ts'
import type { TestCounts } from '../reports/tests/count-tests.ts'
import { escapeText, toList } from './html.ts'
import type { SummarySection } from './limit.ts'

/** What the summary shows of reports: cells of its table of statistics, and sections that are folded. */
export interface ReportParts {
  readonly rows: readonly (readonly [name: string, value: string])[]
  readonly sections: readonly SummarySection[]
}

const maxBenchmarks = 20
const maxName = 200

/** Loaded where there are reports. Names and messages are text of others. */
export function presentReports(
  { digests, failed, slowest }: ReportsDigest,
  redact: (text: string) => string,
): ReportParts {
  const text = (value: string) => escapeText(redact(value), maxName)
  const code = (value: string) => `<code>${text(value)}</code>`
  const failedCount = failed.cases.length + failed.omitted
  const times = slowest.cases.map(({ duration = 0 }) => duration)
  return {
    rows: digests.flatMap(({ name, digest }) => toRows(name, digest, code, text)),
    sections: [
      fold(
        'Failed tests',
        failedCount === 0 ? '' : `${count(failedCount, 'failed test')}`,
        toFailed(failed, code, text),
      ),
      fold(
        'Slowest tests',
        times.every((time) => time === 0) ? '' : `Slowest tests, up to ${formatTime(times[0] ?? 0)}`,
        slowest.cases.map((one) => `${code(toName(one))} ${formatTime(one.duration ?? 0)}`),
      ),
    ],
  }
}

function toRows(
  name: string,
  digest: Digest,
  code: (text: string) => string,
  text: (value: string) => string,
): [string, string][] {
  switch (digest.kind) {
    case 'tests':
      return [[code(name), explainCounts(digest.counts)]]
    case 'cases':
      return [[code(name), count(digest.count, 'case')]]
    case 'records':
      return [[code(name), count(digest.count, 'record')]]
    case 'coverage': {
      const percent = digest.record.lines_percent ?? digest.record.branches_percent ?? digest.record.functions_percent
      return typeof percent === 'number' ? [[code(name), `${formatNumber(percent, 1)} %`]] : []
    }
    case 'benchmark': {
      const { benchmarks } = digest
      const rest = benchmarks.length - maxBenchmarks
      const rows = benchmarks
        .slice(0, maxBenchmarks)
        .map((one): [string, string] => [code(one.name), formatQuantity(one.value, one.unit, text)])
      return rest > 0 ? [...rows, [code(name), `${rest} more benchmarks`]] : rows
    }
  }
}

/** `1,204 passed, 2 failed, 3 skipped`; what went wrong is bold. */
function explainCounts({ passed, failed, skipped, flaky }: TestCounts): string {
  return [
    `${formatNumber(passed)} passed`,
    ...(failed > 0 ? [`<strong>${formatNumber(failed)} failed</strong>`] : []),
    ...(skipped > 0 ? [`${formatNumber(skipped)} skipped`] : []),
    ...(flaky > 0 ? [`${formatNumber(flaky)} flaky`] : []),
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

/** In HTML without a blank line, which would end it. */
function fold(title: string, head: string, items: readonly string[]): SummarySection {
  if (head === '') return { title, markdown: '' }
  return { title, markdown: `<details><summary>${head}</summary>\n${toList(items)}\n</details>` }
}

function count(number: number, noun: string): string {
  return `${formatNumber(number)} ${noun}${number === 1 ? '' : 's'}`
}

function formatQuantity(value: number, unit: string | undefined, text: (value: string) => string): string {
  if (unit === 's' && value >= 0) return formatTime(value)
  return unit === undefined ? formatNumber(value, 4) : `${formatNumber(value, 4)} ${text(unit)}`
}

const timeUnits = [
  [1, 's'],
  [1e-3, 'ms'],
  [1e-6, 'µs'],
  [1e-9, 'ns'],
] as const

function formatTime(seconds: number): string {
  if (seconds >= 10 || seconds === 0) return formatClock(seconds)
  const [factor, unit] = timeUnits.find(([least]) => seconds >= least) ?? timeUnits[3]
  return `${Number((seconds / factor).toPrecision(3))} ${unit}`
}

/** With groups of three digits, and so many behind the point at most; small numbers keep the digits that matter. */
function formatNumber(value: number, digits = 0): string {
  const rounded = Math.abs(value) >= 1 || digits < 2 ? Number(value.toFixed(digits)) : Number(value.toPrecision(digits))
  const [whole = '', ...rest] = String(rounded).split('.')
  return [whole.replace(/\B(?=(\d{3})+$)/g, ','), ...rest].join('.')
}
