import { toMedian } from './median.ts'
import { isLarger } from './rank-test.ts'

/** A lasting change: from one build on, values differ from those before it. */
export interface Shift {
  /** Index of the first build after the change. */
  readonly at: number
  /** Medians of the builds on either side. */
  readonly before: number
  readonly after: number
}

const [leastAfter, mostAfter] = [5, 15]
const [leastBefore, mostBefore] = [5, 40]
/** One in ten thousand, for both directions together. */
const rare = 0.5e-4
/** The least difference between the medians: a smaller one may be real, but is not worth a report. */
const leastChange = 0.05
/** How many builds a search examines: a change that is older and that no row names has become normal. */
export const mostLooks = mostBefore + mostAfter

/** A change that an earlier build found: its position, and the last build that found it. */
export interface KnownShift {
  readonly at: number
  readonly by: number
}

/**
 * Finds the change that lasts to the last of these values (oldest first). The search runs as each of the last builds
 * would have run it, one after another: builds soon after a change find it, and its position stays the same until there
 * is another change.
 * @param floor differences below it are ignored
 * @param known a change that is not searched again
 * @param looks how many builds search for it
 */
export function findShift(
  values: readonly number[],
  floor = 0,
  known?: KnownShift,
  looks = mostLooks,
): Shift | undefined {
  let before = 0
  let at = known?.at
  for (let end = Math.max(values.length - looks, known?.by ?? 0) + 1; end <= values.length; end++) {
    const segment = values.slice(at ?? 0, end)
    const sign = findDirection(segment, floor)
    if (sign === undefined) continue
    before = at ?? 0
    at = before + locate(segment, sign)
  }
  if (at === undefined) return undefined
  const shift = toShift(values, before, at)
  const recent = toMedian(values.slice(Math.max(at, values.length - mostAfter))) ?? shift.after
  // The change lasts if at least half of it remains.
  const isThere = (recent - shift.before) / (shift.after - shift.before) >= 0.5
  return isThere && isChange(shift, floor) ? shift : undefined
}

/** Whether the last values are larger (1) or smaller (-1) than those before them. */
function findDirection(values: readonly number[], floor: number): 1 | -1 | undefined {
  for (let count = leastAfter; count <= mostAfter && count + leastBefore <= values.length; count++) {
    const after = values.slice(-count)
    const before = values.slice(Math.max(0, values.length - count - mostBefore), -count)
    const medians = { before: toMedian(before) ?? 0, after: toMedian(after) ?? 0 }
    if (!isChange(medians, floor)) continue
    if (medians.after > medians.before ? isLarger(before, after, rare) : isLarger(after, before, rare)) {
      return medians.after > medians.before ? 1 : -1
    }
  }
  return undefined
}

function isChange({ before, after }: Pick<Shift, 'before' | 'after'>, floor: number): boolean {
  const difference = Math.abs(after - before)
  return difference > 0 && difference >= floor && difference >= leastChange * Math.abs(before)
}

/** The split whose sides have the least deviation from their medians, in the direction that was found. */
function locate(values: readonly number[], sign: 1 | -1): number {
  const toCost = (some: readonly number[]) => {
    const median = toMedian(some) ?? 0
    return some.reduce((sum, value) => sum + Math.abs(value - median), 0)
  }
  let best = { at: values.length - leastAfter, cost: Number.POSITIVE_INFINITY }
  // Among the fewest values that are examined, more than half come after the change.
  for (let at = leastBefore; at <= values.length - Math.ceil(leastAfter / 2); at++) {
    const [before, after] = [values.slice(0, at), values.slice(at)]
    if (sign * ((toMedian(after) ?? 0) - (toMedian(before) ?? 0)) <= 0) continue
    const cost = toCost(before) + toCost(after)
    if (cost < best.cost) best = { at, cost }
  }
  return best.at
}

function toShift(values: readonly number[], from: number, at: number): Shift {
  const before = values.slice(Math.max(from, at - mostBefore), at)
  return { at, before: toMedian(before) ?? 0, after: toMedian(values.slice(at)) ?? 0 }
}
