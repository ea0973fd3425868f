/** The usual values, from the builds before a build. */
export interface Baseline {
  readonly median: number
  /** The median absolute deviation, scaled to equal the standard deviation of a normal distribution. */
  readonly scatter: number
  readonly count: number
  /** An unusual value lies outside of this range, which leaves out the extremes of twenty or more values. */
  readonly lowest: number
  readonly highest: number
  /** The range of all values, except for one accident on either side. */
  readonly least: number
  readonly most: number
  /** The medians of two clusters of values, such as builds with a cache hit and with a miss. */
  readonly clusters: readonly [lower: number, upper: number] | undefined
}

/** Which values count as usual. `range`: those within the range of earlier values or within their spread; `spread`: within the spread only; `off`: none. */
export type Usual = 'range' | 'spread' | 'off'

const toStandardDeviation = 1.4826

/**
 * Returns undefined if there are no values.
 * @param floor a smaller difference is nothing
 */
export function toBaseline(values: readonly number[], floor = 0): Baseline | undefined {
  const median = toMedian(values)
  if (median === undefined) return undefined
  const deviations = values.map((value) => Math.abs(value - median))
  const sorted = toSorted(values)
  const clusters = findClusters(sorted, floor)
  // One of twenty builds may have got stuck; if there are two clusters, the upper one is not an accident.
  const skipped = sorted.length >= mayHaveAccident && clusters === undefined ? 1 : 0
  return {
    median,
    scatter: toStandardDeviation * (toMedian(deviations) ?? 0),
    count: values.length,
    lowest: sorted.at(skipped) ?? median,
    highest: sorted.at(-1 - skipped) ?? median,
    least: leaveOutAccident(sorted, (one, next) => one < next / accidentRatio) ?? median,
    most: leaveOutAccident(sorted.toReversed(), (one, next) => one > next * accidentRatio) ?? median,
    clusters,
  }
}

/** Of this many builds, one may have hung. */
const mayHaveAccident = 20
/** A build that took this many times as long as any other has hung; a cache miss takes less. */
const accidentRatio = 3

/** The first of sorted values, or the second if the first lies far from it. */
function leaveOutAccident(
  [first, second = 0, ...others]: Float64Array,
  isFar: (one: number, next: number) => boolean,
): number | undefined {
  const mayBe = others.length + 2 >= mayHaveAccident && second > 0
  return first !== undefined && mayBe && isFar(first, second) ? second : first
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

/** Quantiles of Student's distribution by degrees of freedom: 0.27 % of values lie beyond, as beyond 3 in a normal one. */
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

/** How many scaled deviations from the median of that many values the next value may lie. */
function toDeviations(count: number): number {
  const [, quantile] = student.findLast(([degrees]) => degrees <= count - 1) ?? student[0]
  return quantile * Math.sqrt(1 + 1 / count)
}

/** Two clusters: each has a tenth of the values, and the gap between them is wider than either. Fewer than ten values rarely show that. */
function findClusters(sorted: Float64Array, floor: number): Baseline['clusters'] {
  const least = Math.max(2, Math.floor(sorted.length / 10))
  if (sorted.length < 10) return undefined
  let widest = { at: 0, gap: floor }
  for (let at = least; at <= sorted.length - least; at++) {
    const gap = (sorted[at] ?? 0) - (sorted[at - 1] ?? 0)
    if (gap > widest.gap) widest = { at, gap }
  }
  const [lower, upper] = [sorted.subarray(0, widest.at), sorted.subarray(widest.at)]
  const toWidth = (cluster: Float64Array) => (cluster.at(-1) ?? 0) - (cluster[0] ?? 0)
  if (widest.at === 0 || widest.gap <= Math.max(toWidth(lower), toWidth(upper))) return undefined
  const [low, high] = [toMedian(lower) ?? 0, toMedian(upper) ?? 0]
  return high - low > 0.2 * Math.abs(low) ? [low, high] : undefined
}
