import type { FieldValue } from '../build/data.ts'
import { formatBytes, formatDuration, formatNumber, formatPercent } from '../build/quantity.ts'
import type { Compared } from '../compare/history.ts'
import { isUsual } from '../compare/median.ts'
import type { Column } from '../point/native.ts'
import { escapeText, toTable, toTooltip } from './html.ts'
import type { Outcome } from './outcome.ts'

const maxText = 200
/** The mean of two floats has noise behind these digits. */
const maxDigits = 15
/** GitHub may take a text of seven digits or more for a commit. */
const leastCommit = 1_000_000

/** Units that the name of a statistic gives. */
const units = [
  [/(^|_)bytes$/i, 'B'],
  [/(^|_)(percent|pct)$/i, '%'],
  [/(^|_)(ms|milliseconds)$/i, 'ms'],
  [/(^|_)(seconds|secs)$|^duration$|^queue_time$/i, 's'],
] as const

/** `s`, `ms`, `%`, `B`; undefined if the name gives none. */
function findUnit(name: string): string | undefined {
  return units.find(([pattern]) => pattern.test(name))?.[1]
}

/**
 * `2m 05s`, `87.5 %`, `4.2 MB`, `1,204`, `3.2 ops/s`: the unit is HTML. No line ends behind the number. If the unit is not known, the
 * number may be a secret, which the runner masks only as it is: `1204`.
 */
export function formatQuantity(value: number, unit: string | undefined): string {
  switch (unit) {
    case undefined:
      return `${Number(value.toPrecision(maxDigits))}`
    case 's':
      return joinWords(formatDuration(value))
    case 'ms':
      return joinWords(formatDuration(value / 1000))
    case 'B':
      return joinWords(formatBytes(value))
    case '':
      return formatNumber(value)
    default:
      // Other units are text of others: the runner masks a secret in it only as it is.
      return joinWords(`${formatNumber(unit === '%' ? Math.round(value * 10) / 10 : value)} `) + unit
  }
}

/** Text of ours with spaces at which no line ends: cells are narrow on a phone. */
export function joinWords(text: string): string {
  return text.replaceAll(' ', '\u00a0')
}

/** A statistic of the build beside its usual value: HTML. */
interface Row {
  readonly name: string
  readonly value: string
  readonly usual: string
  readonly change: string
}

/** The table of what was captured, of reports, of data and of what was compared; its columns are those that have something to show. */
export function toStatistics(outcome: Outcome, redact: (text: string) => string): string {
  const { columns, reports, data, compared = [] } = outcome
  const code = (text: string, tooltip = '') => `<code${tooltip}>${escapeText(redact(text), maxText)}</code>`
  // Of two comparisons of one statistic the first counts, as in the heading.
  const byStatistic = Map.groupBy(compared, ({ history }) => history?.statistic)
  const rest = new Map([...byStatistic].flatMap(([name, [one]]) => (name === undefined || !one ? [] : [[name, one]])))
  const take = (...names: readonly (string | undefined)[]) => {
    const name = names.find((one) => one !== undefined && rest.has(one))
    const found = name === undefined ? undefined : rest.get(name)
    if (name !== undefined) rest.delete(name)
    return found
  }
  const captured = columns.flatMap((column): Row[] => {
    if (!('name' in column.captured)) return []
    const { name, property } = column.captured
    const from = `${column.kind === 'tag' ? 'tag, ' : ''}${redact(property.path)}`
    return [
      {
        ...{
          name: code(column.key, toTooltip(from, maxText)),
          value: toValue(column.key, column.captured.value, redact, code),
        },
        ...(column.kind === 'tag' ? nothing : toChange(column, take(column.key, name), compared[0])),
      },
    ]
  })
  const reported = (reports?.rows ?? []).map(({ name, value, statistic, unit }) => ({
    ...{ name, value },
    ...toComparedChange(take(statistic), unit),
  }))
  const yielded = [...(data?.singles ?? [])].flatMap(([measurement, fields = []]) => {
    const numbers = fields.filter(([key, value]) => toNumber(value) !== undefined && !identity.has(key))
    const parts = numbers.slice(0, maxFields).map(([key, value]) => {
      const shown = toValue(key, value, redact, code)
      return key === 'value' ? shown : `${escapeText(redact(key), maxText)}\u00a0${shown}`
    })
    return parts.length === 0 ? [] : [{ name: code(measurement), value: parts.join(', '), ...nothing }]
  })
  const others = [...rest].map(([statistic, one]) => ({
    statistic,
    name: code(statistic),
    value: one.history === undefined ? '' : formatQuantity(one.history.own.value, toUnit(one.history)),
    ...toComparedChange(one),
  }))
  // The duration is not among what rules capture by name.
  const isFirst = ({ statistic }: { readonly statistic: string }) => statistic === 'duration'
  const rows: readonly Row[] = [
    ...others.filter(isFirst),
    ...captured,
    ...reported,
    ...yielded,
    ...others.filter((row) => !isFirst(row)),
  ]
  const shown = (['usual', 'change'] as const).filter((key) => rows.some((row) => row[key] !== ''))
  const titles = { usual: 'Usual', change: 'Change' }
  return toTable(
    [
      'Statistic',
      ...[shown.length > 0 ? 'This build' : 'Value', ...shown.map((key) => titles[key])].map(
        (title) => ({ title, align: 'right' }) as const,
      ),
    ],
    rows.map((row) => [row.name, row.value, ...shown.map((key) => row[key])]),
  )
}

/** Fields that Build Stats adds to data. */
const identity: ReadonlySet<string> = new Set(['number', 'attempt', 'run_id'])
/** The most fields of a measurement that the table shows. */
const maxFields = 4
const nothing = { usual: '', change: '' }

function toValue(
  key: string,
  value: FieldValue,
  redact: (text: string) => string,
  code: (text: string) => string,
): string {
  const text = typeof value === 'object' ? `${value.value}` : `${value}`
  const number = toNumber(value)
  if (number === undefined || redact(text) !== text) return code(text)
  const unit = findUnit(key)
  if (unit !== undefined) return formatQuantity(number, unit)
  return Number.isInteger(number) && Math.abs(number) >= leastCommit ? code(text) : text
}

function toNumber(value: FieldValue): number | undefined {
  if (typeof value === 'object') return Number(value.value)
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined
}

/** The change of a captured statistic: as it was compared, else beside the same field of earlier builds. */
function toChange({ key, captured: { value } }: Column, one: Compared | undefined, first: Compared | undefined) {
  if (one !== undefined) return toComparedChange(one)
  const baseline = first?.usual.get(key)
  const number = toNumber(value)
  if (baseline === undefined || number === undefined) return nothing
  const unit = findUnit(key)
  const change = isUsual(number, baseline, 0) ? '' : formatChange(number, baseline.median, unit)
  return { usual: formatQuantity(baseline.median, unit), change }
}

/** Bold where a limit is passed; empty where the value is usual. */
function toComparedChange(one: Compared | undefined, ownUnit?: string) {
  const { history, verdict } = one ?? {}
  if (history?.median === undefined || verdict === undefined) return nothing
  const unit = ownUnit ?? toUnit(history)
  const change = verdict.isUsual === false ? formatChange(history.own.value, history.median, unit) : ''
  return {
    usual: formatQuantity(history.median, unit),
    change: verdict.level === 'info' || change === '' ? change : `<strong>${change}</strong>`,
  }
}

function toUnit({ unit, statistic }: NonNullable<Compared['history']>): string | undefined {
  return unit === undefined ? findUnit(statistic) : { seconds: 's', bytes: 'B' }[unit]
}

/** `+26 %`; of percentages `−0.6 points`; of zero `+3`. */
function formatChange(value: number, median: number, unit: string | undefined): string {
  const difference = value - median
  const sign = difference < 0 ? '−' : '+'
  if (unit === '%') return joinWords(`${sign}${formatNumber(Math.round(Math.abs(difference) * 10) / 10)} points`)
  if (median === 0) return `${sign}${formatQuantity(Math.abs(difference), unit)}`
  return joinWords(`${sign}${formatPercent(difference / median)}`)
}
