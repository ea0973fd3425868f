import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { yieldData } from '../../src/action/yield/yield.ts'
import type { DataRecord, FieldValue } from '../../src/build/data.ts'
import { toFields } from '../../src/build/fields.ts'
import type { JsonObject } from '../../src/build/json.ts'
import { type ValueType, valueTypes } from '../../src/build/value-types.ts'
import { captureBuild } from '../../src/capture/capture.ts'
import { createDataShaper } from '../../src/capture/shape.ts'
import { LineProtocolParser } from '../../src/line-protocol/reader.ts'
import { csv } from '../../src/reports/json/csv.ts'
import type { Runner } from '../../src/runner/runner.ts'
import { parseProperties } from '../../src/settings/input-values.ts'
import { parseRules } from '../capture/example-rules.ts'
import { readFrom } from '../settings/inputs.ts'
import { ofLines, toLineValue, toYaml, valueTexts } from '../support/value-texts.ts'
import { exampleBuild, exampleProperties } from './example-build.ts'

const keys = valueTexts.map((_, index) => `k${index}`)
const texts = valueTexts.map(([text]) => text)
const yaml = texts.map((text, index) => `k${index}: ${toYaml(text)}`).join('\n')
type Values = ReadonlyMap<string, FieldValue>

/** Five ways to say the same: each gives the values that a rule of the type stores, by key. */
const ways: Record<string, (type: ValueType | undefined) => Values> = {
  'a step output': (type) => {
    const outputs = Object.fromEntries(texts.map((text, index) => [`k${index}`, text]))
    return captureProperties(exampleProperties({ steps: { s: { outputs } } }), type)
  },
  'the input properties': (type) => captureProperties(exampleProperties({ own }), type),
  'a yield step': (type) => shape(yielded, type),
  'a line': (type) =>
    shape(parseLines(keys.map((key, index) => `${key}=${toLineValue(texts[index] ?? '')}`).join()), type),
  'a table': (type) => {
    const records: JsonObject[] = []
    const parser = csv.open((record) => void records.push(record))
    const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`
    parser.write(`${keys.join()}\n${texts.map(quote).join()}\n`)
    parser.end()
    return shape(
      records.map((record) => ({ name: 'd', tags: [], ...toFields(record) })),
      type,
    )
  },
}

let folder = ''
let own: JsonObject = {}
let yielded: DataRecord[] = []

beforeAll(async () => {
  own = await parseProperties(yaml, [], [], [])
  folder = mkdtempSync(join(tmpdir(), 'ways-'))
  const file = join(folder, 'data.lp')
  writeFileSync(file, '')
  const log = { fail() {}, warning() {}, info() {} }
  const readInput = readFrom({ name: 'd', data: yaml })
  await yieldData({ runner: { env: { BUILD_STATS: file }, log, readInput } as unknown as Runner })
  yielded = parseLines(readFileSync(file, 'utf8').replace(/^d /, '').trim())
})
afterAll(() => rmSync(folder, { recursive: true }))

function parseLines(fields: string): DataRecord[] {
  const parser = new LineProtocolParser(undefined, 'data')
  return [...parser.push(`d ${fields}\n`), ...parser.end()].map((line) => {
    if ('problem' in line) throw new Error(line.problem)
    return line.record
  })
}

function captureProperties(properties: ReturnType<typeof exampleProperties>, type: ValueType | undefined): Values {
  const { rules } = parseRules(
    keys.map((name) => ({ property: { name, ...(type && { type }) } })),
    () => 1,
  )
  const { captured } = captureBuild(exampleBuild({ properties }), rules)
  return new Map(captured.flatMap((one) => ('name' in one ? [[one.name, one.value] as const] : [])))
}

function shape(records: readonly DataRecord[], type: ValueType | undefined): Values {
  const types = type === undefined ? {} : { types: Object.fromEntries(keys.map((key) => [key, type])) }
  const [rule] = parseRules([{ data: { name: 'd', ...types } }], () => 1).rules
  if (rule?.kind !== 'data') throw new Error('not a rule for data')
  const shaper = createDataShaper()
  return new Map(records.flatMap((record) => shaper.shape({ rule, record })?.record.fields ?? []))
}

test('there are at least 60 texts, each once', () => {
  expect(new Set(texts).size).toBe(texts.length)
  expect(texts.length).toBeGreaterThanOrEqual(60)
})

const names = Object.keys(ways)

describe.each(names)('%s', (way) => {
  test('stores each text as the table says', () => {
    const values = ways[way]?.(undefined)
    const expected = valueTexts.map(([text, value]) => [
      text,
      way === 'a line' && ofLines.has(text) ? ofLines.get(text) : value,
    ])
    expect(texts.map((text, index) => [text, values?.get(`k${index}`)])).toEqual(expected)
  })

  test.each(valueTypes)('stores as %s what every other way stores', (type) => {
    const [values, first] = [way, names[0] ?? ''].map((one) => ways[one]?.(type))
    // A number that is not finite is left out before it is yielded, and a boolean of a line is one; a table's null is nothing.
    const isOwn = (text: string) =>
      type === 'string' &&
      way !== names[1] &&
      (/nan|inf|e999|null|e400|e4567/i.test(text) || /^(true|false)$/i.test(text))
    for (const [index, text] of texts.entries()) {
      if (!isOwn(text)) expect([text, values?.get(`k${index}`)]).toEqual([text, first?.get(`k${index}`)])
    }
  })
})
