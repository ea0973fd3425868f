import { bench, describe } from 'vitest'

const numbers = Array.from({ length: 20_000 }, (_, index) => (index * 7919) % 10_007)
const text = JSON.stringify(numbers)
const time = { time: 100 }
describe('parse', () => {
  bench('json', () => void JSON.parse(text), time)
  bench('split', () => void text.split(',').map(Number), time)
})
bench('sort', () => void numbers.toSorted(), time)
