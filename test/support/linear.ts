import { expect } from 'vitest'

/** Of the time at one size to that at a quarter of it: linear is 4, quadratic 16. */
const maxRatio = 9
/** A garbage collection, or other processes for a moment. */
const noiseMs = 25
const maxAttempts = 20

/**
 * Expects that `run` takes time in proportion to the size of its input, on a machine of any speed that may be busy: four
 * times the size takes about four times as long. It begins with small sizes, so that what would take hours is seen soon. Of
 * several attempts the quickest counts, and the first that is good enough is the last.
 * @param size the largest, at which a time that is not linear would be far more than noise
 */
export async function expectLinear<T>(
  toInput: (size: number) => T,
  run: (input: T) => unknown,
  size: number,
): Promise<void> {
  const sizes = [64, 16, 4, 1].map((part) => Math.ceil(size / part))
  // What is compiled on the way would be part of a small size, and hide what the next one takes.
  await measure(run, toInput(sizes[0] ?? size))
  for (const [index, large] of sizes.entries()) {
    const small = sizes[index - 1]
    if (small !== undefined) await expectRatio(run, [small, toInput(small)], [large, toInput(large)])
  }
}

async function expectRatio<T>(run: (input: T) => unknown, small: [number, T], large: [number, T]): Promise<void> {
  let [smallMs, largeMs] = [await measure(run, small[1]), Number.POSITIVE_INFINITY]
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    largeMs = Math.min(largeMs, await measure(run, large[1]))
    if (largeMs <= maxRatio * smallMs + noiseMs) return
    smallMs = Math.min(smallMs, await measure(run, small[1]))
  }
  expect.fail(`size ${small[0]} takes ${smallMs.toFixed(1)} ms, size ${large[0]} ${largeMs.toFixed(1)} ms`)
}

async function measure<T>(run: (input: T) => unknown, input: T): Promise<number> {
  const started = performance.now()
  await run(input)
  return performance.now() - started
}
