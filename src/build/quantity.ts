// Numbers as people write them: the only place that formats what the log, the summary, verdicts and charts show.

const minus = '−'
const smallTimes = [
  [1e-3, 'ms'],
  [1e-6, 'µs'],
  [1e-9, 'ns'],
] as const

/** `1h 02m 03s`, `7m 12s`, `42s`, `4.2s`, `320 ms`, `1.32 ms`: a duration. */
export function formatDuration(seconds: number): string {
  if (seconds < 0) return `${minus}${formatDuration(-seconds)}`
  if (seconds < 0.9995 && seconds > 0) {
    const [factor, unit] = smallTimes.find(([least]) => seconds >= 0.9995 * least) ?? smallTimes[2]
    return `${Number((seconds / factor).toPrecision(3))} ${unit}`
  }
  if (seconds < 9.95) return `${Math.round(seconds * 10) / 10}s`
  const whole = Math.round(seconds)
  const two = (value: number) => `${value}`.padStart(2, '0')
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60]
  if (hours > 0) return `${hours}h ${two(minutes)}m ${two(rest)}s`
  return minutes > 0 ? `${minutes}m ${two(rest)}s` : `${rest}s`
}

/** `1,204`, `1,250.5`, `87.54`, `0.0001235`: four or five significant digits, and all of the whole number. */
export function formatNumber(value: number): string {
  const isWhole = Number.isInteger(value) || Math.abs(value) >= 10_000
  const rounded = isWhole ? Math.round(value) : Number(value.toPrecision(Math.abs(value) >= 1000 ? 5 : 4))
  const [whole = '', ...rest] = `${Math.abs(rounded)}`.split('.')
  const digits = [/^\d+$/.test(whole) ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole, ...rest].join('.')
  return rounded < 0 ? `${minus}${digits}` : digits
}

/** `43 %`, `4.3 %`: a share without its sign. */
export function formatPercent(ratio: number): string {
  const percent = Math.abs(ratio) * 100
  return `${formatNumber(percent < 9.95 ? Math.round(percent * 10) / 10 : Math.round(percent))} %`
}

/** `4.2 MB`, `312 B`: bytes in decimal units. */
export function formatBytes(bytes: number): string {
  const power = Math.min(5, Math.max(0, Math.floor(Math.log10(Math.abs(bytes) || 1) / 3)))
  return `${formatNumber(Number((bytes / 1000 ** power).toPrecision(3)))} ${['B', 'kB', 'MB', 'GB', 'TB', 'PB'][power]}`
}

/** `1 point`, `1,204 points`, `10 repositories` */
export function countOf(count: number, noun: string): string {
  const plural = noun.endsWith('ry') ? `${noun.slice(0, -1)}ies` : `${noun}s`
  return `${formatNumber(count)} ${count === 1 ? noun : plural}`
}
