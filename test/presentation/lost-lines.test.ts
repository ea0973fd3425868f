import { expect, test } from 'vitest'
import { printLostLines } from '../../src/presentation/lost-lines.ts'

function print(...storages: Parameters<typeof printLostLines>[0]) {
  const groups: [title: string, text: string][] = []
  const redact = (text: string) => text.replaceAll('a-secret', '***')
  printLostLines(storages, { printGroup: (title, text) => void groups.push([title, text]), redact })
  return groups
}

test('a storage that refused nothing has no group', () => {
  expect(print({ name: 'a', lost: 0 }, { name: 'b', lost: 2, lostLines: [] })).toEqual([])
})

test('each line has its reason, and says how many there are', () => {
  const lostLines = [
    { line: 'm x=1 1', reason: '400, "odd"' },
    { line: 'm x=2 2', reason: 'two\nlines' },
  ]
  expect(print({ name: 'a', lost: 2, lostLines }, { name: 'b', lost: 9, lostLines: lostLines.slice(1) })).toEqual([
    ['Build Stats: 2 points that a does not accept, and why', 'm x=1 1\n# 400, "odd"\nm x=2 2\n# two lines\n'],
    ['Build Stats: the first 1 of 9 points that b does not accept, and why', 'm x=2 2\n# two lines\n'],
  ])
})

test('long ones are cut, secrets before that', () => {
  const [group] = print({
    ...{ name: 'a', lost: 1 },
    lostLines: [{ line: 'm'.repeat(1e6), reason: `${'x'.repeat(495)}a-secret` }],
  })
  expect(group?.[1]).toBe(`${'m'.repeat(10_000)}\n# ${'x'.repeat(495)}***\n`)
})
