import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findPage, findSection, readCode, root } from './pages.ts'

const page = findPage('docs/troubleshooting.md')
/** The sources, with texts as they are shown. */
const sources = globSync('src/**/*.ts', { cwd: root })
  .map((path) => readFileSync(join(root, path), 'utf8'))
  .join('\n')
  .replace(/\\(['`$])/g, '$1')
  // A text over several lines is one.
  .replace(/['`] \+\n\s*['`]/g, '')

/** What stands in the first cell of each row, but for the headings and what users see of others. */
const quoted = page.text
  .replace(findSection(page, 'No message, and no row'), '')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (message|words) \|/.test(line))
  .flatMap((line) => readCode(line.split(/(?<!\\) \| /)[0] ?? ''))

const pieces = [...new Set(quoted.flatMap((text) => text.split('…')).map((text) => text.trim()))].filter(
  // What is left between two values may be a word that says nothing.
  (piece) => piece.length > 3,
)

test('messages are quoted', () => {
  expect(pieces.length).toBeGreaterThan(80)
})

test.each(pieces)('the action says %s', (piece) => {
  // Not toContain, which would print all sources.
  expect(sources.includes(piece)).toBe(true)
})

test('a message that the action does not have would be seen', () => {
  expect(sources.includes('The moon is in the seventh house')).toBe(false)
})

test.each([
  ['the log of a phase', /log\.(?:warning|fail|error)\(\s*[`']([^`'$]{12,})/g],
  ['why GitHub tells nothing', /(?:return|ApiProblem\() ?[`'](GitHub[^`'$(]{12,})/g],
])('messages of %s are on the page', (_, pattern) => {
  const texts = [...sources.matchAll(pattern)].map(([, text = '']) => text.trim())
  expect(texts).not.toEqual([])
  expect(texts.filter((text) => !page.text.includes(text.slice(0, 30).trim()))).toEqual([])
})
