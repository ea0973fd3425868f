import type { Benchmark } from '../report.ts'

/** Combines several measurements of one benchmark: their mean, minimum and maximum. */
export function summarize(values: readonly number[]): Omit<Benchmark, 'name'> {
  const value = values.reduce((sum, one) => sum + one, 0) / values.length
  if (values.length < 2) return { value, runs: values.length }
  const squares = values.reduce((sum, one) => sum + (one - value) ** 2, 0)
  return { value, ...findRange(values), stddev: Math.sqrt(squares / (values.length - 1)), runs: values.length }
}

/** Math.min fails with more arguments than fit on the stack. */
function findRange(values: readonly number[]): { min: number; max: number } {
  return values.reduce(({ min, max }, value) => ({ min: Math.min(min, value), max: Math.max(max, value) }), {
    min: Infinity,
    max: -Infinity,
  })
}

/** The values that are present: tools write null for a missing one. */
export function known<Key extends string>(
  values: Readonly<Record<Key, number | null | undefined>>,
): Partial<Record<Key, number>> {
  const there = Object.entries(values).filter(([, value]) => typeof value === 'number')
  return Object.fromEntries(there) as Partial<Record<Key, number>>
}
