import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard'
import { colors, escapeText, look } from './card.ts'
import { formatValue } from './units.ts'

const [width, height, gap] = [172, 92, 10]

/** Numbers side by side, each a card of its own. */
export function drawStats(stats: readonly { panel: Panel; value: number }[]): string {
  const cards = stats.map(({ panel, value }, index) => {
    const { unit, decimals, thresholds } = panel.fieldConfig?.defaults ?? {}
    const step = thresholds?.steps.findLast((one) => one.value === null || value >= one.value)
    const color = colors[step?.color ?? 'text'] ?? look.text
    const text = unit === 'short' ? value.toLocaleString('en') : formatValue(value, unit, decimals)
    return `<g transform="translate(${index * (width + gap)} 0)">
<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="6" fill="${look.background}" stroke="${look.line}"/>
<text x="14" y="24" font-size="13" font-weight="600" fill="${look.text}">${escapeText(panel.title ?? '')}</text>
<text x="${width / 2}" y="68" font-size="27" font-weight="600" text-anchor="middle" fill="${color}">${escapeText(text)}</text>
</g>`
  })
  const whole = stats.length * (width + gap) - gap
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${whole}" height="${height}" viewBox="0 0 ${whole} ${height}" font-family="${escapeText(look.font)}" role="img">
${cards.join('\n')}
</svg>
`
}
