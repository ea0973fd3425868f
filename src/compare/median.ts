/** What is usual: a median and a scatter that one build that got stuck does not move. */
export interface Baseline {
  readonly median: number
  /** The median absolute deviation, scaled so that it is the standard deviation of what is distributed normally. */
  readonly scatter: number
  readonly count: number
}

const toStandardDeviation = 1.4826

/** Undefined without values. */
export function toBaseline(values: readonly number[]): Baseline | undefined {
  const median = toMedian(values)
  if (median === undefined) return undefined
  const deviations = values.map((value) => Math.abs(value - median))
  return { median, scatter: toStandardDeviation * (toMedian(deviations) ?? 0), count: values.length }
}

export function toMedian(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.ceil(sorted.length / 2) - 1]
  return upper === undefined || lower === undefined ? undefined : lower + (upper - lower) / 2
}

/** Within three standard deviations, 99.7 % of what is normal, or one part in a hundred, nothing is worth a word. */
export function isUsual(value: number, { median, scatter }: Baseline): boolean {
  return Math.abs(value - median) <= Math.max(3 * scatter, Math.abs(median) / 100)
}
