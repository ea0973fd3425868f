import type { Benchmark } from '../report.ts'

/** Converts a benchmark whose unit is a time to seconds, with the unit `s`; others are unchanged. */
export function inSeconds(benchmark: Benchmark): Benchmark {
  const { unit = '', ...rest } = benchmark
  if (unit.trim() === '') return rest
  const divisor = divisors.get(unit.trim().toLowerCase())
  if (divisor === undefined) return benchmark
  const { value, min, max, stddev } = rest
  return {
    ...rest,
    unit: 's',
    // Divided, not multiplied: 88 / 10^9 equals the float 8.8e-8, 88 * 10^-9 does not.
    value: value / divisor,
    ...(min === undefined ? {} : { min: min / divisor }),
    ...(max === undefined ? {} : { max: max / divisor }),
    ...(stddev === undefined ? {} : { stddev: stddev / divisor }),
  }
}

const names: ReadonlyArray<readonly [divisor: number, units: readonly string[]]> = [
  [1, ['s', 'sec', 'secs', 'second', 'seconds']],
  [1e3, ['ms', 'msec', 'millisecond', 'milliseconds']],
  // The micro sign and the Greek letter.
  [1e6, ['us', '\u00b5s', '\u03bcs', 'usec', 'microsecond', 'microseconds']],
  [1e9, ['ns', 'nsec', 'nanosecond', 'nanoseconds']],
  [1e12, ['ps', 'picosecond', 'picoseconds']],
]

/** `ns`, and `ns/op`, `ns/iter` as well: a time per run is a time. */
const divisors = new Map(
  names.flatMap(([divisor, units]) =>
    units.flatMap((unit) => ['', '/op', '/iter', '/iteration'].map((suffix) => [`${unit}${suffix}`, divisor] as const)),
  ),
)
