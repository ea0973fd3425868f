import { expect, test } from 'vitest'
import { parseSettings } from '../../src/settings/settings.ts'
import { readFrom, runFacts } from './inputs.ts'

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
