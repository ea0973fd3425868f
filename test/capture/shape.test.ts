import { describe, expect, test } from 'vitest'
import { type DataRecord, type FieldValue, Unsigned } from '../../src/build/data.ts'
import { toFields } from '../../src/build/fields.ts'
import type { JsonObject } from '../../src/build/json.ts'
import { parseJsonText } from '../../src/build/json-text.ts'
import { createDataShaper } from '../../src/capture/shape.ts'
import { parseRules } from './example-rules.ts'

const recordOf = (json: string): DataRecord => ({ name: 'd', tags: [], ...toFields(parseJsonText(json) as JsonObject) })

/** What a rule makes of records, and what it has to say. */
function shape(options: object, ...records: DataRecord[]) {
  const { rules, problems } = parseRules([{ data: { name: 'd', ...options } }], () => 3)
  expect(problems).toEqual([])
  const [rule] = rules
  if (rule?.kind !== 'data') throw new Error('not a rule for data')
  const shaper = createDataShaper()
  const shaped = records.map((record) => shaper.shape({ rule, record })?.record)
  return {
    shaped,
    fields: shaped.map((record) => record && Object.fromEntries(record.fields)),
    misses: shaper.takeMisses().map(({ reason }) => reason),
    notes: [...shaper.notes],
    unused: shaper.findUnused(),
  }
}

const shapeJson = (options: object, ...json: string[]) => shape(options, ...json.map(recordOf))

describe('types', () => {
  test.each<[json: string, types: object, fields: Record<string, FieldValue>]>([
    ['{"total": 3, "ok": true}', { total: 'int' }, { total: 3n, ok: true }],
    ['{"total": 9007199254740993}', { total: 'int' }, { total: 9007199254740993n }],
    ['{"id": 9007199254740993, "v": 1.20}', { id: 'string', v: 'string' }, { id: '9007199254740993', v: '1.20' }],
    ['{"share": "83.3%"}', { share: 'percent' }, { share: 83.3 }],
    ['{"took": "2m 3.5s", "size": "4.2 MB"}', { took: 'seconds', size: 'bytes' }, { took: 123.5, size: 4_200_000 }],
    ['{"a": {"b": "3"}}', { a_b: 'int' }, { a_b: 3n }],
    ['{"ok": "True", "l": [1]}', { ok: 'boolean', l: 'string' }, { ok: true, l: '[1]' }],
    ['{"rel": NaN, "a": 1}', { rel: 'string' }, { rel: 'NaN', a: 1 }],
  ])('%s with %j', (json, types, fields) => {
    expect(shapeJson({ types }, json)).toMatchObject({ fields: [fields], misses: [], notes: [], unused: [] })
  })

  test('integers of a line have other types, too', () => {
    const record: DataRecord = {
      name: 'd',
      tags: [],
      fields: [
        ['a', 3n],
        ['b', new Unsigned(7n)],
        ['c', 5n],
      ],
    }
    const { fields } = shape({ types: { a: 'float', b: 'int', c: 'string' } }, record)
    expect(fields).toEqual([{ a: 3, b: 7n, c: '5' }])
  })

  test('a value of another type is left out and named, the record stays', () => {
    const { fields, misses } = shapeJson(
      { types: { a: 'int', b: 'float' } },
      '{"a": "x", "b": 2}',
      '{"a": 1, "b": "87,5"}',
    )
    expect(fields).toEqual([{ b: 2 }, { a: 1n }])
    expect(misses).toEqual([
      '"a" of "d" is "x", not a whole number (type: int); try type: float',
      '"b" of "d" is "87,5", not a finite decimal number (type: float); a comma only separates groups of three digits: write 87.5',
    ])
  })

  test('a number that is not finite is left out and named; a record of such alone is none', () => {
    const { fields, misses } = shapeJson({}, '{"mean": 0.5, "rel": NaN}', '{"rel": -Infinity}', '{"x": 1e400, "y": 1}')
    expect(fields).toEqual([{ mean: 0.5 }, undefined, { y: 1 }])
    expect(misses).toEqual([
      '"rel" of "d" is NaN, not a finite 64-bit number',
      '"rel" of "d" is -Infinity, not a finite 64-bit number',
      '"x" of "d" is 1e400, not a finite 64-bit number',
    ])
  })
})

describe('tags', () => {
  test('are taken out of the fields, as they are written, behind those of the record', () => {
    const record = {
      ...recordOf('{"shard": 2, "passed": 10, "v": 1.20, "ok": true}'),
      tags: [['suite', 'unit']] as const,
    }
    const { shaped, unused } = shape({ tags: ['ok', 'shard', 'v', 'suite'] }, record)
    expect(shaped).toMatchObject([
      {
        tags: [
          ['suite', 'unit'],
          ['shard', '2'],
          ['v', '1.20'],
          ['ok', 'true'],
        ],
        fields: [['passed', 10]],
      },
    ])
    expect(unused).toEqual([])
  })

  test('with quotes as part of them are noted once', () => {
    const record: DataRecord = { name: 'd', tags: [['suite', '"unit"']], fields: [['a', 1]] }
    expect(shape({}, record, record).notes).toEqual([
      'data d (captures, line 3): the quotes around the value of the tag "suite" are stored with it: write the value of a tag without quotes',
    ])
  })
})

describe('time', () => {
  test.each([
    ['{"at": "2026-08-01T12:00:00.5Z", "a": 1}', 1785585600500000000n],
    ['{"at": 1785585600, "a": 1}', 1785585600000000000n],
    ['{"at": 1785585600.25, "a": 1}', 1785585600250000000n],
    ['{"at": 1785585600000000005, "a": 1}', 1785585600000000005n],
  ])('%s', (json, timeNs) => {
    expect(shapeJson({ time: 'at' }, json)).toMatchObject({
      shaped: [{ timeNs, fields: [['a', 1]] }],
      misses: [],
      unused: [],
    })
  })

  test('that is not one costs its record', () => {
    const { shaped, misses } = shapeJson({ time: 'at' }, '{"at": 12, "a": 1}', '{"a": 2}')
    expect(shaped).toMatchObject([undefined, { fields: [['a', 2]] }])
    expect(misses).toEqual([
      '"at" is "12", not a time: ISO 8601, or seconds, milliseconds, microseconds or nanoseconds since 1970',
    ])
  })
})

test('what a rule names and no record had is reported, once, and only where there were records', () => {
  const options = { tags: ['name', 'suite'], types: { total: 'int' }, time: 'at' }
  expect(shapeJson(options, '{"a": 1}', '{"suite": "x", "b": 1}').unused).toEqual([
    'data d (captures, line 3): no record had the key "name", which "tags" names; the key "total", which "types" names; the key "at", which "time" names.',
  ])
  expect(shapeJson(options).unused).toEqual([])
})

test('what its owner may not expect is noted, once a key', () => {
  const json = '{"took": "2m 3.5s", "n": "87,5", "id": 9007199254740993, "sha": "a1b2c3d", "q": "20"}'
  expect(shapeJson({}, json, json).notes).toEqual([
    'data d (captures, line 3): "took" is stored as text, "2m 3.5s"; "types: {took: seconds}" stores it as a number',
    'data d (captures, line 3): "n" is stored as text, "87,5"; a comma only separates groups of three digits: write 87.5',
    'data d (captures, line 3): "id" is 9007199254740993, an integer with more digits than a float can store; "types: {id: int}" or string keeps all digits',
  ])
  expect(shapeJson({ types: { took: 'string', n: 'string', id: 'int' } }, json).notes).toEqual([])
})
