import { expect, test } from 'vitest'
import { isLarger } from '../../src/compare/rank-test.ts'
import { createRandom } from '../dashboards/random.ts'

/** The share of all ways to choose the last ones whose ranks add up to as much at least, counted one by one. */
function countTail(before: readonly number[], after: readonly number[]): number {
  const all = [...before, ...after]
  const rankOf = (value: number) =>
    all.filter((one) => one < value).length + (all.filter((one) => one === value).length + 1) / 2
  const ranks = all.map(rankOf)
  const observed = ranks.slice(before.length).reduce((sum, rank) => sum + rank, 0)
  let [ways, extreme] = [0, 0]
  const choose = (from: number, left: number, sum: number) => {
    if (left === 0) {
      ways++
      if (sum >= observed) extreme++
      return
    }
    for (let at = from; at <= ranks.length - left; at++) choose(at + 1, left - 1, sum + (ranks[at] ?? 0))
  }
  choose(0, after.length, 0)
  return extreme / ways
}

test('counts as often as every choice is counted by hand, with ties and without', () => {
  const random = createRandom(7)
  for (let round = 0; round < 60; round++) {
    const levels = random.pick([2, 4, 1000])
    const draw = (lift: number) => random.below(levels) + lift
    const [before, after] = [
      Array.from({ length: 12 }, () => draw(0)),
      Array.from({ length: 5 }, () => draw(levels / 2)),
    ]
    const share = countTail(before, after)
    // What is no rarer than this is passed over without being counted.
    if (share > 1e-3) expect(isLarger(before, after, 5e-5)).toBe(false)
    else expect([isLarger(before, after, share * 1.000001), isLarger(before, after, share)]).toEqual([true, false])
  }
})

test('five after forty, all of them larger, is rare enough; five after five is not', () => {
  const before = Array.from({ length: 40 }, (_, index) => index)
  expect(isLarger(before, [50, 51, 52, 53, 54], 5e-5)).toBe(true)
  expect(isLarger(before.slice(-5), [50, 51, 52, 53, 54], 5e-5)).toBe(false)
  expect(isLarger(Array(40).fill(1), Array(15).fill(1), 5e-5)).toBe(false)
})
