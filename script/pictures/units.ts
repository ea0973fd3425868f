/** A value as Grafana writes it in a unit; `decimals` below a minute, a million and so on. */
export function formatValue(value: unknown, unit: string | undefined, decimals = 1): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'number') return String(value)
  switch (unit) {
    case 's':
      return formatScaled(value, decimals, seconds)
    case 'percentunit':
      return `${trim(value * 100, decimals)} %`
    case 'bytes':
      return formatScaled(value, decimals, bytes)
    case 'short':
      return formatScaled(value, decimals, counts)
    default:
      return String(Math.round(value * 1000) / 1000)
  }
}

type Scale = readonly (readonly [from: number, name: string])[]

const seconds: Scale = [
  [7 * 86_400, ' weeks'],
  [86_400, ' days'],
  [3600, ' h'],
  [60, ' min'],
  [1, ' s'],
]
const bytes: Scale = [
  [2 ** 30, ' GiB'],
  [2 ** 20, ' MiB'],
  [1024, ' KiB'],
  [1, ' B'],
]
const counts: Scale = [
  [1e6, ' M'],
  [1e4, ' K'],
  [1, ''],
]

function formatScaled(value: number, decimals: number, scale: Scale): string {
  const [, name = ''] = scale.at(-1) ?? []
  const [from, unit] = scale.find(([least]) => Math.abs(value) >= least) ?? [1, name]
  // 10 K is a count in thousands.
  const text = trim(value / (unit === ' K' ? 1000 : from), decimals)
  return `${text}${text === '1' ? unit.replace(/s$/, (s) => (unit.length > 2 ? '' : s)) : unit}`
}

function trim(value: number, decimals: number): string {
  return value.toFixed(decimals).replace(/\.0+$/, '')
}
