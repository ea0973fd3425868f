import { expect, test } from 'vitest'
import { parseSettings } from '../../src/settings/settings.ts'
import { readFrom, runFacts } from './inputs.ts'

const captures = `
# a comment
- start-time
- property: {name: pack_seconds, field: pack}
- {data: {regex: 'bench_.*', types: {ops: int}}}`

const parse = (text: string, known = {}) =>
  parseSettings(readFrom({ file: 'f.lp', captures: text }), { ...runFacts, ...known })

test('rules that the start of the job parsed are the same at its end, with their lines', async () => {
  const first = await parse(captures)
  const saved = JSON.parse(JSON.stringify(first.captures))
  // The text is not read: what it says would be a mistake.
  const second = await parse('- [', { captures: saved })
  const comparable = JSON.stringify(second.storages.map(({ rules }) => rules))
  expect(comparable).toBe(JSON.stringify(first.storages.map(({ rules }) => rules)))
  expect(second.storages[0]?.rules.map(({ line }) => line)).toEqual([3, 4, 5])
})

test('invalid rules are not handed on', async () => {
  const { captures: parsed } = await parse('- property: {name: 5}', { phase: 'post' })
  expect(parsed).toBeUndefined()
})

test('without rules, nothing is handed on', async () => {
  expect((await parse('')).captures).toBeUndefined()
})
