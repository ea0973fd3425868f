import { toDiagram } from './mermaid.ts'

const width = 1000
const fontSize = 12
/** The width for labels of the x-axis, and that of a digit. */
export const [plotWidth, digitWidth] = [900, 8]

/** A Mermaid xychart with these lines. `palette` has a colour for each series, in their order. */
export function toXyChart(height: number, palette: readonly string[], lines: readonly string[]): string {
  const axis = { labelFontSize: fontSize, titleFontSize: fontSize + 1 }
  // There may be 14 labels, one above the other.
  const upright = { ...axis, labelFontSize: fontSize - 2 }
  const settings = {
    xyChart: { width, height, showLegend: false, xAxis: axis, yAxis: upright },
    themeVariables: {
      xyChart: {
        // GitHub's dark theme would draw a grey box.
        backgroundColor: 'transparent',
        plotColorPalette: palette.join(', '),
      },
    },
  }
  return toDiagram(settings, ['xychart-beta', ...lines])
}
