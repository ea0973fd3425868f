import { beforeEach, expect, test, vi } from 'vitest'
import { expectLinear } from './linear.ts'

/** What the clock shows: it stands still but for `work`. */
let nowMs = 0
const work = (ms: number) => {
  nowMs += ms
}
beforeEach(() => {
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => nowMs)
  return () => clock.mockRestore()
})

const same = (size: number) => size

test.each<[string, toMs: (size: number) => number]>([
  ['no time', () => 0],
  ['constant time', () => 1000],
  ['logarithmic time', (size) => 1000 * Math.log2(size)],
  ['linear time', (size) => 5 * size],
  ['little more than linear time', (size) => size * Math.log2(size)],
  ['what is too little to tell', (size) => (size / 100) ** 2],
])('%s is good enough', async (_, toMs) => {
  await expectLinear(same, (size) => work(toMs(size)), 400)
})

test.each<[string, toMs: (size: number) => number, told: string]>([
  ['quadratic', (size) => (size / 10) ** 2, 'size 25 takes 6.3 ms, size 100 100.0 ms'],
  ['exponential', (size) => 2 ** size, 'size 7 takes 128.0 ms, size 25 33554432.0 ms'],
])('%s time is not, which is seen soon', async (_, toMs, told) => {
  await expect(expectLinear(same, (size) => work(toMs(size)), 400)).rejects.toThrow(told)
})

test('inputs are made of their size, and take no time of their own', async () => {
  const sizes: number[] = []
  const toInput = (size: number) => {
    work(size ** 3)
    return 'x'.repeat(size)
  }
  await expectLinear(toInput, ({ length }) => sizes.push(length), 640)
  expect([...new Set(sizes)]).toEqual([10, 40, 160, 640])
})

test('a machine that is busy for a while is no reason', async () => {
  let runs = 0
  await expectLinear(same, (size) => work(5 * size * (++runs < 8 && runs % 2 === 1 ? 50 : 1)), 400)
  expect(runs).toBeGreaterThan(12)
})

test('compiling is no part of a small size', async () => {
  let runs = 0
  const cold = () => (++runs === 1 ? 10_000 : 0)
  await expect(expectLinear(same, (size) => work((size / 10) ** 2 + cold()), 400)).rejects.toThrow('size 25 takes')
})
