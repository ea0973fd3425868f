import { expect, test } from 'vitest'
import { readAhead } from '../../src/storage/read-ahead.ts'

const one = () => 1
const settle = () => new Promise((resolve) => setTimeout(resolve, 10))

/** A source that tells how many were taken from it, and whether it was closed. */
function count(total: number) {
  const seen = { made: 0, isClosed: false }
  async function* make() {
    try {
      while (seen.made < total) yield ++seen.made
    } finally {
      seen.isClosed = true
    }
  }
  return { seen, source: make() }
}

async function collect<T>(items: AsyncIterable<T>, each = async (_: T) => {}): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) {
    all.push(item)
    await each(item)
  }
  return all
}

const numbers = (length: number) => Array.from({ length }, (_, index) => index + 1)

test.each([1, 2, 7, 1000])('all comes in its order, where %d may wait', async (most) => {
  const { source, seen } = count(100)
  expect(await collect(readAhead(source, one, most))).toEqual(numbers(100))
  expect(seen.isClosed).toBe(true)
})

test('of a source that is slower than its consumer, too', async () => {
  async function* slow() {
    for (const item of numbers(5)) {
      await settle()
      yield item
    }
  }
  expect(await collect(readAhead(slow(), one, 2))).toEqual(numbers(5))
})

test('of a source without anything there is nothing', async () => {
  expect(await collect(readAhead(count(0).source, one, 2))).toEqual([])
})

test('it reads ahead as far as it may, and no further', async () => {
  const { source, seen } = count(100)
  const ahead: number[] = []
  await collect(readAhead(source, one, 10), async (item) => {
    await settle()
    ahead.push(seen.made - item)
  })
  expect(Math.max(...ahead)).toBe(10)
  expect(ahead.slice(0, 80).every((made) => made >= 9)).toBe(true)
})

test('sizes count, not items; what is larger than may wait comes all the same', async () => {
  async function* sizes() {
    yield* [5, 100, 5, 5]
  }
  expect(await collect(readAhead(sizes(), (size) => size, 10))).toEqual([5, 100, 5, 5])
})

test('nothing is read before the consumer asks', async () => {
  const { source, seen } = count(3)
  const reading = readAhead(source, one, 10)
  await settle()
  expect(seen.made).toBe(0)
  expect(await collect(reading)).toEqual([1, 2, 3])
})

test('what goes wrong in the source is thrown behind what came before it', async () => {
  async function* fail() {
    yield* [1, 2]
    throw new Error('reading failed')
  }
  const seen: number[] = []
  const reading = collect(readAhead(fail(), one, 10), async (item) => {
    await settle()
    seen.push(item)
  })
  await expect(reading).rejects.toThrow('reading failed')
  expect(seen).toEqual([1, 2])
})

test.each([1, 3, 1000])('a consumer that stops early closes the source, where %d may wait', async (most) => {
  const { source, seen } = count(100_000)
  for await (const item of readAhead(source, one, most)) {
    await settle()
    if (item === 2) break
  }
  expect(seen.isClosed).toBe(true)
  expect(seen.made).toBeLessThan(most + 10)
})

test('a consumer that throws closes the source, and its error is what counts', async () => {
  const { source, seen } = count(100)
  const failing = collect(readAhead(source, one, 3), async () => {
    throw new Error('consumer failed')
  })
  await expect(failing).rejects.toThrow('consumer failed')
  expect(seen.isClosed).toBe(true)
})
