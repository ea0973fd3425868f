import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard'
import type { Row } from '../../test/dashboards/grafana-frames.ts'
import { colors, drawCard, escapeText, look, measureText, titleHeight } from './card.ts'
import { formatValue } from './units.ts'

const rowHeight = 27
const fontSize = 12.5
const gap = 22
const timeColumns = ['Ended', 'Last seen']

/** A table, its columns as wide as what is in them. */
export function drawTable(panel: Panel, rows: readonly Row[], maxRows: number): string {
  const shown = rows.slice(0, maxRows)
  const names = [...(shown[0]?.keys() ?? [])]
  const columns = names.map((name) => {
    const style = readStyle(panel, name)
    const cells = shown.map((row) => ({ text: toText(row.get(name), style), color: toColor(row.get(name), style) }))
    const width = Math.max(...[name, ...cells.map(({ text }) => text)].map((text) => measureText(text, fontSize)))
    return {
      name,
      cells,
      width,
      isNumber: shown.some((row) => typeof row.get(name) === 'number') && !timeColumns.includes(name),
    }
  })
  const height = titleHeight + (shown.length + 1) * rowHeight + 12
  let left = 14
  const parts: string[] = []
  for (const { name, cells, width, isNumber } of columns) {
    const [x, anchor] = isNumber ? [left + width, ' text-anchor="end"'] : [left, '']
    const texts = [{ text: name, color: look.faint }, ...cells].map(
      ({ text, color }, index) =>
        `<text x="${x.toFixed(1)}" y="${titleHeight + 18 + index * rowHeight}"${anchor} fill="${color}">${escapeText(text)}</text>`,
    )
    parts.push(...texts)
    left += width + gap
  }
  const width = Math.round(left - gap + 14)
  const rules = shown.map((_, index) => {
    const y = titleHeight + (index + 1) * rowHeight + 0.5
    return `<path d="M14 ${y}H${width - 14}" stroke="${look.line}"/>`
  })
  const content = `<g font-size="${fontSize}">\n${[...rules, ...parts].join('\n')}\n</g>`
  return drawCard(width, height, panel.title ?? '', content)
}

type Style = ReadonlyMap<string, unknown>

function readStyle(panel: Panel, name: string): Style {
  const found = (panel.fieldConfig?.overrides ?? []).filter(({ matcher: { id, options } }) =>
    id === 'byName' ? options === name : new RegExp(options.slice(1, -1)).test(name),
  )
  return new Map([
    ['name', name],
    ...found.flatMap(({ properties }) => properties.map(({ id, value }): [string, unknown] => [id, value])),
  ])
}

interface Mapping {
  readonly type: 'value' | 'regex'
  readonly options: Readonly<Record<string, { readonly color?: string }>> & {
    readonly result?: { readonly text?: string }
  }
}

function toText(value: unknown, style: Style): string {
  if (timeColumns.includes(String(style.get('name'))))
    return new Date(Number(value)).toISOString().slice(0, 16).replace('T', ' ')
  const mappings = (style.get('mappings') ?? []) as Mapping[]
  const regex = mappings.find(({ type }) => type === 'regex')
  if (regex?.options.result?.text !== undefined) return regex.options.result.text
  return formatValue(value, style.get('unit') as string | undefined, (style.get('decimals') as number) ?? 1)
}

function toColor(value: unknown, style: Style): string {
  if (style.has('links')) return colors.blue ?? look.text
  const mappings = (style.get('mappings') ?? []) as Mapping[]
  const color = mappings.find(({ type }) => type === 'value')?.options[String(value)]?.color
  if (color !== undefined) return colors[color] ?? color
  const { steps = [] } = (style.get('thresholds') ?? {}) as { steps?: { value: number | null; color: string }[] }
  const step = steps.findLast((one) => one.value === null || Number(value) >= one.value)
  return colors[step?.color ?? 'text'] ?? look.text
}
