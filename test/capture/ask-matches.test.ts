import { expect, test } from 'vitest'
import { askMatches } from '../../src/capture/ask-matches.ts'
import type { CallbackAnswer, MatchCall } from '../../src/capture/callback.ts'
import { matchesName } from '../../src/capture/matching.ts'
import { explainMiss } from '../../src/capture/miss.ts'
import type { Rule } from '../../src/capture/rules.ts'
import { parseRules } from './example-rules.ts'

const names = ['bench_a', 'größe', 'size']

async function ask(items: unknown[], answer: (call: MatchCall) => CallbackAnswer = matchHere) {
  const { rules } = parseRules(items, () => 7)
  const calls: MatchCall[] = []
  const { known, misses } = await askMatches(
    rules,
    () => names,
    async (given) => {
      calls.push(...given)
      return given.map(answer)
    },
  )
  const matched = rules.map((rule) => names.filter((name) => matchesName(toMatch(rule), name, known)))
  return { calls: calls.map(({ name }) => name), matched, misses, texts: misses.map(explainMiss) }
}

const matchHere = ({ javascript, name }: MatchCall) => ({ value: new RegExp(javascript, 'uy').test(name) })

function toMatch(rule: Rule) {
  if (!('match' in rule) || rule.match === undefined) throw new Error('a rule without a name')
  return rule.match
}

test('nobody is asked what is known in linear time', async () => {
  const { calls, matched } = await ask([
    { property: { regex: 'b|s' } },
    { property: 'size' },
    { data: { regex: '.*' } },
  ])
  expect([calls, matched]).toEqual([[], [['bench_a', 'size'], ['size'], names]])
})

test('what needs JavaScript is asked, each name once', async () => {
  const { calls, matched, misses } = await ask([{ property: { regex: '(?!b)' } }, { steps: { regex: '\\bgr\\b' } }])
  expect(calls).toEqual([...names, 'größe'])
  expect([matched, misses]).toEqual([[['größe', 'size'], []], []])
})

test('a name that is not judged is not captured, and the rule says so once', async () => {
  const slow = (call: MatchCall) => (call.name === 'bench_a' ? matchHere(call) : { failure: 'it ran' })
  const rule = { property: { regex: '(?=b|s)', 'on-missing': 'error' } }
  const { matched, texts, misses } = await ask([rule], slow)
  expect(matched).toEqual([['bench_a']])
  expect(misses.map(({ level }) => level)).toEqual(['error'])
  expect(texts).toEqual([
    'property /(?=b|s)/ (captures, line 7) was not captured: it is not known whether the regular expression matches "größe" and 1 more name: it ran; use a regular expression without lookaround and references, which is fast',
  ])
})
