import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseSamples, type Sample } from '../../src/resources/sample.ts'
import { findUsage, thinUsage, toTotals, toUsage } from '../../src/resources/usage.ts'

/** Looks at a machine of four cores, five seconds apart. */
const samples: Sample[] = [
  { atMs: 1000, cpu: [100, 1000], cores: 4, memory: [10, 100], diskFree: 900, network: [0, 0], oomKills: 5 },
  { atMs: 6000, cpu: [1100, 3000], cores: 4, memory: [60, 100], diskFree: 700, network: [300, 20], oomKills: 5 },
  { atMs: 11_000, cpu: [1600, 5000], cores: 4, memory: [30, 100], diskFree: 800, network: [400, 50], oomKills: 6 },
]
const end = { clockMs: 11_500, timeMs: 1_000_000 }

test('what a whole job used', () => {
  expect(toTotals(samples)).toEqual({
    ...{ cpuMean: 0.375, cpuMax: 0.5, cores: 4, memoryMax: 60, memoryTotal: 100, diskFreeMin: 700 },
    ...{ networkReceived: 400, networkSent: 50, oomKills: 1 },
  })
})

test('what a system does not tell is left out, never zero', () => {
  const bare = samples.map(({ atMs, cores }) => ({ atMs, ...(cores !== undefined && { cores }) }))
  expect(toTotals(bare)).toEqual({ cores: 4 })
  expect(toUsage(bare, end).map((usage) => Object.keys(usage))).toEqual(Array(2).fill(['startMs', 'endMs']))
  expect(toTotals(samples.slice(0, 1))).toEqual({ cores: 4, memoryMax: 10, memoryTotal: 100, diskFreeMin: 900 })
  expect(toTotals([])).toEqual({})
})

test('times are counted back from the end of the job, by a clock that nobody sets', () => {
  expect(toUsage(samples, end)).toMatchObject([
    { startMs: 989_500, endMs: 994_500, cpu: 0.5, memory: 60, diskFree: 700, networkReceived: 300, networkSent: 20 },
    { startMs: 994_500, endMs: 999_500, cpu: 0.25, memory: 30, diskFree: 800, networkReceived: 100, networkSent: 30 },
  ])
})

test('counters that begin anew lose what was between, and nothing else', () => {
  const anew: Sample = { atMs: 16_000, cpu: [0, 10], network: [5, 2], oomKills: 0 }
  expect(toTotals([...samples, anew])).toMatchObject({
    cpuMean: 0.375,
    networkReceived: 400,
    networkSent: 50,
    oomKills: 1,
  })
})

test('the last look, soon after another, is no highest use', () => {
  const last: Sample = { atMs: 11_020, cpu: [1602, 5002] }
  expect(toTotals([...samples, last]).cpuMax).toBe(0.5)
  expect(toTotals(samples.slice(2).concat(last)).cpuMax).toBe(1)
})

describe('a step', () => {
  const usage = toUsage(samples, end)

  test('has the mean by overlap, and the highest memory of the looks within it', () => {
    expect(findUsage(usage, { startMs: 989_500, endMs: 999_500 })).toEqual({ cpuMean: 0.375, memoryMax: 60 })
    expect(findUsage(usage, { startMs: 992_000, endMs: 997_000 })).toEqual({ cpuMean: 0.375, memoryMax: 60 })
    expect(findUsage(usage, { startMs: 995_000, endMs: 999_000 })).toEqual({ cpuMean: 0.25 })
  })
  test.each([
    ['before the first look', 900_000, 980_000],
    ['mostly before it', 980_000, 990_000],
    ['of no time', 995_000, 995_000],
    ['after the last one', 1_000_000, 1_000_500],
  ])('%s has nothing', (_, startMs, endMs) => expect(findUsage(usage, { startMs, endMs })).toEqual({}))
})

test('a thinned series has the same sums, means and extremes', () => {
  const sample = fc.record({
    ...{ ms: fc.integer({ min: 1, max: 10_000 }), busy: fc.nat(100), idle: fc.integer({ min: 1, max: 100 }) },
    ...{ memory: fc.nat(1000), free: fc.nat(1000), received: fc.nat(1000) },
  })
  fc.assert(
    fc.property(fc.array(sample, { minLength: 2, maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (steps, most) => {
      const [at, cpu, network] = [{ ms: 0 }, [0, 0] as [number, number], { received: 0 }]
      const made = steps.map(({ ms, busy, idle, memory, free, received }): Sample => {
        at.ms += ms
        cpu[0] += busy
        cpu[1] += busy + idle
        network.received += received
        return { atMs: at.ms, cpu: [...cpu], memory: [memory, 1000], diskFree: free, network: [network.received, 0] }
      })
      const usage = toUsage(made, { clockMs: at.ms, timeMs: 1e9 })
      const thin = thinUsage(usage, most)
      expect(thin.length).toBeLessThanOrEqual(most)
      const sum = (parts: typeof usage) => parts.reduce((total, part) => total + (part.networkReceived ?? 0), 0)
      expect(sum(thin)).toBe(sum(usage))
      expect(Math.max(...thin.map((part) => part.memory ?? 0))).toBe(Math.max(...usage.map((part) => part.memory ?? 0)))
      expect(Math.min(...thin.map((part) => part.diskFree ?? 0))).toBe(
        Math.min(...usage.map((one) => one.diskFree ?? 0)),
      )
      expect([thin[0]?.startMs, thin.at(-1)?.endMs]).toEqual([usage[0]?.startMs, usage.at(-1)?.endMs])
      const all = { startMs: usage[0]?.startMs ?? 0, endMs: usage.at(-1)?.endMs ?? 0 }
      expect(findUsage(thin, all).cpuMean).toBeCloseTo(findUsage(usage, all).cpuMean ?? -1, 9)
    }),
  )
})

describe('the file of samples', () => {
  test('comes back as it was written, but for a line that a full disk cut', () => {
    const text = samples.map((sample) => `${JSON.stringify(sample)}\n`).join('')
    expect(parseSamples(text)).toEqual(samples)
    expect(parseSamples(text.slice(0, -20))).toEqual(samples.slice(0, 2))
  })
  test('may hold whatever a step writes into it', () => {
    const hostile = ['null', '5', '[]', '{"atMs":"1"}', '{"atMs":-1}', '{"atMs":1e300}', '{"atMs":5e999}', '{']
    expect(parseSamples(hostile.join('\n'))).toEqual([])
    const odd = '{"atMs":1,"cpu":[1],"memory":["a",2],"diskFree":-1,"network":null,"oomKills":1e99,"x":1}'
    expect(parseSamples(odd)).toEqual([{ atMs: 1 }])
    expect(parseSamples('{"atMs":5}\n{"atMs":4}\n{"atMs":5}\n{"atMs":6}').map(({ atMs }) => atMs)).toEqual([5, 6])
  })
})
