/** The unit of an axis: a value is shown divided by `divisor`, in units of `name`. */
export interface AxisUnit {
  readonly name: string
  readonly divisor: number
}

const words = ['', 'thousand', 'million', 'billion']

export function isSeconds(unit: string): boolean {
  return unit === 's' || unit === 'seconds'
}

/** A unit that suits the highest absolute value. Mermaid does not accept exponents. */
export function findAxisUnit(unit: string, highest: number): AxisUnit {
  if (highest < 1e-300) return { name: unit, divisor: 1 }
  if (isSeconds(unit) && highest >= 1e-3 && highest < 100_000 * 3600) {
    if (highest >= 2 * 3600) return { name: 'h', divisor: 3600 }
    if (highest >= 2 * 60) return { name: 'min', divisor: 60 }
    return highest >= 0.1 ? { name: 's', divisor: 1 } : { name: 'ms', divisor: 1e-3 }
  }
  if (highest >= 0.1 && highest < 100_000) return { name: unit, divisor: 1 }
  const thousands = Math.floor(Math.log10(highest) / 3)
  const word = words[thousands] ?? `× 10^${3 * thousands}`
  return { name: unit === '' ? word : `${word} ${unit}`, divisor: 10 ** (3 * thousands) }
}

/** A decimal number with at most three decimals and no exponent. */
export function formatValue(value: number, { divisor }: AxisUnit): string {
  const text = (value / divisor).toFixed(3).replace(/\.?0+$/, '')
  return text === '-0' ? '0' : text
}
