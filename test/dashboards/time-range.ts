import { dayMs, yearEndMs } from './simulated-times.ts'

/** What is chosen in Grafana's time picker. */
export interface TimeRange {
  readonly fromMs: number
  readonly toMs: number
}

/** The days before the end of the simulated year. */
export function lastDays(days: number): TimeRange {
  return { fromMs: yearEndMs - days * dayMs, toMs: yearEndMs }
}

const [second, minute, hour] = [1000, 60_000, 3_600_000]

/** Below the limit on the left the interval on the right, as Grafana rounds them (rangeutil.roundInterval). */
const intervals: readonly (readonly [belowMs: number, name: string, ms: number])[] = [
  [3.5 * minute, '2m', 2 * minute],
  [7.5 * minute, '5m', 5 * minute],
  [12.5 * minute, '10m', 10 * minute],
  [17.5 * minute, '15m', 15 * minute],
  [25 * minute, '20m', 20 * minute],
  [45 * minute, '30m', 30 * minute],
  [1.5 * hour, '1h', hour],
  [2.5 * hour, '2h', 2 * hour],
  [4.5 * hour, '3h', 3 * hour],
  [9 * hour, '6h', 6 * hour],
  [24 * hour, '12h', 12 * hour],
  [7 * 24 * hour, '1d', 24 * hour],
  [21 * 24 * hour, '7d', 7 * 24 * hour],
]

const units = { s: second, m: minute, h: hour, d: 24 * hour }

/** `$__interval` of a panel: the time range by its points, rounded, and not less than the panel's smallest. */
export function chooseInterval({ fromMs, toMs }: TimeRange, points: number, smallest: string | undefined): string {
  const wantedMs = (toMs - fromMs) / points
  const [, name = '30d', ms = Infinity] = intervals.find(([belowMs]) => wantedMs < belowMs) ?? []
  return smallest !== undefined && toMilliseconds(smallest) > ms ? smallest : name
}

function toMilliseconds(interval: string): number {
  const [, count = '', unit = ''] = /^(\d+)([smhd])$/.exec(interval) ?? []
  if (count === '') throw new Error(`${interval} is no interval`)
  return Number(count) * units[unit as keyof typeof units]
}
