/** Numbers that a seed determines, and what is chosen by them. */
export interface SeededRandom {
  /** A whole number from 0 to below a limit. */
  below(limit: number): number
  pick<T>(items: readonly T[]): T
  /** Some of the items, in their order. */
  some<T>(items: readonly T[]): T[]
  text(length: number): string
}

/** Mulberry32: small, and the same everywhere. */
export function createRandom(seed: number): SeededRandom {
  let state = Math.imul(seed, 2_654_435_761) >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T
  const characters = Array.from('abzAZ09_-. ,="\'\\/:;{}[]()*+?$%&|<>#@!\n\t\r\u0000\u001béß\u0130\u2028\u202e😀\ud800')
  return {
    below,
    pick,
    some: (items) => items.filter(() => below(2) === 0),
    text: (length) => Array.from({ length }, () => pick(characters)).join(''),
  }
}
