import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { parseRecords, toLines, yieldData } from '../../src/action/yield.ts'
import { LineProtocolParser } from '../../src/line-protocol/reader.ts'
import type { Runner } from '../../src/runner/runner.ts'
import { readFrom } from '../settings/inputs.ts'
import { anyCharacter } from '../support/any-character.ts'

type Inputs = Readonly<Record<string, string>>

const linesOf = async (inputs: Inputs) => toLines(await parseRecords(readFrom({ name: 'tests', ...inputs })))
const problemsOf = (inputs: Inputs) =>
  linesOf(inputs).then(
    (lines) => `no problem: ${lines}`,
    (error: Error) => error.message,
  )

describe('data', () => {
  test.each<[what: string, data: string, lines: string]>([
    ['a map in YAML', 'passed: 10\nok: true\nnote: fine', 'tests note="fine",ok=T,passed=10\n'],
    ['a map in JSON', '{"passed": 10, "rate": 0.5}', 'tests passed=10,rate=0.5\n'],
    ['YAML in flow style', '{passed: 10}', 'tests passed=10\n'],
    ['a list in YAML', '- a: 1\n- a: 2', 'tests a=1\ntests a=2\n'],
    ['a list in JSON', '[{"a": 1},\n {"a": 2}]', 'tests a=1\ntests a=2\n'],
    ['an empty list', '[]', ''],
    ['objects, lists and nulls', 'a: {b: {c: 1}}\nl: [1, x]\nn: null', 'tests a_b_c=1,l="[1,\\"x\\"]"\n'],
    ['numbers as text', 'a: "3"\nb: \'true\'', 'tests a="3",b="true"\n'],
    ['numbers of any form', 'a: -1.5e-7\nb: 1e21\nc: 0x10', 'tests a=-1.5e-7,b=1e+21,c=16\n'],
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
        const lines = await linesOf(inputs).catch(() => undefined)
        fc.pre(lines !== undefined)
        const parser = new LineProtocolParser()
        const parsed = [...parser.push(lines ?? ''), ...parser.end()]
        expect(parsed).toEqual([
          { line: 1, record: expect.anything() },
          expect.objectContaining({ record: expect.anything() }),
        ])
        expect(parsed.every((one) => 'record' in one && one.record.timeNs === undefined)).toBe(true)
      }),
    )
  })
})

describe('problems', () => {
  test.each<[Inputs, RegExp]>([
    [{ name: '', data: 'a: 1' }, /name: is empty; say what the data is called/],
    [{ name: ' ', data: 'a: 1' }, /name: is empty/],
    [{ data: '' }, /data: is empty; it takes values such as passed: 10 \(where a step output should be/],
    [{ data: 'ten' }, /data: must be a map of values, or a list of such maps, but is "ten"/],
    [{ data: '# nothing' }, /data: must be a map of values.* but is null/],
    [{ data: '- a: 1\n- 7' }, /data, line 2: record 2 must be a map of values, but is 7/],
    [{ data: '[[{"a": 1}]]' }, /data: record 1 must be a map of values, but is \[\{"a":1\}\]/],
    [{ data: '{}' }, /data: has no values; nulls do not count/],
    [{ data: '- a: 1\n- b: null' }, /data, line 2: record 2 has no values/],
    [{ data: 'a: 1\ntime: 5' }, /data, line 2: holds "time", which is reserved by InfluxDB/],
    [{ data: 'a: .inf' }, /data: cannot be stored: it holds a number beyond 64-bit floats/],
    [{ data: '{"a": 1e999}' }, /data: cannot be stored: it holds a number/],
    [{ data: '['.repeat(20_000) + ']'.repeat(20_000) }, /data: record 1 must be a map of values, but is a list/],
    [{ data: `{"a": ${'['.repeat(20_000)}${']'.repeat(20_000)}}` }, /data: cannot be stored: it holds a list/],
    [{ data: 'a: 1\na: 2' }, /data, line 2: is not YAML: duplicated mapping key/],
    [{ data: '{"a": 1' }, /data, line 1: is not YAML/],
    [{ data: 'a: 1', tags: 'unit' }, /tags: must be a map/],
    [{ data: 'a: 1', tags: 'a: [1]' }, /tags, line 1: "a" must be text, a number or a boolean/],
    [{ data: 'a: 1', tags: 'time: 1' }, /tags, line 1: "time" is reserved by InfluxDB/],
    [{ data: 'b: 2\na: 1', tags: 'a: 1' }, /data, line 2: holds "a", which is in tags, too; leave one out/],
  ])('%j', async (inputs, message) => {
    const told = await problemsOf(inputs)
    expect(told).toMatch(/^One problem in the inputs:\n/)
    expect(told).toMatch(message)
  })

  test('are told all at once', async () => {
    const told = await problemsOf({ name: '', data: '- 1\n- time: 2', tags: '- x' })
    expect(told.split('\n').map((line) => line.trim().split(':')[0])).toEqual([
      '4 problems in the inputs',
      'name',
      'tags',
      'data, line 1',
      'data, line 2',
    ])
  })
})

describe('the step', () => {
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
    const env = path === undefined ? {} : { BUILD_STATS: path }
    await yieldData({ runner: { env, log, readInput: readFrom(inputs) } as unknown as Runner })
    return told
  }

  test('appends lines, also behind one that has no newline', async () => {
    writeFileSync(file, 'mine a=1')
    expect(await run({ name: 'tests', data: 'a: 1' })).toEqual(['info: Build Stats: 1 record of "tests" yielded.'])
    expect(await run({ name: 'tests', data: '[{"a": 2}, {"a": 3}]' })).toEqual([
      'info: Build Stats: 2 records of "tests" yielded.',
    ])
    expect(await run({ name: 'tests', data: '[]' })).toEqual(['info: Build Stats: 0 records of "tests" yielded.'])
    expect(readFileSync(file, 'utf8').split(/\n+/)).toEqual(['mine a=1', 'tests a=1', 'tests a=2', 'tests a=3', ''])
  })

  test.each([
    ['', /\$BUILD_STATS is not set: add the step `- uses: build-stats\/build-stats@v1` before this one \(see README\)/],
    ['/nowhere/data.lp', /the file of \$BUILD_STATS, \/nowhere\/data.lp, is not there: add the step/],
    [tmpdir(), /is not there: add the step/],
  ])('warns without the main step: %j', async (path, message) => {
    const told = await run({ name: 'tests', data: 'a: 1' }, path)
    expect(told).toEqual([expect.stringMatching(message)])
    expect(told[0]).toMatch(/^warning: /)
  })

  test('tells of bad inputs and of the main step in one go, and yields nothing', async () => {
    expect(await run({ data: 'a: 1' }, '')).toEqual([
      expect.stringMatching(/^warning: No data can be yielded/),
      expect.stringMatching(/^fail: One problem in the inputs:\n {2}name: is empty/),
    ])
    expect(await run({ name: 'tests', data: '[{"a": 1}, 2]' })).toEqual([expect.stringMatching(/^fail: /)])
    expect(readFileSync(file, 'utf8')).toBe('')
  })

  test('does not fail when the file cannot be written', async () => {
    expect(await run({ name: 'tests', data: 'a: 1' }, '/proc/self/status')).toEqual([
      expect.stringMatching(/^warning: The data "tests" is lost because \$BUILD_STATS cannot be written: /),
    ])
  })
})
