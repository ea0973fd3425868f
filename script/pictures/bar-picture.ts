import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard'
import type { Row } from '../../test/dashboards/grafana-frames.ts'
import { look } from './card.ts'
import { drawChart, toValueAxis } from './chart-picture.ts'

/** Lying bars: a group a row, a bar a number in it. */
export function drawBars(panel: Panel, rows: readonly Row[], width: number, height: number): string {
  const xField = panel.options.xField as string
  const [first] = rows
  const columns = [...(first?.keys() ?? [])].filter((name) => name !== xField)
  const greatest = Math.max(...rows.flatMap((row) => columns.map((name) => Number(row.get(name)))))
  return drawChart(
    panel.title ?? '',
    {
      grid: { left: 140, right: 30, top: 10, bottom: 54 },
      legend: { bottom: 4, itemWidth: 14, itemHeight: 8, textStyle: { fontSize: 12, color: look.text } },
      xAxis: { ...toValueAxis(panel, greatest), min: 0 },
      yAxis: {
        type: 'category',
        inverse: true,
        data: rows.map((row) => String(row.get(xField))),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: look.line } },
        axisLabel: { color: look.text, fontSize: 12, width: 126, overflow: 'truncate' },
      },
      series: columns.map((name, index) => ({
        name,
        type: 'bar',
        color: look.palette[index] ?? look.text,
        barGap: '10%',
        barCategoryGap: '35%',
        data: rows.map((row) => row.get(name) as number),
        silent: true,
      })),
    },
    width,
    height,
  )
}
