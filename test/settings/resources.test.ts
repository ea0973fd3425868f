import { expect, test } from 'vitest'
import { SettingsError } from '../../src/settings/problem.ts'
import { parseSettings } from '../../src/settings/settings.ts'
import { readFrom, runFacts } from './inputs.ts'

const parse = (resources: string, rest: Readonly<Record<string, string>> = {}, phase: 'main' | 'post' = 'main') =>
  parseSettings(readFrom({ file: 'f.lp', resources, ...rest }), { ...runFacts, phase })

test.each([
  ['', undefined],
  ['false', undefined],
  ['False', undefined],
  ['true', { everyMs: 5000, series: false }],
  [' TRUE\n', { everyMs: 5000, series: false }],
  ['{every: 2s, series: true}', { everyMs: 2000, series: true }],
  ['every: 1m', { everyMs: 60_000, series: false }],
  ['{"every": 10}', { everyMs: 10_000, series: false }],
  ['series: true', { everyMs: 5000, series: true }],
  ['every: 1500ms', { everyMs: 1500, series: false }],
])('%j', async (text, settings) => {
  expect((await parse(text)).resources).toEqual(settings)
})

const wrongTime = '"every" must be a time such as 5s, from 1s to 5m, but is'
test.each([
  ['yes please', 'resources: must be true, false or a map such as {every: 5s, series: true}, but is "yes please"'],
  ['[1]', 'resources: must be true, false or a map such as {every: 5s, series: true}, but is [1]'],
  ['every: 0.5s', `resources, line 1: ${wrongTime} "0.5s"`],
  ['series: true\nevery: 1h', `resources, line 2: ${wrongTime} "1h"`],
  ['every: [5]', `resources, line 1: ${wrongTime} [5]`],
  ['series: 2', 'resources, line 1: "series" must be true or false, but is 2'],
  ['serie: true', 'resources, line 1: "serie" is unknown; did you mean "series"?'],
  ['{', /resources.*is not YAML/],
])('%j is refused, and costs itself when the job ends', async (text, message) => {
  const error = await parse(text).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(SettingsError)
  if (typeof message === 'string') expect((error as Error).message).toContain(message)
  else expect((error as Error).message).toMatch(message)
  const { resources, warnings } = await parse(text, {}, 'post')
  expect(resources === undefined || resources.everyMs === 5000 || resources.series).toBe(true)
  expect(warnings).toHaveLength(1)
})

test('the layout buildbot has no place for it', async () => {
  const error = await parse('true', { layout: 'buildbot' }).catch((thrown: unknown) => thrown)
  expect((error as Error).message).toContain(
    'resources: has no use in the layout buildbot: leave it out, or add a storage',
  )
})
