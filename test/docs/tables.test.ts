import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { inputNamesPath, toInputNames } from '../../script/tables/input-names.ts'
import { fillTables, readPage, tablePages } from '../../script/tables.ts'
import { pages, root } from './pages.ts'

test.each(tablePages)('the tables of %s are what npm run tables writes', (page) => {
  const text = readPage(page)
  expect(fillTables(page, text)).toBe(text)
})

test('the names of inputs in the code are those of the action.yml files', () => {
  expect(readPage(inputNamesPath)).toBe(toInputNames())
})

test('a table that the code would write otherwise is seen', () => {
  const text = readPage('docs/inputs.md')
  const other = text.replace('| `dry-run` | `false` |', '| `dry-run` | `true` |')
  expect(other).not.toBe(text)
  expect(fillTables('docs/inputs.md', other)).toBe(text)
})

test('a table without its place, and a place without its table, are mistakes', () => {
  expect(() => fillTables('docs/replay.md', '')).toThrow('docs/replay.md has no place for inputs')
  expect(() => fillTables('docs/replay.md', '<!-- table: pets -->\n<!-- end -->')).toThrow('there is no table pets')
})

test('no page has a place that is not filled', () => {
  const places = pages.filter(({ text }) => text.includes('<!-- table:')).map(({ path }) => path)
  expect(places.toSorted()).toEqual(tablePages.toSorted())
})

// The runner takes an expression for one wherever it stands, and has no contexts for it there.
test.each(['', 'replay', 'yield', 'collect'])('no description in %s/action.yml holds an expression', (folder) => {
  const { inputs, outputs = {} } = parse(readFileSync(join(root, folder, 'action.yml'), 'utf8'))
  for (const { description } of Object.values<{ description: string }>({ ...inputs, ...outputs })) {
    expect(description).toMatch(/\.$/)
    expect(description).not.toContain('${{')
  }
})
