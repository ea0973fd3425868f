import { lastCodePoint, type Range } from './syntax.ts'

/** Sorts ranges and merges those that overlap. */
export function mergeRanges(ranges: readonly Range[]): Range[] {
  const merged: [number, number][] = []
  for (const [first, last] of ranges.toSorted(([a], [b]) => a - b)) {
    const before = merged.at(-1)
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last)
    else merged.push([first, last])
  }
  return merged
}

/** All other characters. */
export function invertRanges(ranges: readonly Range[]): Range[] {
  const inverted: Range[] = []
  let from = 0
  for (const [first, last] of mergeRanges(ranges)) {
    if (first > from) inverted.push([from, first - 1])
    from = last + 1
  }
  if (from <= lastCodePoint) inverted.push([from, lastCodePoint])
  return inverted
}

/** The assigned characters for which a test is true. */
export function toRanges(holds: (text: string) => boolean): Range[] {
  // Beyond are only variation selectors and private use characters.
  const beyond = 0x40000
  const ranges: Range[] = []
  let first: number | undefined
  for (let code = 0; code <= beyond; code++) {
    const isIn = code < beyond && holds(String.fromCodePoint(code))
    if (isIn) first ??= code
    else if (first !== undefined) {
      ranges.push([first, code - 1])
      first = undefined
    }
  }
  return ranges
}
