import { describe, expect, test } from 'vitest'
import { toOffsetNs, toTimeNs } from '../../src/point/time.ts'
import { exampleBuild } from '../build/example-build.ts'

const build = exampleBuild()

describe('the offset within a millisecond', () => {
  test('is the same for the same build', () => {
    expect(toOffsetNs(build)).toBe(toOffsetNs(structuredClone({ ...build, properties: undefined })))
    expect(toOffsetNs({ ...build, result: 'failure', endMs: 0 } as typeof build)).toBe(toOffsetNs(build))
  })

  test('is another for another run, attempt, job, matrix leg or job of the API', () => {
    const others = [
      { runId: 1n },
      { attempt: 2n },
      { job: 'lint' },
      { matrix: { os: 'linux' } },
      { matrix: { os: 'windows' } },
      { jobId: 1n },
      { jobId: undefined },
      { runId: undefined },
    ].map((change) => toOffsetNs({ ...build, ...change }))
    expect(new Set([...others, toOffsetNs(build)]).size).toBe(others.length + 1)
  })

  test('spreads 100,000 builds over the million without bias', () => {
    const buckets = new Array<number>(1000).fill(0)
    const distinct = new Set<number>()
    for (let run = 0; run < 1000; run++) {
      for (let leg = 0; leg < 100; leg++) {
        const offset = toOffsetNs({
          runId: 16_512_345_678n + BigInt(run),
          attempt: BigInt(1 + (leg % 2)),
          job: `job${leg % 5}`,
          matrix: { os: leg % 3 === 0 ? 'linux' : 'windows', shard: leg },
          jobId: undefined,
        })
        distinct.add(offset)
        buckets[Math.floor(offset / 1000)] = (buckets[Math.floor(offset / 1000)] ?? 0) + 1
      }
    }
    expect([...distinct].filter((offset) => !(Number.isInteger(offset) && offset >= 0 && offset < 1_000_000))).toEqual(
      [],
    )
    // Random values: 10^6 (1 - e^-0.1) = 95,163 are distinct, with a standard deviation of about 65.
    expect(distinct.size).toBeGreaterThan(94_700)
    expect(distinct.size).toBeLessThan(95_600)
    // Chi-squared with 999 degrees of freedom: 999, with a standard deviation of 45.
    const chiSquared = buckets.reduce((sum, count) => sum + (count - 100) ** 2 / 100, 0)
    expect(chiSquared).toBeGreaterThan(999 - 5 * 45)
    expect(chiSquared).toBeLessThan(999 + 5 * 45)
  }, 30_000)
})

test.each([
  [0, 0, 0, 0n],
  [1, 0, 0, 1_000_000n],
  [1, 999_999, 0, 1_999_999n],
  [1_785_585_690_500, 123_456, 7, 1_785_585_690_500_123_463n],
  [1_785_585_690_500.4, 0, 0, 1_785_585_690_500_000_000n],
  [-1, 5, 0, -999_995n],
])('%d ms, offset %d, index %d: %d ns', (ms, offset, index, ns) => {
  expect(toTimeNs(ms, offset, index)).toBe(ns)
})
