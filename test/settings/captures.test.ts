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

test.each<[text: string, kinds: string[]]>([
  ['- duration\n- duration', ['duration']],
  ["- duration\n- property: {name: a, callback: '$x('}", ['duration']],
  ['- duration\n- data: {name: a, measurement: build}', ['duration']],
  ['foo: bar', ['start-time', 'end-time', 'duration', 'data']],
  ['- dura', ['start-time', 'end-time', 'duration', 'data']],
  ['[]', []],
])('with on-mistake: warn, %j leaves out what is invalid', async (text, kinds) => {
  const settings = await parseSettings(readFrom({ file: 'f.lp', captures: text, 'on-mistake': 'warn' }), runFacts)
  expect(settings.storages[0]?.rules.map(({ kind }) => kind)).toEqual(kinds)
  expect(settings.warnings).toHaveLength(text === '[]' ? 0 : 1)
})

test('with on-mistake: warn, a reserved tag and resources of the layout buildbot are left out', async () => {
  const inputs = { file: 'f.lp', 'on-mistake': 'warn' }
  const { storages } = await parseSettings(readFrom({ ...inputs, tags: 'time: x\nteam: a' }), runFacts)
  expect(storages[0]?.layout).toMatchObject({ options: { tags: [['team', 'a']] } })
  const { resources } = await parseSettings(readFrom({ ...inputs, layout: 'buildbot', resources: 'true' }), runFacts)
  expect(resources).toBeUndefined()
})
