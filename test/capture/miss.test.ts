import { expect, test } from 'vitest'
import { explainMiss, type Miss, mergeMisses } from '../../src/capture/miss.ts'
import type { Rule } from '../../src/capture/rules.ts'
import { expectLinear } from '../support/linear.ts'

const toRule = (line: number): Rule => ({
  ...{
    kind: 'start-time',
    field: undefined,
    type: undefined,
    builder: undefined,
    callback: undefined,
    source: 'captures',
  },
  line,
})
const [one, two] = [toRule(1), toRule(2)]
const miss = (rule: Rule, reason: string, cause?: string): Miss => ({
  ...{ rule, reason, level: 'warn' },
  ...(cause === undefined ? {} : { cause }),
})
const textsOf = (misses: readonly Miss[]) => misses.map((found) => `${found.reason} ${found.more ?? 0}`)

test('misses of several reasons stay as they are', () => {
  const misses = [miss(one, 'a'), miss(two, 'a'), miss(one, 'b')]
  expect(new Set(mergeMisses(misses))).toEqual(new Set(misses))
})

test('those of one reason are one, with a count', () => {
  const merged = mergeMisses([
    miss(one, 'a: x', 'x'),
    miss(one, 'b: x', 'x'),
    miss(two, 'c: x', 'x'),
    miss(one, 'd: x', 'x'),
  ])
  expect(textsOf(merged)).toEqual(['a: x 2', 'c: x 0'])
  expect(merged.map(explainMiss)[0]).toBe(
    'start-time (captures, line 1) was not captured: a: x (and 2 more of this rule)',
  )
})

test('a rule has three reasons, the last of which counts the others', () => {
  expect(textsOf(mergeMisses(['a', 'b', 'c', 'd', 'e'].map((reason) => miss(one, reason))))).toEqual([
    'a 0',
    'b 0',
    'c 2',
  ])
})

test('what is merged again counts all', () => {
  const first = mergeMisses(['a', 'a', 'a'].map((reason) => miss(one, reason)))
  expect(textsOf(mergeMisses([...first, ...first, miss(one, 'a')]))).toEqual(['a 6'])
})

test('however many there are', async () => {
  const toInput = (size: number) => Array.from({ length: size }, (_, index) => miss(one, `${index}`))
  await expectLinear(toInput, (misses) => expect(mergeMisses(misses).length).toBe(3), 50_000)
})
