/** With at most 55 values, a rank sum closer to the mean than this many standard deviations is never rare enough. Without ties, the limit is 3.2. */
const leastZ = 2.8

/**
 * Whether the last values are larger than those before them with a probability by chance below `p`: the one-sided test of
 * Mann and Whitney. It is exact, even with ties: it counts every choice of as many midranks.
 */
export function isLarger(before: readonly number[], after: readonly number[], p: number): boolean {
  const ranks = toDoubledRanks([...before, ...after])
  const own = ranks.slice(before.length)
  const sum = own.reduce((total, rank) => total + rank, 0)
  const count = ranks.length
  const mean = own.length * (count + 1)
  const spread = ranks.reduce((total, rank) => total + (rank - count - 1) ** 2, 0)
  const variance = (spread * before.length * own.length) / (count * (count - 1))
  if (variance === 0 || sum - mean < leastZ * Math.sqrt(variance)) return false
  return toTail(ranks, own.length, sum) < p
}

/** Twice the ranks, which are whole numbers: equal values share the middle of their ranks. */
function toDoubledRanks(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b)
  const first = new Map<number, number>()
  const last = new Map<number, number>()
  for (const [index, value] of sorted.entries()) {
    if (!first.has(value)) first.set(value, index + 1)
    last.set(value, index + 1)
  }
  return values.map((value) => (first.get(value) ?? 0) + (last.get(value) ?? 0))
}

/** The share of all choices of `size` ranks whose sum is `sum` or more. */
function toTail(ranks: readonly number[], size: number, sum: number): number {
  const sorted = ranks.toSorted((a, b) => b - a)
  const most = sorted.slice(0, size).reduce((total, rank) => total + rank, 0)
  // Counts the choices by their distance from the largest sum, a row for each number of ranks. The tail is short.
  const width = most - sum + 1
  const counts = new Float64Array((size + 1) * width)
  counts[0] = 1
  for (const [index, rank] of sorted.entries()) {
    for (let chosen = Math.min(index, size - 1); chosen >= 0; chosen--) {
      const [from, to, less] = [chosen * width, (chosen + 1) * width, (sorted[chosen] ?? 0) - rank]
      for (let short = less; short < width; short++) {
        counts[to + short] = (counts[to + short] ?? 0) + (counts[from + short - less] ?? 0)
      }
    }
  }
  const all = Array.from({ length: size }, (_, at) => (ranks.length - at) / (at + 1)).reduce(
    (ways, more) => ways * more,
    1,
  )
  return counts.subarray(size * width).reduce((total, count) => total + count, 0) / all
}
