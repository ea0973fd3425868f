import { expect, test } from 'vitest'
import { parseCases } from './case.ts'
import { checkCases } from './check.ts'
import { generateCases } from './generate.ts'

const seeds = [1, 20260101, 987654321]

/** As a file would hold them. */
const written = (count: number, seed: number) => parseCases(JSON.stringify({ cases: generateCases(count, seed) }))

test.each(seeds)('300 random builds and rules, seed %i', async (seed) => {
  const checked = await checkCases(written(300, seed))
  expect(checked).toHaveLength(300)
  expect(checked.filter(({ differences }) => differences.length > 0)).toEqual([])
})

test('the generated cases reach what they are for', () => {
  const cases = seeds.flatMap((seed) => generateCases(300, seed))
  const expected = cases.flatMap((one) => ('storages' in one.expect ? [one.expect] : []))
  const points = expected.flatMap(({ storages }) => storages.flat())
  const kindOf = ({ fields }: (typeof points)[number]) =>
    Object.keys(fields).find((key) => ['start-time', 'end-time', 'duration'].includes(key)) ??
    ('name' in fields && 'value' in fields ? 'property' : 'data')
  const kinds = Object.groupBy(points, kindOf)
  const counts = Object.fromEntries(Object.entries(kinds).map(([kind, found = []]) => [kind, found.length > 100]))
  expect(counts).toEqual({ 'start-time': true, 'end-time': true, duration: true, property: true, data: true })
  expect(expected.filter(({ errors }) => errors.length > 0).length).toBeGreaterThan(100)
  expect(cases.length - expected.length).toBeGreaterThan(10)
  expect(cases.filter(({ storages }) => storages.length > 1).length).toBeGreaterThan(100)
})

test('a seed gives the same cases again', () => {
  expect(generateCases(20, 5)).toEqual(generateCases(20, 5))
})
