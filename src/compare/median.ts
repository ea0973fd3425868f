/** What is usual: of the values before a build. */
export interface Baseline {
  readonly median: number
  /** The median absolute deviation, scaled so that it is the standard deviation of what is distributed normally. */
  readonly scatter: number
  readonly count: number
  /** What an unusual value must lie beyond. */
  readonly lowest: number
  readonly highest: number
  /** Medians of two heaps that the values lie in, as those of a cache that is hit or missed. */
  readonly heaps: readonly [lower: number, upper: number] | undefined
}

/** Which values are usual: `range`, those within what there was before, and within the spread; `spread`: the latter alone. */
export type Usual = 'range' | 'spread' | 'off'

const toStandardDeviation = 1.4826

/**
 * Undefined without values.
 * @param floor a smaller difference is nothing
 */
export function toBaseline(values: readonly number[], floor = 0): Baseline | undefined {
  const median = toMedian(values)
  if (median === undefined) return undefined
  const deviations = values.map((value) => Math.abs(value - median))
  const sorted = toSorted(values)
  const heaps = findHeaps(sorted, floor)
  // Of twenty builds one may have got stuck; where there are two heaps, the upper one is no accident.
  const skipped = sorted.length >= 20 && heaps === undefined ? 1 : 0
  return {
    median,
    scatter: toStandardDeviation * (toMedian(deviations) ?? 0),
    count: values.length,
    lowest: sorted.at(skipped) ?? median,
    highest: sorted.at(-1 - skipped) ?? median,
    heaps,
  }
}

export function toMedian(values: readonly number[] | Float64Array): number | undefined {
  const sorted = toSorted(values)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.ceil(sorted.length / 2) - 1]
  return upper === undefined || lower === undefined ? undefined : lower + (upper - lower) / 2
}

function toSorted(values: readonly number[] | Float64Array): Float64Array {
  return Float64Array.from(values).sort()
}

/**
 * Whether a value is like those before it.
 * @param floor a smaller difference is nothing
 */
export function isUsual(value: number, baseline: Baseline, floor: number, usual: Usual = 'range'): boolean {
  const { median, scatter, count, lowest, highest } = baseline
  const difference = Math.abs(value - median)
  if (difference < floor || difference <= toDeviations(count) * scatter) return true
  return usual !== 'spread' && value >= lowest && value <= highest
}

/** Of Student's distribution, beyond which 0.27 % of values are, as of a normal one beyond 3: by degrees of freedom. */
const student = [
  [1, 235.8],
  [2, 19.21],
  [3, 9.22],
  [4, 6.62],
  [5, 5.51],
  [6, 4.9],
  [7, 4.53],
  [8, 4.28],
  [9, 4.09],
  [10, 3.96],
  [12, 3.76],
  [15, 3.59],
  [20, 3.42],
  [30, 3.27],
  [50, 3.16],
  [100, 3.08],
] as const

/** So many scaled deviations from the median of so many values is what a next value may be. */
function toDeviations(count: number): number {
  const [, quantile] = student.findLast(([degrees]) => degrees <= count - 1) ?? student[0]
  return quantile * Math.sqrt(1 + 1 / count)
}

/** Each heap has a tenth of the values, and between them is a gap that is wider than either: there are few such of fewer than ten. */
function findHeaps(sorted: Float64Array, floor: number): Baseline['heaps'] {
  const least = Math.max(2, Math.floor(sorted.length / 10))
  if (sorted.length < 10) return undefined
  let widest = { at: 0, gap: floor }
  for (let at = least; at <= sorted.length - least; at++) {
    const gap = (sorted[at] ?? 0) - (sorted[at - 1] ?? 0)
    if (gap > widest.gap) widest = { at, gap }
  }
  const [lower, upper] = [sorted.subarray(0, widest.at), sorted.subarray(widest.at)]
  const toWidth = (heap: Float64Array) => (heap.at(-1) ?? 0) - (heap[0] ?? 0)
  if (widest.at === 0 || widest.gap <= Math.max(toWidth(lower), toWidth(upper))) return undefined
  const [low, high] = [toMedian(lower) ?? 0, toMedian(upper) ?? 0]
  return high - low > 0.2 * Math.abs(low) ? [low, high] : undefined
}
