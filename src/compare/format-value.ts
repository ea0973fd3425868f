import { formatDuration, formatNumber } from '../build/quantity.ts'

/** Undefined if the statistic is a plain number. */
export type Unit = 'seconds' | undefined

export function formatValue(value: number, unit: Unit): string {
  return unit === 'seconds' ? formatDuration(value) : formatNumber(value)
}
