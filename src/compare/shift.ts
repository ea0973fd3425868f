import { toMedian } from './median.ts'
import { isLarger } from './rank-test.ts'

/** A lasting change: all builds from one on lie elsewhere than those before it. */
export interface Shift {
  /** Index of the first build after it. */
  readonly at: number
  /** Medians of the builds on either side. */
  readonly before: number
  readonly after: number
}

const [leastAfter, mostAfter] = [5, 15]
const [leastBefore, mostBefore] = [5, 40]
/** One in ten thousand, for both directions together. */
const rare = 0.5e-4
/** Between medians: what is less is true, perhaps, and worth nobody's time. */
const leastChange = 0.05
/** A change that is older, and that no row names, is usual by now. */
export const mostLooks = mostBefore + mostAfter

/** A change that an earlier build found: where it is, and which build found it last. */
export interface KnownShift {
  readonly at: number
  readonly by: number
}

/**
 * Finds the change that lasts to the last of these values, the oldest of which is the first. It is looked for as each of the last builds
 * would have looked for it, one after another: so a change is found by the builds soon after it, and stays where it was found until there
 * is another.
 * @param floor a smaller difference is none
 * @param known a change that is not looked for again
 * @param looks how many builds look for it
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
  // Whether it lasts: half of it, at least, is still there.
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

/** The split whose sides lie closest around their medians, in the direction that was found. */
function locate(values: readonly number[], sign: 1 | -1): number {
  const toCost = (some: readonly number[]) => {
    const median = toMedian(some) ?? 0
    return some.reduce((sum, value) => sum + Math.abs(value - median), 0)
  }
  let best = { at: values.length - leastAfter, cost: Number.POSITIVE_INFINITY }
  // Of the fewest that are looked at, more than half are after it.
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
