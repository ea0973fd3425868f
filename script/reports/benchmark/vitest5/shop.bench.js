import { describe, test } from 'vitest'

const numbers = Array.from({ length: 20_000 }, (_, index) => (index * 7919) % 10_007)
const text = JSON.stringify(numbers)
const time = { time: 100 }
describe('parse', () => {
  test('text', async ({ bench }) => {
    const json = bench('json', () => void JSON.parse(text))
    await bench.compare(
      json,
      bench('split', () => void text.split(',').map(Number)),
      time,
    )
  })
})
test('numbers', async ({ bench }) => {
  await bench('sort', () => void numbers.toSorted()).run(time)
})
