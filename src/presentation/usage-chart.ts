import type { Step } from '../build/build.ts'
import { formatDuration } from '../build/quantity.ts'
import type { Usage } from '../build/resources.ts'
import { digitWidth, plotWidth, toXyChart } from './xy-chart.ts'

const height = 280

const colors = { cpu: ['blue', '#1f6feb'], memory: ['orange', '#e36209'] } as const

/** A point of the chart, in percent. */
export interface UsagePoint {
  readonly startMs: number
  readonly endMs: number
  readonly cpu?: number | undefined
  readonly memory?: number | undefined
}

/** Shares in percent; memory only if the total is known. */
export function toUsagePoints(usage: readonly Usage[], memoryTotal: number | undefined): UsagePoint[] {
  return usage.map(({ startMs, endMs, cpu, memory }) => ({
    ...{ startMs, endMs },
    ...(cpu !== undefined && { cpu: 100 * cpu }),
    ...(memory !== undefined && memoryTotal ? { memory: Math.min(100, (100 * memory) / memoryTotal) } : {}),
  }))
}

/**
 * CPU and memory over a job as a Mermaid xychart with a line for each. The x-axis shows the numbers of steps, or the time if steps
 * are not known. Empty with fewer than two points.
 */
export function toUsageChart(points: readonly UsagePoint[], steps: readonly Step[]): string {
  const kinds = (['cpu', 'memory'] as const).filter((kind) => points.some((point) => point[kind] !== undefined))
  const known = points.filter((point) => kinds.every((kind) => point[kind] !== undefined))
  if (kinds.length === 0 || known.length < 2) return ''
  const names = { cpu: 'CPU', memory: 'memory' }
  const palette = kinds.map((kind) => colors[kind][1])
  const legend = kinds.map((kind) => `${names[kind]} in ${colors[kind][0]}`).join(', ')
  const scale = steps.length > 0 ? 'numbers mark where steps begin' : 'by time'
  return toXyChart(height, palette, [
    'accTitle: CPU and memory over the job',
    `x-axis "In percent: ${legend} · ${scale}" [${toLabels(known, steps).join(', ')}]`,
    'y-axis 0 --> 100',
    ...kinds.map((kind) => `line [${known.map((point) => Math.round((point[kind] ?? 0) * 10) / 10).join(', ')}]`),
  ])
}

/** Mermaid distinguishes points by their labels: zero-width spaces make these unique. */
function toLabels(points: readonly UsagePoint[], steps: readonly Step[]): string[] {
  const labels = new Set<string>()
  let roomFrom = 0
  for (const index of points.keys()) {
    const text = index < roomFrom ? '' : toLabel(points, index, steps)
    // The label covers this many points, plus one as a gap.
    if (text !== '') roomFrom = index + Math.ceil(((text.length + 1) * digitWidth * points.length) / plotWidth)
    let label = text === '' ? '\u200b' : text
    while (labels.has(label)) label += '\u200b'
    labels.add(label)
  }
  return [...labels].map((label) => `"${label}"`)
}

function toLabel(points: readonly UsagePoint[], index: number, steps: readonly Step[]): string {
  const [first, point] = [points[0], points[index]]
  if (first === undefined || point === undefined) return ''
  if (steps.length === 0) {
    const every = Math.ceil(points.length / 8)
    return index % every === 0 ? formatDuration((point.startMs - first.startMs) / 1000) : ''
  }
  // The longest step that began since the previous point.
  const sinceMs = points[index - 1]?.endMs ?? Number.NEGATIVE_INFINITY
  const begun = steps.filter(({ startMs }) => startMs >= sinceMs && startMs < point.endMs)
  const [longest] = begun.toSorted((one, other) => other.endMs - other.startMs - (one.endMs - one.startMs))
  return longest === undefined ? '' : `${longest.number}`
}
