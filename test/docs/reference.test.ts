import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ruleKinds } from '../../src/capture/rule-kinds.ts'
import { defaultRules, type RuleKind } from '../../src/capture/rules.ts'
import { compareSchema } from '../../src/compare/compare-schema.ts'
import { parseComparisons } from '../../src/compare/parse-comparison.ts'
import { configSchema, storageSchema } from '../../src/settings/config-schema.ts'
import { storageKinds } from '../../src/storage/kinds.ts'
import { parseRules } from '../capture/example-rules.ts'
import { findPage, findSection, otherPages, pages, readBlocks, readCode, readTable, root } from './pages.ts'

describe.each([...pages, ...otherPages])('$path', ({ path, text }) => {
  const prose = text.replace(/^```[\s\S]*?^```$/gm, '')
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)].map(
    ([, link, html]) => link ?? html ?? '',
  )

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

test('the README is short, and its first workflow fits on a screen', () => {
  const page = findPage('README.md')
  expect(page.text.split('\n').length).toBeLessThanOrEqual(150)
  const [first] = readBlocks(page)
  expect(first?.language).toBe('yaml')
  expect(first?.text.trim().split('\n').length).toBeLessThanOrEqual(15)
})

test('the README leads to every page, some by way of others', () => {
  const reached = new Set(['README.md'])
  for (const path of reached) {
    for (const [, link = ''] of findPage(path).text.matchAll(/\]\(([^)\s#]+\.md)/g)) {
      const target = join(dirname(path), link)
      if (pages.some((page) => page.path === target)) reached.add(target)
    }
  }
  expect([...reached].sort()).toEqual(pages.map(({ path }) => path).sort())
})

test('the default of captures is what its description says', () => {
  const rows = readTable(findPage('docs/inputs.md').text, 'input | default')
  const [, value, meaning] = rows.find(([name]) => name === '`captures`') ?? []
  const times = defaultRules.filter(({ kind }) => kind !== 'data').map(({ kind }) => `\`${kind}\``)
  expect(value).toBe('')
  expect(meaning).toContain(`${times.join(', ')} and all data`)
})

describe('the rules of docs/capture-rules.md', () => {
  const page = findPage('docs/capture-rules.md')

  test('have the keys that the parser takes', () => {
    const rows = readTable(page.text, 'rule').flatMap(([kinds = '', , keys = '']) =>
      readCode(kinds).map((kind) => [kind, readCode(keys).sort()] as const),
    )
    const known = Object.entries(ruleKinds).map(
      ([
        kind,
        {
          options: { entries },
        },
      ]) => [kind, Object.keys(entries).sort()],
    )
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(known))
  })

  const rows = readTable(findSection(page, 'In the Buildbot layout'), 'rule').flatMap(([kinds = '', keys = '']) =>
    readCode(kinds).map((kind) => ({ kind: kind as RuleKind, keys: readCode(keys) })),
  )

  test.each(rows)('$kind has no use for the keys that the Buildbot layout refuses', ({ kind, keys }) => {
    const refused = Object.keys(ruleKinds[kind].options.entries).filter((key) => {
      const { problems } = parseRules([{ [kind]: { [key]: 'x' } }], () => 1, { source: 'captures', layout: 'buildbot' })
      return problems.some(({ text }) => text.includes('is not used by'))
    })
    expect(refused.sort()).toEqual(keys.sort())
  })

  test('every kind of rule has a row there', () => {
    expect(rows.map(({ kind }) => kind).sort()).toEqual(Object.keys(ruleKinds).sort())
  })
})

test('the keys of docs/verdict.md are those of compare, with their defaults', () => {
  const rows = readTable(findSection(findPage('docs/verdict.md'), 'Keys'), 'key | default')
  expect(rows.flatMap(([key = '']) => readCode(key)).sort()).toEqual(Object.keys(compareSchema.entries).sort())
  const [comparison] = parseComparisons(true).comparisons ?? []
  const defaults = new Map(rows.map(([key = '', value = '']) => [readCode(key)[0], readCode(value)[0]]))
  expect(Object.fromEntries(defaults)).toMatchObject({
    ...{ last: `${comparison?.last}`, 'min-builds': `${comparison?.minBuilds}` },
    ...{ branch: comparison?.branch, statistic: comparison?.statistic.name, usual: comparison?.usual },
    ...{ confirm: `${comparison?.confirm}`, floor: `${comparison?.floor}s`, since: `${comparison?.since}` },
  })
})

test('the limits of docs/verdict.md are limits', () => {
  const rows = readTable(findSection(findPage('docs/verdict.md'), 'Keys'), 'value')
  const limits = rows.flatMap(([values = '']) => readCode(values))
  expect(limits.length).toBeGreaterThan(4)
  for (const limit of limits) {
    const value = limit.startsWith('{') ? { value: 512 } : limit
    expect(parseComparisons({ 'warn-above': value }).problems, limit).toEqual([])
  }
})

test.each([
  ['key of the file', configSchema],
  ['key of a storage', storageSchema],
  ['key of `influxdb`', { entries: storageKinds.influxdb.keys }],
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

test('docs/architecture.md names the folders of src, and what it names is there', () => {
  const page = findPage('docs/architecture.md')
  const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const rows = readTable(page.text, 'folder').flatMap(([name = '']) => readCode(name))
  expect(rows.toSorted()).toEqual(folders.map(({ name }) => `src/${name}`).toSorted())
  const paths = readCode(page.text.replace(/^```[\s\S]*?^```$/gm, '')).filter((code) =>
    /^\.?[\w-]+\/[\w./-]*$/.test(code),
  )
  expect(paths.length).toBeGreaterThan(15)
  for (const path of paths) {
    expect(
      [path, `src/${path}`].some((one) => existsSync(join(root, one))),
      path,
    ).toBe(true)
  }
})

test('the commands of docs/architecture.md are those of package.json', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const named = [...findPage('docs/architecture.md').text.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name)
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named))
})

/** The anchors of headings, as GitHub makes them. */
function listAnchors(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
