/** A time in seconds, with unit `s`; what is not a time as it is. */
export function toSeconds(value: number, unit: string | undefined): { value: number; unit?: string } {
  if (unit === undefined || unit.trim() === '') return { value }
  const divisor = divisors.get(unit.trim().toLowerCase())
  // Divided, not multiplied: 88 ns / 10^9 is the float that 8.8e-8 is read as, 88 * 10^-9 is not.
  return divisor === undefined ? { value, unit } : { value: value / divisor, unit: 's' }
}

const names: ReadonlyArray<readonly [divisor: number, units: readonly string[]]> = [
  [1, ['s', 'sec', 'secs', 'second', 'seconds']],
  [1e3, ['ms', 'msec', 'millisecond', 'milliseconds']],
  // The micro sign, and the Greek letter.
  [1e6, ['us', '\u00b5s', '\u03bcs', 'usec', 'microsecond', 'microseconds']],
  [1e9, ['ns', 'nsec', 'nanosecond', 'nanoseconds']],
  [1e12, ['ps', 'picosecond', 'picoseconds']],
]

/** `ns`, and `ns/op`, `ns/iter` as well: a time a run is a time. */
const divisors = new Map(
  names.flatMap(([divisor, units]) =>
    units.flatMap((unit) => ['', '/op', '/iter', '/iteration'].map((suffix) => [`${unit}${suffix}`, divisor] as const)),
  ),
)
