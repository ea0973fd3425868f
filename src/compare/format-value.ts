import { formatBytes, formatDuration, formatNumber } from '../build/quantity.ts'

/** Undefined if the statistic is a plain number. */
export type Unit = 'seconds' | 'bytes' | undefined

export function formatValue(value: number, unit: Unit): string {
  if (unit === 'seconds') return formatDuration(value)
  return unit === 'bytes' ? formatBytes(value) : formatNumber(value)
}
