import { expect } from 'vitest'

/** Each next size is four times as much to do. Linear time gives a ratio of 4, quadratic time its square, 16. */
const maxRatio = 9
/** A garbage collection, or another process for a moment. */
const noiseMs = 25
const maxAttempts = 5

/**
 * Expects that `run` takes time in proportion to the size of its input, on a machine of any speed that may be busy: four
 * times the size takes about four times as long. It begins with small sizes, so that what would take hours is seen soon. Of
 * several attempts the quickest counts, and the first that is good enough is the last.
 * @param size the largest, at which a time that is not linear would be far more than noise
 */
export function expectLinear<T>(toInput: (size: number) => T, run: (input: T) => void, size: number): void {
  const sizes = [64, 16, 4, 1].map((part) => Math.ceil(size / part))
  // What is compiled on the way would be part of a small size, and hide what the next one takes.
  measure(run, toInput(sizes[0] ?? size))
  for (const [index, large] of sizes.entries()) {
    const small = sizes[index - 1]
    if (small !== undefined) expectRatio(run, [small, toInput(small)], [large, toInput(large)])
  }
}

function expectRatio<T>(run: (input: T) => void, small: [number, T], large: [number, T]): void {
  let [smallMs, largeMs] = [measure(run, small[1]), Number.POSITIVE_INFINITY]
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    largeMs = Math.min(largeMs, measure(run, large[1]))
    if (largeMs <= maxRatio * smallMs + noiseMs) return
    smallMs = Math.min(smallMs, measure(run, small[1]))
  }
  expect.fail(`size ${small[0]} takes ${smallMs.toFixed(1)} ms, size ${large[0]} ${largeMs.toFixed(1)} ms`)
}

function measure<T>(run: (input: T) => void, input: T): number {
  const started = performance.now()
  run(input)
  return performance.now() - started
}
