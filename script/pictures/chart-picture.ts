import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard'
import { type EChartsOption, init, type SeriesOption } from 'echarts'
import type { Line } from '../../test/dashboards/grafana-frames.ts'
import type { TimeRange } from '../../test/dashboards/time-range.ts'
import { colors, drawCard, look, measureText, titleHeight } from './card.ts'
import { formatValue } from './units.ts'

const rowHeight = 22

/** A chart over time. */
function drawChart(title: string, options: EChartsOption, width: number, height: number): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height: height - titleHeight })
  chart.setOption({
    animation: false,
    useUTC: true,
    textStyle: { fontFamily: look.font, color: look.text },
    ...options,
  })
  const svg = chart.renderToSVGString()
  chart.dispose()
  // What is left away is for the mouse. Ids are counted through the process: another order of pictures would change them.
  const content = svg
    .replace(/<style >.*?<\/style>\n?/s, '')
    .replace(/ (?:ecmeta_\w+|class)="[^"]*"/g, '')
    .replace(/zr\d+-/g, 'zr-')
  return drawCard(width, height, title, `<g transform="translate(0 ${titleHeight})">${content}</g>`)
}

/** Lines, bars or points over time, as the panel's settings have it. */
export function drawTimeSeries(
  panel: Panel,
  lines: readonly Line[],
  range: TimeRange,
  width: number,
  height: number,
): string {
  const shown = fillGaps(lines.map((line, index) => ({ ...line, ...readStyle(panel, line.name, index) })))
  const rows = countLegendRows(
    shown.map(({ label }) => label),
    width,
  )
  return drawChart(
    panel.title ?? '',
    {
      grid: { left: 62, right: 22, top: 10, bottom: 32 + rows * rowHeight },
      legend: {
        bottom: 4,
        left: 'center',
        width: width - 40,
        itemWidth: 14,
        itemHeight: 8,
        itemGap: 8,
        icon: 'roundRect',
        textStyle: { fontSize: 12, lineHeight: rowHeight - 8, color: look.text, padding: [0, 8, 0, 0] },
        data: shown.map(({ label }) => label),
      },
      xAxis: {
        type: 'time',
        min: range.fromMs,
        max: range.toMs,
        axisLine: { lineStyle: { color: look.line } },
        axisTick: { show: false },
        axisLabel: { color: look.faint, formatter: '{MMM} {d}', fontSize: 12, customValues: listDays(range) },
      },
      yAxis: isLogarithmic(panel) ? toLogAxis(shown) : toValueAxis(panel, findGreatest(shown)),
      series: shown.map((line, index) => ({ ...toSeries(line), ...(index === 0 && toThresholds(panel)) })),
    },
    width,
    height,
  )
}

/** An axis whose steps are round in the unit: minutes and hours are sixties. */
function toValueAxis(panel: Panel, greatest: number) {
  const { unit, min } = panel.fieldConfig?.defaults ?? {}
  const scale = unit === 'bytes' ? steps.map((one) => one * 2 ** 30) : unit === 's' ? steps : []
  const step = scale.find((one) => greatest / one <= 6)
  return {
    type: 'value' as const,
    ...(step === undefined ? { splitNumber: 4 } : { interval: step, max: Math.ceil((greatest * 1.02) / step) * step }),
    ...(min === undefined ? { scale: true } : { min: min ?? 0 }),
    axisLabel: { color: look.faint, fontSize: 12, formatter: (value: number) => formatValue(value, unit, 1) },
    splitLine: { lineStyle: { color: '#eef1f4' } },
  }
}

function isLogarithmic(panel: Panel): boolean {
  return panel.fieldConfig?.defaults.custom?.scaleDistribution?.type === 'log'
}

/** An axis of durations on which what doubles goes up the same. */
function toLogAxis(lines: readonly Line[]) {
  const values = lines.flatMap(({ points }) => points.map(toValue)).filter((value) => value > 0)
  const [least, greatest] = [Math.min(...values), Math.max(...values)]
  const marks = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1200, 3600, 7200, 14_400, 28_800, 86_400]
  const min = marks.findLast((mark) => mark <= least) ?? least
  const max = marks.find((mark) => mark >= greatest) ?? greatest
  const customValues = marks.filter((mark) => mark >= min && mark <= max)
  return {
    type: 'log' as const,
    logBase: 2,
    min,
    max,
    axisTick: { show: false, customValues },
    axisLabel: { customValues, color: look.faint, fontSize: 12, formatter: (value: number) => formatValue(value, 's') },
    splitLine: { lineStyle: { color: '#eef1f4' } },
  }
}

/** Lines at the panel's thresholds, in their colours, where it shows them. */
function toThresholds(panel: Panel) {
  const { custom, thresholds } = panel.fieldConfig?.defaults ?? {}
  if ((custom?.thresholdsStyle?.mode ?? 'off') === 'off') return {}
  const data = (thresholds?.steps ?? []).flatMap(({ value, color }) =>
    value === null ? [] : [{ yAxis: value, lineStyle: { color: colors[color] ?? color } }],
  )
  return { markLine: { silent: true, symbol: 'none', label: { show: false }, lineStyle: { type: [6, 4] }, data } }
}

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400]

/** The first and the fifteenth of each month. */
function listDays({ fromMs, toMs }: TimeRange): number[] {
  const first = new Date(fromMs)
  const months = Array.from({ length: 14 }, (_, month) => first.getUTCMonth() + month)
  const days = months.flatMap((month) => [1, 15].map((day) => Date.UTC(first.getUTCFullYear(), month, day)))
  // A day at the very edge would have its name cut off.
  const edgeMs = (toMs - fromMs) / 50
  return days.filter((ms) => ms >= fromMs + edgeMs && ms <= toMs - edgeMs)
}

/** Rows that a legend of these names takes. */
function countLegendRows(names: readonly string[], width: number): number {
  let [rows, used] = [1, 0]
  for (const name of names) {
    const wanted = measureText(name, 12) + 36
    if (used + wanted > width - 40) [rows, used] = [rows + 1, 0]
    used += wanted
  }
  return rows
}

/** What the axis must reach: of bars that are stacked it is the sum. */
function findGreatest(lines: readonly (Line & Style)[]): number {
  if (!lines.some(({ isStacked }) => isStacked)) return Math.max(...lines.flatMap(({ points }) => points.map(toValue)))
  const sums = new Map<number, number>()
  for (const [ms, value] of lines.flatMap(({ points }) => points)) sums.set(ms, (sums.get(ms) ?? 0) + (value ?? 0))
  return Math.max(...sums.values())
}

const toValue = ([, value]: Line['points'][number]) => value ?? 0

/** Bars are stacked by their number in the line: each gets a value for each time that one has. */
function fillGaps(lines: readonly (Line & Style)[]): (Line & Style)[] {
  const times = [...new Set(lines.flatMap(({ points }) => points.map(([ms]) => ms)))].sort((a, b) => a - b)
  return lines.map((line) => {
    if (!line.isStacked) return line
    const values = new Map(line.points)
    return { ...line, points: times.map((ms) => [ms, values.get(ms) ?? null] as const) }
  })
}

interface Style {
  readonly label: string
  readonly color: string
  readonly drawn: 'line' | 'bars' | 'points'
  readonly isDashed: boolean
  readonly isStacked: boolean
}

/** What the panel says of a line: for all, and for those of its name. */
function readStyle(panel: Panel, name: string, index: number): Style {
  const found = (panel.fieldConfig?.overrides ?? []).filter(({ matcher: { id, options } }) =>
    id === 'byName' ? options === name : new RegExp(options.slice(1, -1)).test(name),
  )
  const own = new Map(found.flatMap(({ properties }) => properties.map(({ id, value }) => [id, value])))
  const custom = panel.fieldConfig?.defaults.custom ?? {}
  const color = own.get('color')?.fixedColor
  return {
    label: own.get('displayName') ?? name,
    color: colors[color] ?? color ?? look.palette[index % look.palette.length] ?? look.text,
    drawn: own.get('custom.drawStyle') ?? custom.drawStyle ?? 'line',
    isDashed: own.get('custom.lineStyle')?.fill === 'dash',
    isStacked: custom.stacking?.mode === 'normal',
  }
}

function toSeries({ label, points, color, drawn, isDashed, isStacked }: Line & Style): SeriesOption {
  const data = points.map(([ms, value]) => [ms, value === null ? null : Number(value.toPrecision(5))])
  const common = { name: label, color, data: data as [number, number][] }
  if (drawn === 'points') {
    // Large ones are a single path: a third of the size of an element a point.
    const large = { large: true, largeThreshold: 1 }
    return { ...common, ...large, type: 'scatter', symbolSize: 4, itemStyle: { opacity: 0.7 }, silent: true }
  }
  if (drawn === 'bars') {
    return { ...common, type: 'bar', barCategoryGap: '15%', ...(isStacked && { stack: 'all' }), silent: true }
  }
  const lineStyle = { width: 1.8, color, ...(isDashed && { type: [6, 4] as number[] }) }
  return { ...common, type: 'line', showSymbol: false, lineStyle, connectNulls: true, silent: true, z: 5 }
}
