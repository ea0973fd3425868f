import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseCases } from './case.ts'
import { checkCases } from './check.ts'
import { documentedTypes, findTypeDifferences, parseTypes } from './types.ts'

const text = readFileSync(new URL('buildbot.json', import.meta.url), 'utf8')

describe('types', () => {
  const toCases = (value: string) =>
    `{"cases": [{"expect": {"storages": [[{"measurement": "3", "tags": {}, "fields": {"value": ${value}}}]]}}]}`
  const difference = (value: string, ours: number | bigint | string | boolean) => {
    const [[points = []] = []] = parseTypes(toCases(value))
    return findTypeDifferences(points, [{ measurement: '3', tags: [], fields: [['value', ours]], timeNs: 1n }])
  }

  test.each<[string, number | bigint | string | boolean]>([
    ['3', 3n],
    ['3.0', 3],
    ['1e3', 1000],
    ['"1.20"', '1.20'],
    ['true', true],
  ])('%s is %s', (value, ours) => {
    expect(difference(value, ours)).toEqual([])
  })

  test.each<[string, number | bigint | string | boolean, string]>([
    ['3', 3, 'integer in Buildbot, float here'],
    ['3.0', 3n, 'float in Buildbot, integer here'],
    ['"1.20"', 1.2, 'string in Buildbot, float here'],
    ['"true"', true, 'string in Buildbot, boolean here'],
    ['true', 'true', 'boolean in Buildbot, string here'],
  ])('%s is not %s', (value, ours, told) => {
    expect(difference(value, ours)).toEqual([told])
  })

  test('differ in what the page says, and in nothing else', async () => {
    const checked = await checkCases(parseCases(text), parseTypes(text))
    expect(checked.flatMap(({ differences }) => differences)).toEqual([])
    const found = new Set(checked.flatMap(({ types }) => types))
    expect([...found].filter((one) => !documentedTypes.includes(one))).toEqual([])
    expect(found).toContain('integer in Buildbot, float here')
  })
})
