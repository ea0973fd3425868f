/** Chance that comes out the same for the same seed. */
export interface Random {
  /** From 0 up to 1. */
  next(): number
  /** From 0 up to `limit`, whole. */
  below(limit: number): number
  /** Normally distributed: mean 0, deviation 1. */
  normal(): number
  /** Around a median, with a long tail to the right, as durations are. */
  lognormal(median: number, deviation: number): number
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
  pickWeighted<T extends { readonly weight: number }>(items: readonly T[]): T
  /** Lower-case hexadecimal digits. */
  hex(length: number): string
}

/** Mulberry32 (T. Ettinger): 32 bits of state are enough for pictures and tests. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  // Box and Muller; the logarithm of zero has no end.
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  return {
    next,
    below,
    normal,
    lognormal: (median, deviation) => median * Math.exp(deviation * normal()),
    chance: (probability) => next() < probability,
    pick: (items) => take(items, below(items.length)),
    pickWeighted(items) {
      const total = items.reduce((sum, { weight }) => sum + weight, 0)
      let rest = next() * total
      for (const item of items) {
        rest -= item.weight
        if (rest < 0) return item
      }
      return take(items, items.length - 1)
    },
    hex: (length) => Array.from({ length }, () => below(16).toString(16)).join(''),
  }
}

function take<T>(items: readonly T[], index: number): T {
  const item = items[index]
  if (item === undefined) throw new Error('there is nothing to pick from')
  return item
}
