import { toDiagram } from './mermaid.ts'

const width = 1000
const fontSize = 12
/** What labels of the x-axis may take of the width. */
export const [plotWidth, digitWidth] = [900, 8]

/** A Mermaid xychart of these lines. `palette` has a colour for each series, in their order. */
export function toXyChart(height: number, palette: readonly string[], lines: readonly string[]): string {
  const axis = { labelFontSize: fontSize, titleFontSize: fontSize + 1 }
  // Up to 14 numbers, one above the other.
  const upright = { ...axis, labelFontSize: fontSize - 2 }
  const settings = {
    xyChart: { width, height, showLegend: false, xAxis: axis, yAxis: upright },
    themeVariables: {
      xyChart: {
        // GitHub's dark theme would put a grey box behind it.
        backgroundColor: 'transparent',
        plotColorPalette: palette.join(', '),
      },
    },
  }
  return toDiagram(settings, ['xychart-beta', ...lines])
}
