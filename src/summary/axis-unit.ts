/** What an axis counts in: a value divided by `divisor` is shown, as so many of `name`. */
export interface AxisUnit {
  readonly name: string
  readonly divisor: number
}

const words = ['', 'thousand', 'million', 'billion']

export function isSeconds(unit: string): boolean {
  return unit === 's' || unit === 'seconds'
}

/** A unit in which the highest value, given without its sign, reads well; Mermaid takes no exponents. */
export function findAxisUnit(unit: string, highest: number): AxisUnit {
  if (isSeconds(unit) && highest < 100 * 3_600_000) {
    if (highest >= 2 * 3600) return { name: 'h', divisor: 3600 }
    if (highest >= 2 * 60) return { name: 'min', divisor: 60 }
    if (highest >= 0.1 || highest === 0) return { name: 's', divisor: 1 }
    return { name: 'ms', divisor: 1e-3 }
  }
  const thousands = highest === 0 ? 0 : Math.floor(Math.log10(highest) / 3)
  if (highest === 0 || (highest >= 0.1 && highest < 100_000)) return { name: unit, divisor: 1 }
  const word = words[thousands] ?? `× 10^${3 * thousands}`
  return { name: unit === '' ? word : `${word} ${unit}`, divisor: 10 ** (3 * thousands) }
}

/** A decimal number of few digits, without an exponent. */
export function formatValue(value: number, { divisor }: AxisUnit): string {
  const text = (value / divisor).toFixed(3).replace(/\.?0+$/, '')
  return text === '-0' ? '0' : text
}
