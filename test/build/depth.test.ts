import { expect, test } from 'vitest'
import { cutDeep, isDeep } from '../../src/build/depth.ts'
import { maxDepth } from '../../src/limits.ts'

const nestLists = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth))
const nestObjects = (depth: number): unknown => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`)

test.each([0, 1, 2, maxDepth - 1, maxDepth])('%d levels stay as they are', (depth) => {
  for (const value of [depth === 0 ? 'text' : nestLists(depth), depth === 0 ? null : nestObjects(depth)]) {
    const cut = cutDeep(value)
    expect(isDeep(value)).toBe(false)
    expect(cut.isCut).toBe(false)
    expect(cut.value).toBe(value)
  }
})

test.each([maxDepth + 1, 2000, 100_000])('of %d levels, those that are too deep become null', (depth) => {
  const lists = cutDeep(nestLists(depth))
  const objects = cutDeep({ fine: [1], deep: nestObjects(depth - 1) })
  expect([lists.isCut, objects.isCut]).toEqual([true, true])
  expect(JSON.stringify(lists.value)).toBe(`${'['.repeat(maxDepth)}null${']'.repeat(maxDepth)}`)
  const deep = `${'{"a":'.repeat(maxDepth - 1)}null${'}'.repeat(maxDepth - 1)}`
  expect(JSON.stringify(objects.value)).toBe(`{"fine":[1],"deep":${deep}}`)
  for (const { value } of [lists, objects]) expect(isDeep(value)).toBe(false)
})

test('names that JavaScript gives a meaning to are names', () => {
  const { value } = cutDeep(JSON.parse(`{"__proto__": {"a": ${JSON.stringify(nestLists(maxDepth))}}}`))
  expect(Object.keys(value)).toEqual(['__proto__'])
})
