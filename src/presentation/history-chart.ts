import { formatDuration } from '../build/quantity.ts'
import { type AxisUnit, findAxisUnit, formatValue, isSeconds } from './axis-unit.ts'
import { isPlainMermaid } from './mermaid.ts'
import { toPlainText } from './plain-text.ts'
import { digitWidth, plotWidth, toXyChart } from './xy-chart.ts'

/** Builds in the order of time, the latest last. */
export interface HistoryChart {
  /** The name of the statistic, such as `duration`. */
  readonly label: string
  /** The unit of the values; seconds are shown as minutes or hours if these read better. Empty if there is none. */
  readonly unit: string
  readonly builds: readonly { readonly number: number; readonly value: number; readonly isThis: boolean }[]
  readonly median: number | undefined
  /** How many of the builds came after a lasting change, and the medians before and after it. */
  readonly shift?: { readonly count: number; readonly before: number; readonly after: number } | undefined
}

type Bar = HistoryChart['builds'][number]

const maxBuilds = 100
const maxLabel = 40
const maxUnit = 20
const height = 200
/** Mermaid's bars begin below the start of the axis, by this share of the axis. So that they begin at zero, the axis starts above it. */
const footShare = 0.036

const [others, ours, line] = ['#8cb4e0', '#e36209', '#6e7781']

/**
 * The last builds as a Mermaid xychart with a bar for each, this build in another colour, and the median as a line. Empty without
 * builds.
 */
export function toHistoryChart(history: HistoryChart): string {
  const builds = history.builds.filter(({ value }) => isDrawable(value)).slice(-maxBuilds)
  if (builds.length === 0) return ''
  const median = isDrawable(history.median) ? history.median : undefined
  const levels = toLevels(history, builds.length, median)
  const values = [...builds.map(({ value }) => value), ...levels]
  const unit = findAxisUnit(toShown(history.unit, maxUnit, ''), Math.max(...values.map(Math.abs)))
  const scale = (value: number) => formatValue(value, unit)
  const [lowest, highest] = [Math.min(0, ...values), Math.max(0, ...values)]
  const span = highest - lowest >= 1e-300 ? highest - lowest : unit.divisor
  const foot = lowest < 0 ? lowest : span * 1.05 * footShare
  // Mermaid draws the bars of all series in one place, later series over earlier ones. Each series has next to invisible bars where
  // the other one has a value.
  const hidden = lowest < 0 ? lowest - span / 50 : span / 1000
  const toBars = (isThis: boolean) =>
    `bar [${builds.map((build) => scale(build.isThis === isThis ? build.value : hidden)).join(', ')}]`
  const hasThis = builds.some(({ isThis }) => isThis)
  const hasOthers = builds.some(({ isThis }) => !isThis)
  const palette = [...(hasThis ? [ours] : []), ...(hasOthers ? [others] : []), line]
  return toXyChart(height, palette, [
    `accTitle: The last ${builds.length} builds`,
    // The diagram's title is not used, because Mermaid measures it with its entity codes and misplaces it.
    `x-axis "${toTitle(history.label, unit)} ${explain(builds, median, history)}" [${toLabels(builds).join(', ')}]`,
    `y-axis ${scale(foot)} --> ${scale(lowest + span * 1.05)}`,
    ...(hasThis ? [toBars(true)] : []),
    ...(hasOthers ? [toBars(false)] : []),
    ...(levels.length < 2 ? [] : [`line [${levels.map(scale).join(', ')}]`]),
  ])
}

/** The range of an axis is up to twice as much, and must be finite. */
function isDrawable(value: number | undefined): value is number {
  return value !== undefined && Math.abs(value) <= 1e300
}

function toTitle(label: string, { name }: AxisUnit): string {
  const text = toShown(label, maxLabel, 'the statistic')
  return name === '' ? text : `${text} (${name})`
}

/** Untrusted text, or a replacement for text that Mermaid would interpret. */
function toShown(text: string, length: number, otherwise: string): string {
  const plain = toPlainText(text, length)
  return isPlainMermaid(plain) ? plain : otherwise
}

/** The line: the median, or the medians before and after a lasting change, with a step between them. */
function toLevels({ shift }: HistoryChart, count: number, median: number | undefined): number[] {
  if (shift !== undefined && isDrawable(shift.before) && isDrawable(shift.after)) {
    return Array.from({ length: count }, (_, index) => (count - index > shift.count ? shift.before : shift.after))
  }
  return median === undefined ? [] : Array<number>(count).fill(median)
}

/** Explains the colours, because older versions of Mermaid have no legend. */
function explain(builds: readonly Bar[], median: number | undefined, { unit, shift }: HistoryChart): string {
  const current = builds.find(({ isThis }) => isThis)
  const before =
    shift && `median (line) ${toQuantity(shift.before, unit)} before, ${toQuantity(shift.after, unit)} since`
  const line = median === undefined ? [] : [`median${builds.length > 1 ? ' (line)' : ''} ${toQuantity(median, unit)}`]
  return [
    'by build number',
    ...(current === undefined ? [] : [`this one, ${current.number}, in orange`]),
    ...(before === undefined ? line : [before]),
  ].join(' · ')
}

function toQuantity(value: number, unit: string): string {
  if (isSeconds(unit) && value >= 0) return formatDuration(value)
  const scaled = findAxisUnit(toShown(unit, maxUnit, ''), Math.abs(value))
  return `${formatValue(value, scaled)} ${scaled.name}`
}

/**
 * As many build numbers as fit, including this build's. Mermaid distinguishes builds by their labels, and the attempts of a run
 * share a number: zero-width spaces make the labels unique.
 */
function toLabels(builds: readonly Bar[]): string[] {
  const digits = Math.max(...builds.map(({ number }) => `${number}`.length))
  const every = Math.ceil((builds.length * (digits + 1) * digitWidth) / plotWidth)
  const current = builds.findLastIndex(({ isThis }) => isThis)
  const from = current === -1 ? builds.length - 1 : current
  const labels = new Set<string>()
  for (const [index, { number }] of builds.entries()) {
    let label = (from - index) % every === 0 ? `${number}` : '\u200b'
    while (labels.has(label)) label += '\u200b'
    labels.add(label)
  }
  return [...labels].map((label) => `"${label}"`)
}
