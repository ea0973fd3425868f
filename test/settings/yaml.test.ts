import { describe, expect, test } from 'vitest'
import type { SettingProblem } from '../../src/settings/problem.ts'
import { type Path, parseYaml } from '../../src/settings/yaml.ts'
import { expectLinear } from '../support/linear.ts'

async function parse(text: string) {
  const problems: SettingProblem[] = []
  const yaml = await parseYaml('captures', text, problems)
  return { value: yaml?.value, lineOf: yaml?.lineOf ?? (() => undefined), problems }
}

describe('values', () => {
  test.each<[string, unknown]>([
    ['a: 1', { a: 1 }],
    ['{"a": [1, "x", null, true]}', { a: [1, 'x', null, true] }],
    ['- a\n- b: c', ['a', { b: 'c' }]],
    ['', null],
    ['# nothing', null],
    ['no', 'no'],
    ["regex: 'a\\d+'", { regex: 'a\\d+' }],
    ['a: |\n  two\n  lines', { a: 'two\nlines\n' }],
    ['a: &x 1\nb: *x', { a: 1, b: 1 }],
    ['\uFEFFa: 1', { a: 1 }],
    ['a: 1\r\nb: 2\r\n', { a: 1, b: 2 }],
  ])('%j', async (text, value) => {
    expect(await parse(text)).toMatchObject({ value, problems: [] })
  })

  test('a key __proto__ is a key', async () => {
    const { value } = await parse('__proto__: {polluted: true}')
    expect(Object.keys(value as object)).toEqual(['__proto__'])
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })
})

describe('lines', () => {
  const text =
    '# first\n- start-time\n\n- property:\n    name: a\n    list:\n      - x\n      - y\n- {duration: {field: b,\n  builder: c}}\n'

  test.each<[Path, number | undefined]>([
    [[0], 2],
    [[1], 4],
    [[1, 'property'], 4],
    [[1, 'property', 'name'], 5],
    [[1, 'property', 'list'], 6],
    [[1, 'property', 'list', 1], 8],
    [[1, 'property', 'missing'], 4],
    [[1, 'property', 'list', 5], 6],
    [[2, 'duration', 'builder'], 10],
    [[9], undefined],
    [[], undefined],
  ])('%j is in line %s', async (path, line) => {
    expect((await parse(text)).lineOf(path)).toBe(line)
  })

  test('of a map, and of keys that are numbers', async () => {
    const { lineOf } = await parse('a: 1\n2: x\nb:\n  c: 2')
    expect([lineOf(['a']), lineOf(['2']), lineOf(['b', 'c'])]).toEqual([1, 2, 4])
  })
})

describe('problems', () => {
  test.each<[string, number | undefined, RegExp]>([
    ['a: 1\nb: [', 2, /^is not YAML: unexpected end of the stream within a flow collection$/],
    ['a: 1\na: 2', 2, /^is not YAML: duplicated mapping key$/],
    ['a:\n  b: 1\n  b: 2', 3, /duplicated mapping key/],
    ['{"a": 1, "a": 2}', 1, /duplicated mapping key/],
    ['a: 1\n\tb: 2', 2, /^is not YAML: .*; indent with spaces, not with tabs$/],
    ['- a\n\t- b', 2, /indent with spaces, not with tabs$/],
    ['a: *nobody', 1, /alias/],
    ['a: "open', 1, /^is not YAML: /],
    ['a: !odd x', 1, /unknown scalar tag/],
    ['a: 1\n---\nb: 2', undefined, /^holds several YAML documents; leave the line "---" out$/],
  ])('%j in line %s', async (text, line, message) => {
    const { value, problems } = await parse(text)
    expect(value).toBeUndefined()
    expect(problems).toEqual([{ input: 'captures', line, text: expect.stringMatching(message) }])
  })

  test('a tab within a value is none', async () => {
    expect(await parse('a: "x\ty"')).toMatchObject({ value: { a: 'x\ty' }, problems: [] })
  })

  test('an alias that resolves to nothing but itself is a problem', async () => {
    const { value, problems } = await parse('a: &x {b: *x}')
    expect(value).toBeUndefined()
    expect(problems).toHaveLength(1)
  })
})

describe('hostile input is refused soon', () => {
  const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]']
  for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh', 'hi'].map((pair) => [...pair])) {
    bomb.push(`${to}: &${to} [${Array(9).fill(`*${from}`).join(',')}]`)
  }

  test.each<[string, string, RegExp]>([
    ['aliases of aliases', bomb.join('\n'), /aliases exceeded/],
    ['more than one input can hold', 'x'.repeat(200_001), /^is 200001 characters long; at most 200000 are read$/],
    ['lists in lists', '['.repeat(100_000), /nesting exceeded/],
    ['maps in maps', `${'{a: '.repeat(20_000)}${'}'.repeat(20_000)}`, /nesting exceeded/],
    // It would take hours, or all memory; soon is whatever a busy machine makes of a moment.
  ])('%s', { timeout: 30_000 }, async (_, text, message) => {
    const { value, problems } = await parse(text)
    expect(value).toBeUndefined()
    expect(problems[0]?.text).toMatch(message)
  })
})

test.each<[string, toLine: (index: number) => string]>([
  ['a map', (index) => `k${index}: v`],
  ['a list', () => '- duration'],
])('much input is read, and its lines are found, in linear time: %s', async (_, toLine) => {
  const toText = (size: number) => Array.from({ length: size }, (_, index) => toLine(index)).join('\n')
  const readAll = async (text: string) => {
    const { problems, lineOf } = await parse(text)
    expect(problems).toEqual([])
    for (let index = text.split('\n').length; index >= 0; index--) lineOf([index])
  }
  await expectLinear(toText, readAll, 16_000)
})
