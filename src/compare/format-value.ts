/** `7m 12s`, `1h 02m 03s`, `42s`, `4.2s`: a duration for people. */
export function formatClock(seconds: number): string {
  if (seconds < 9.95) return `${Math.round(seconds * 10) / 10}s`
  const whole = Math.round(seconds)
  const two = (value: number) => `${value}`.padStart(2, '0')
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60]
  if (hours > 0) return `${hours}h ${two(minutes)}m ${two(rest)}s`
  return minutes > 0 ? `${minutes}m ${two(rest)}s` : `${rest}s`
}

/** A number with its significant digits. */
export function formatNumber(value: number): string {
  return Number.isInteger(value) ? `${value}` : `${Number(value.toPrecision(6))}`
}

export function formatValue(value: number, unit: Unit): string {
  if (unit === 'seconds' && value >= 0) return formatClock(value)
  return unit === 'bytes' && value >= 2 ** 20 ? formatBytes(value) : formatNumber(value)
}

function formatBytes(bytes: number): string {
  const [size, name] = bytes >= 2 ** 30 ? [2 ** 30, 'GiB'] : [2 ** 20, 'MiB']
  return `${(bytes / size).toFixed(1)} ${name}`
}

/** `43 %`, or `4.3 %` if the decimal matters. */
export function formatPercent(ratio: number): string {
  const percent = Math.abs(ratio) * 100
  return `${percent < 9.95 ? Math.round(percent * 10) / 10 : Math.round(percent)} %`
}

/** Undefined if the statistic is a plain number. */
export type Unit = 'seconds' | 'bytes' | undefined
