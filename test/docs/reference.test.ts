import { existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { configSchema, influxSchema, storageSchema } from '../../src/action/config-schema.ts'
import { parseRules } from '../../src/capture/parse-rules.ts'
import { ruleOptions } from '../../src/capture/rule-schema.ts'
import { defaultRules, type RuleKind } from '../../src/capture/rules.ts'
import { compareSchema } from '../../src/compare/compare-schema.ts'
import { parseComparison } from '../../src/compare/parse-comparison.ts'
import { readActionFile } from '../support/action-file.ts'
import { findPage, findSection, pages, readCode, readTable, root } from './pages.ts'

describe.each(pages)('$path', ({ path, text }) => {
  const prose = text.replace(/^```[\s\S]*?^```$/gm, '')
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link)

  test.each(links.filter((link) => !/^https:/.test(link)))('the link %s leads somewhere', (link) => {
    const [file = '', anchor] = link.split('#')
    const target = file === '' ? join(root, path) : join(root, dirname(path), file)
    expect(existsSync(target), target).toBe(true)
    if (anchor !== undefined) expect(listAnchors(findPage(relative(root, target)).text)).toContain(anchor)
  })

  test('links are either relative or https', () => {
    expect(links.filter((link) => /^\w+:/.test(link) && !link.startsWith('https:'))).toEqual([])
  })
})

describe('the inputs of the README', () => {
  const { inputs } = readActionFile(root)
  const rows = readTable(findPage('README.md').text, 'input | default').flatMap(([names = '', value = '']) =>
    readCode(names).map((name) => ({ name, value })),
  )

  test('are those of action.yml', () => {
    expect(rows.map(({ name }) => name).sort()).toEqual(inputs.map(({ name }) => name).sort())
  })

  test.each(rows)('$name has its default', ({ name, value }) => {
    const input = inputs.find((one) => one.name === name)
    expect(value).toBe(describeDefault(name, input?.default ?? ''))
  })

  /** What the table says of a default; where action.yml has none, the code may. */
  function describeDefault(name: string, value: string): string {
    if (value === `\${{ toJSON(${name}) }}`) return 'filled in'
    if (value !== '') return `\`${value}\``
    if (name === 'api') return 'from the rest'
    const times = defaultRules.filter(({ kind }) => kind !== 'data').map(({ kind }) => `\`${kind}\``)
    return name === 'captures' ? `${times.join(', ')}, all data` : ''
  }
})

test('the outputs of the README are those that the docs of action.yml name', () => {
  const names = readTable(findPage('README.md').text, 'output').flatMap(([name = '']) => readCode(name))
  expect(names).toEqual(['builder', 'start-time', 'data-file'])
})

test('the inputs of docs/replay.md are those of replay/action.yml, with their defaults', () => {
  const rows = readTable(findPage('docs/replay.md').text, 'input | default').flatMap(([names = '', value = '']) =>
    readCode(names).map((name) => [name, readCode(value)[0] ?? ''] as const),
  )
  const { inputs } = readActionFile(join(root, 'replay'))
  expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(inputs.map((input) => [input.name, input.default ?? ''])))
})

describe('the rules of docs/capture-rules.md', () => {
  const page = findPage('docs/capture-rules.md')

  test('have the keys that the parser takes', () => {
    const rows = readTable(page.text, 'rule').flatMap(([kinds = '', keys = '']) =>
      // What stands between colon and semicolon are values of a key.
      readCode(kinds).map((kind) => [kind, readCode(keys.replace(/:[^;]*;/g, ' ')).sort()] as const),
    )
    const known = Object.entries(ruleOptions).map(([kind, { entries }]) => [kind, Object.keys(entries).sort()])
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(known))
  })

  const rows = readTable(findSection(page, 'In the Buildbot layout'), 'rule').flatMap(([kinds = '', keys = '']) =>
    readCode(kinds).map((kind) => ({ kind: kind as RuleKind, keys: readCode(keys) })),
  )

  test.each(rows)('$kind has no use for the keys that the Buildbot layout refuses', ({ kind, keys }) => {
    const refused = Object.keys(ruleOptions[kind].entries).filter((key) => {
      const { problems } = parseRules([{ [kind]: { [key]: 'x' } }], () => 1, { source: 'captures', layout: 'buildbot' })
      return problems.some(({ text }) => text.includes('has no use'))
    })
    expect(refused.sort()).toEqual(keys.sort())
  })

  test('every kind of rule has a row there', () => {
    expect(rows.map(({ kind }) => kind).sort()).toEqual(Object.keys(ruleOptions).sort())
  })
})

test('the keys of docs/verdict.md are those of compare, with their defaults', () => {
  const rows = readTable(findSection(findPage('docs/verdict.md'), 'Keys'), 'key | default')
  expect(rows.flatMap(([key = '']) => readCode(key)).sort()).toEqual(Object.keys(compareSchema.entries).sort())
  const { comparison } = parseComparison(true)
  const defaults = new Map(rows.map(([key = '', value = '']) => [readCode(key)[0], readCode(value)[0]]))
  expect(Object.fromEntries(defaults)).toMatchObject({
    ...{ last: `${comparison?.last}`, 'min-builds': `${comparison?.minBuilds}` },
    ...{ branch: comparison?.branch, statistic: comparison?.statistic },
  })
})

test('the limits of docs/verdict.md are limits', () => {
  const rows = readTable(findSection(findPage('docs/verdict.md'), 'Keys'), 'value')
  const limits = rows.flatMap(([values = '']) => readCode(values))
  expect(limits.length).toBeGreaterThan(4)
  for (const limit of limits) {
    const value = limit.startsWith('{') ? { value: 512 } : limit
    expect(parseComparison({ 'warn-above': value }).problems, limit).toEqual([])
  }
})

test.each([
  ['key of the file', configSchema],
  ['key of a storage', storageSchema],
  ['key of `influxdb`', influxSchema],
])('the table "%s" of docs/config.md names the keys of the schema', (heading, { entries }) => {
  const names = readTable(findPage('docs/config.md').text, heading).flatMap(([keys = '']) => readCode(keys))
  expect(names.sort()).toEqual(Object.keys(entries).sort())
})

test.each(['StatsService', 'InfluxStorageService', 'CaptureProperty', 'CaptureBuildDuration', 'CaptureData'])(
  'docs/buildbot.md says what %s is here',
  (name) => {
    const rows = readTable(findPage('docs/buildbot.md').text, 'Buildbot | here')
    expect(rows.flatMap(([cell = '']) => readCode(cell))).toContain(name)
  },
)

/** The anchors of headings, as GitHub makes them. */
function listAnchors(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
