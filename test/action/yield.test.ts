import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { yieldData } from '../../src/action/yield/yield.ts'
import { LineProtocolParser } from '../../src/line-protocol/reader.ts'
import type { Runner } from '../../src/runner/runner.ts'
import { readFrom } from '../settings/inputs.ts'
import { anyCharacter } from '../support/any-character.ts'

type Inputs = Readonly<Record<string, string>>

let folder = ''
let file = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'yield-'))
  file = join(folder, 'data.lp')
})
beforeEach(() => writeFileSync(file, ''))
afterAll(() => rmSync(folder, { recursive: true }))

async function run(inputs: Inputs, path: string | undefined = file) {
  const told: string[] = []
  const tell = (level: string) => (text: string) => void told.push(`${level}: ${text}`)
  const log = { fail: tell('fail'), warning: tell('warning'), info: tell('info') }
  const env = { GITHUB_WORKSPACE: folder, ...(path === undefined ? {} : { BUILD_STATS: path }) }
  await yieldData({ runner: { env, log, readInput: readFrom(inputs) } as unknown as Runner })
  return told
}

const stored = () => readFileSync(file, 'utf8')

/** The lines that inputs become, without a warning. */
async function linesOf(inputs: Inputs): Promise<string> {
  writeFileSync(file, '')
  expect(await run({ name: 'tests', ...inputs })).toEqual([
    expect.stringMatching(/^info: Build Stats: \d+ records? of/),
  ])
  return stored()
}

/** What is reported, and what is stored all the same. */
async function problemsOf(inputs: Inputs): Promise<string> {
  writeFileSync(file, '')
  const told = await run({ name: 'tests', ...inputs })
  return told.filter((text) => !text.startsWith('info: ')).join('\n')
}

describe('data', () => {
  test.each<[what: string, data: string, lines: string]>([
    ['a map in YAML', 'passed: 10\nok: true\nnote: fine', 'tests note="fine",ok=T,passed=10\n'],
    ['a map in JSON', '{"passed": 10, "rate": 0.5}', 'tests passed=10,rate=0.5\n'],
    ['YAML in flow style', '{passed: 10}', 'tests passed=10\n'],
    ['a list in YAML', '- a: 1\n- a: 2', 'tests a=1\ntests a=2\n'],
    ['a list in JSON', '[{"a": 1},\n {"a": 2}]', 'tests a=1\ntests a=2\n'],
    ['an empty list', '[]', ''],
    ['objects, lists and nulls', 'a: {b: {c: 1}}\nl: [1, x]\nn: null', 'tests a_b_c=1,l="[1,\\"x\\"]"\n'],
    ['numbers in quotes', 'a: "3"\nb: \'true\'', 'tests a="3",b="true"\n'],
    [
      'numbers as they are written',
      'a: -1.5e-7\nb: 1.20\nc: +7\nd: .5\ne: 007',
      'tests a=-1.5e-7,b=1.20,c=+7,d=.5,e=007\n',
    ],
    ['digits of JSON', '{"id": 9007199254740993, "v": 1.20}', 'tests id=9007199254740993,v=1.20\n'],
    [
      'what only YAML takes for a value',
      'a: 12345e6\nb: 0x10\nc: 1_000\nd: True\ne: 0o7',
      'tests a="12345e6",b="0x10",c="1_000",d="True",e="0o7"\n',
    ],
    ['nothing', 'a: 1\nb: null\nc: ~\nd:', 'tests a=1\n'],
    ['a record a line', '{"a": 1}\n{"a": 2}\n', 'tests a=1\ntests a=2\n'],
    ['a byte order mark', '\uFEFF{"a": 1}', 'tests a=1\n'],
    ['a key called time', '{"time": 1785585600, "a": 1}', 'tests a=1,time=1785585600\n'],
    ['text of several lines', 'a: "x\\ny \\"z\\" \\\\"', 'tests a="x\ny \\"z\\" \\\\"\n'],
    ['signs', '"k ,=": "😀, ä="', 'tests k\\ \\,\\=="😀, ä="\n'],
    ['a key __proto__', '{"__proto__": 1}', 'tests _proto_=1\n'],
    ['what JSON escapes and YAML does not', '{"a": "\\/\\ud83d\\ude00"}', 'tests a="/😀"\n'],
    ['a key that is there twice in JSON', '{"a": 1, "a": 2}', 'tests a=2\n'],
  ])('%s', async (_, data, lines) => {
    expect(await linesOf({ data })).toBe(lines)
  })

  test('tags are text, as written, and those of every record', async () => {
    const tags = 'suite: unit\nversion: 1.20\nnone: ""\nempty:\n"a b": "c, d=\\n\\\\"'
    const all = ',a\\ b=c\\,\\ d\\=\\ ,suite=unit,version=1.20'
    expect(await linesOf({ data: '[{"a": 1}, {"a": 2}]', tags })).toBe(`tests${all} a=1\ntests${all} a=2\n`)
    expect(await linesOf({ data: 'a: 1', tags: '{"suite": "unit"}' })).toBe('tests,suite=unit a=1\n')
  })

  test.each([
    ['my tests, all', 'my\\ tests\\,\\ all a=1\n'],
    ['#1\nx\\', '_1\\ x a=1\n'],
    ['Ä 😀', 'Ä\\ 😀 a=1\n'],
  ])('the name %j is a measurement', async (name, line) => {
    expect(await linesOf({ name, data: 'a: 1' })).toBe(line)
  })

  test('whatever it holds, each record is a line that is read as one', async () => {
    const json = fc.dictionary(fc.string({ unit: anyCharacter, minLength: 1 }), fc.jsonValue({ maxDepth: 3 }), {
      minKeys: 1,
    })
    const tagMap = fc.dictionary(fc.string({ unit: anyCharacter, minLength: 1 }), fc.string({ unit: anyCharacter }))
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1 }), json, tagMap, async (name, record, tags) => {
        const inputs = { name, data: JSON.stringify([record, { last: 1 }]), tags: JSON.stringify(tags) }
        writeFileSync(file, '')
        await run({ ...inputs })
        const parser = new LineProtocolParser(undefined, 'data')
        const parsed = [...parser.push(stored()), ...parser.end()]
        expect(parsed.map(({ line }) => line)).toEqual(parsed.map((_, index) => index + 1))
        expect(parsed.every((one) => 'record' in one && one.record.timeNs === undefined)).toBe(true)
      }),
    )
  })
})

describe('problems', () => {
  test.each<[inputs: Inputs, message: RegExp, lines: string]>([
    [{ name: '', data: 'a: 1' }, /name: is empty; give the data a name/, ''],
    [{ name: ' ', data: 'a: 1' }, /name: is empty/, ''],
    [
      { data: '' },
      /data: is empty; it takes values such as passed: 10 \(if it should be a step output, check that its step ran/,
      '',
    ],
    [{ data: 'ten' }, /data: must be a map of values, or a list of such maps, but is "ten"/, ''],
    [{ data: '# nothing' }, /data: must be a map of values.* but is empty/, ''],
    [{ data: '- a: 1\n- 7' }, /data, line 2: record 2 must be a map of values, but is 7/, 'tests a=1\n'],
    [{ data: '[[{"a": 1}]]' }, /data: record 1 must be a map of values, but is \[\{"a":1\}\]/, ''],
    [{ data: '{}' }, /data: has no values other than null/, ''],
    [{ data: '- a: 1\n- b: null' }, /data, line 2: record 2 has no values/, 'tests a=1\n'],
    [
      { data: 'a: .inf\nb: 1' },
      /data, line 1: contains "a", which is \.inf, not a finite 64-bit number: it is left out/,
      'tests b=1\n',
    ],
    [{ data: '{"mean": 0.5, "rel": NaN}' }, /data: contains "rel", which is NaN, not a finite/, 'tests mean=0.5\n'],
    [{ data: '{"a": 1e999}' }, /data: contains "a", which is 1e999, not a finite/, ''],
    [
      { data: '['.repeat(20_000) + ']'.repeat(20_000) },
      /data: record 1 must be a map of values, but is .* nested too deeply$/,
      '',
    ],
    [
      { data: `{"a": ${'['.repeat(20_000)}${']'.repeat(20_000)}}` },
      /data: cannot be stored: it is nested deeper than/,
      '',
    ],
    [{ data: 'a: 1\na: 2' }, /data, line 2: is not YAML: duplicated mapping key/, ''],
    [{ data: '{"a": 1' }, /data, line 1: is not YAML/, ''],
    [{ data: '{"a": 1}\n{"a"\n{"a": 3}' }, /data, line 2: is not JSON: /, 'tests a=1\ntests a=3\n'],
    [{ data: 'a: 1', tags: 'unit' }, /tags: must be a map/, 'tests a=1\n'],
    [{ data: 'a: 1', tags: 'a: [1]' }, /tags, line 1: "a" must be text, a number or a boolean/, 'tests a=1\n'],
    [{ data: 'b: 1', tags: 'time: 1' }, /tags, line 1: "time" is reserved by InfluxDB/, 'tests b=1\n'],
    [
      { data: 'b: 2\na: 1', tags: 'a: 1' },
      /data, line 2: contains "a", which is also in tags: only the tag is stored/,
      'tests,a=1 b=2\n',
    ],
    [{ data: 'a: 1', file: 'x.json' }, /file: cannot be combined with data: give one of them/, 'tests a=1\n'],
    [{ file: 'none.json' }, /file: .*none\.json does not exist: check the path/, ''],
    [{ file: '.' }, /file: .* is not a file/, ''],
  ])('%j', async (inputs, message, lines) => {
    const told = await problemsOf(inputs)
    expect(told).toMatch(/^warning: One problem in the inputs:\n/)
    expect(told).toMatch(message)
    expect(stored()).toBe(lines)
  })

  test('are told all at once, and only the first of many', async () => {
    const told = await problemsOf({ name: '', data: '- 1\n- b', tags: '- x' })
    expect(told.split('\n').map((line) => line.trim().split(':')[0])).toEqual([
      'warning',
      'name',
      'tags',
      'data, line 1',
      'data, line 2',
    ])
    const many = await problemsOf({ data: JSON.stringify(Array(50).fill(1)) })
    expect(many.split('\n')).toHaveLength(12)
    expect(many).toMatch(/\n {2}and 40 more like these$/)
  })

  test.each<[Inputs, string | undefined]>([
    [{ data: '' }, undefined],
    [{ data: '[{"a": 1}, 2]' }, undefined],
    [{ data: '{"a": NaN}' }, undefined],
    [{ data: 'a: 1', tags: 'a: [1]' }, undefined],
    [{ data: 'a: 1' }, ''],
  ])('fail the step where fail-on-error says so: %j', async (inputs, path) => {
    const told = await run({ name: 'tests', 'fail-on-error': 'true', ...inputs }, path)
    expect(told[0]).toMatch(/^fail: /)
  })
})

describe('a file', () => {
  const write = (content: string | Buffer) => writeFileSync(join(folder, 'out.json'), content)
  const read = (inputs: Inputs = {}) => linesOf({ file: 'out.json', ...inputs })

  test.each<[what: string, content: string | Buffer, lines: string]>([
    ['a map', '{\n  "a": 1.20\n}\n', 'tests a=1.20\n'],
    ['a list', '[\n{"a": 1},\n{"a": 2}]', 'tests a=1\ntests a=2\n'],
    ['a record a line', '{"a": 1}\r\n\n{"a": 2}\n[{"a": 3}, {"a": 4}]', 'tests a=1\ntests a=2\ntests a=3\ntests a=4\n'],
    ['a byte order mark', '\uFEFF{"a": "ä"}', 'tests a="ä"\n'],
    ['UTF-16', Buffer.from('\uFEFF{"a": "ä"}\n{"a": "ö"}\n', 'utf16le'), 'tests a="ä"\ntests a="ö"\n'],
    ['UTF-16 of the other order', Buffer.from('\uFEFF{"a": "ä"}', 'utf16le').swap16(), 'tests a="ä"\n'],
  ])('%s', async (_, content, lines) => {
    write(content)
    expect(await read()).toBe(lines)
  })

  test('of any size, a record a line; a line that is not JSON costs itself', async () => {
    const line = `{"n": 1, "text": "${'ü'.repeat(300)}"}\n`
    write(`${line.repeat(15_000)}{"n"\n${line}`)
    expect(await problemsOf({ file: 'out.json' })).toMatch(
      /^warning: One problem in the inputs:\n {2}file, line 15001: is not JSON/,
    )
    expect(stored().split('\n').length - 1).toBe(15_001)
  })

  test('with a list that no line holds keeps the rest of its record', async () => {
    write(JSON.stringify({ version: '5.1', rounds: 3, benchmarks: Array(100_000).fill({ mean: 0.5 }) }))
    expect(await problemsOf({ file: 'out.json' })).toMatch(
      /file: contains "benchmarks", which has 1300001 characters: it is left out; if it is a list of records, yield the list itself$/,
    )
    expect(stored()).toBe('tests rounds=3,version="5.1"\n')
  })

  test.each([
    ['', /is empty$/],
    [' \n', /is empty$/],
    ['passed: 10\n', /is neither JSON nor one JSON value per line \(as "jq -c" writes them\): /],
    ['{\n"a": 1\n}\n{\n"a": 2\n}\n', /is neither JSON nor one JSON value per line/],
  ])('that is none: %j', async (content, message) => {
    write(content)
    expect(await problemsOf({ file: 'out.json' })).toMatch(message)
    expect(stored()).toBe('')
  })
})

describe('the step', () => {
  test('appends lines, also behind one that has no newline', async () => {
    writeFileSync(file, 'mine a=1')
    expect(await run({ name: 'tests', data: 'a: 1' })).toEqual(['info: Build Stats: 1 record of "tests" yielded.'])
    expect(await run({ name: 'tests', data: '[{"a": 2}, {"a": 3}]' })).toEqual([
      'info: Build Stats: 2 records of "tests" yielded.',
    ])
    expect(await run({ name: 'tests', data: '[]' })).toEqual(['info: Build Stats: 0 records of "tests" yielded.'])
    expect(stored().split(/\n+/)).toEqual(['mine a=1', 'tests a=1', 'tests a=2', 'tests a=3', ''])
  })

  test.each([
    ['', /\$BUILD_STATS is not set: add the step `- uses: build-stats\/build-stats@v1` before this one \(see README\)/],
    ['/nowhere/data.lp', /the file of \$BUILD_STATS, \/nowhere\/data.lp, does not exist: add the step/],
    [tmpdir(), /does not exist: add the step/],
    ['/dev/null', /^warning: The data is lost because the file of \$BUILD_STATS could not be created\.$/],
  ])('warns without the main step: %j', async (path, message) => {
    const told = await run({ name: 'tests', data: 'a: 1' }, path)
    expect(told).toEqual([expect.stringMatching(message)])
    expect(told[0]).toMatch(/^warning: /)
  })

  test('tells of bad inputs and of the main step in one go', async () => {
    expect(await run({ data: 'a: 1' }, '')).toEqual([
      expect.stringMatching(/^warning: No data can be yielded/),
      expect.stringMatching(/^warning: One problem in the inputs:\n {2}name: is empty/),
    ])
  })

  test('does not fail when the file cannot be written', async () => {
    expect(await run({ name: 'tests', data: 'a: 1' }, '/proc/self/status')).toEqual([
      expect.stringMatching(/^warning: The data "tests" is lost because \$BUILD_STATS cannot be written: /),
    ])
  })
})
