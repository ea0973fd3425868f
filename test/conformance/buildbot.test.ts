import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseCases } from './case.ts'
import { checkCases } from './check.ts'

const cases = parseCases(readFileSync(new URL('buildbot.json', import.meta.url), 'utf8'))
const checked = await checkCases(cases)

test('the file holds cases', () => {
  expect(checked.length).toBe(45)
})

test.each(checked)('$name', ({ differences }) => {
  expect(differences).toEqual([])
})
