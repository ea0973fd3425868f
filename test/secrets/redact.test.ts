import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DataRecord, type FieldValue, Unsigned } from '../../src/build/data.ts'
import type { CallbackAnswer } from '../../src/capture/callback.ts'
import { redactAnswers, redactData, redactRecord } from '../../src/secrets/redact.ts'

const redact = (text: string) => text.replaceAll('4711hidden', '***').replaceAll('471108150', '***')

describe('secrets are taken out', () => {
  test.each<[string, given: unknown, redacted: unknown]>([
    ['text', 'a 4711hidden b', 'a *** b'],
    ['values', { a: '4711hidden' }, { a: '***' }],
    ['keys', { 'a 4711hidden': 1 }, { 'a ***': 1 }],
    ['lists', ['a', '4711hidden'], ['a', '***']],
    ['whatever is deep', { a: [{ b: { '4711hidden': ['4711hidden'] } }] }, { a: [{ b: { '***': ['***'] } }] }],
    ['a number that is one', { a: 471108150 }, { a: '***' }],
    ['a number that holds one', [4711081509], ['***9']],
    ['a number with a point', [471108150.5], ['***.5']],
  ])('of %s', (_, given, redacted) => {
    expect(redactData(given, redact)).toEqual(redacted)
  })
})

describe('the rest stays', () => {
  test.each([
    [null],
    [true],
    [0],
    [-0],
    [1.5],
    [4711],
    [12n],
    [undefined],
    [''],
    ['text'],
    [[]],
    [{}],
    [{ number: 42n, jobId: undefined, matrix: { os: 'linux', list: [1, null, false] } }],
  ])('%o', (value) => {
    expect(redactData(value, redact)).toStrictEqual(value)
  })

  test('whatever the data', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(redactData(value, (text) => text)).toStrictEqual(value)
      }),
    )
  })
})

test('what is given is not changed', () => {
  const given = Object.freeze({ a: Object.freeze(['4711hidden']) })
  expect(redactData(given, redact)).toEqual({ a: ['***'] })
  expect(given).toEqual({ a: ['4711hidden'] })
})

test('names that JavaScript gives a meaning to are names', () => {
  const given = JSON.parse('{"__proto__": {"a": "4711hidden"}, "constructor": "c"}')
  expect(Object.entries(redactData(given, redact))).toEqual([
    ['__proto__', { a: '***' }],
    ['constructor', 'c'],
  ])
})

describe('of a record', () => {
  const record: DataRecord = { name: 'n', tags: [['t', 'a']], fields: [['f', 1]], timeNs: 5n }

  test.each<[what: string, given: Partial<DataRecord>, redacted: Partial<DataRecord>]>([
    ['the name', { name: 'a 4711hidden' }, { name: 'a ***' }],
    ['tag keys', { tags: [['4711hidden', 'a']] }, { tags: [['***', 'a']] }],
    ['tags', { tags: [['t', '4711hidden']] }, { tags: [['t', '***']] }],
    ['field keys', { fields: [['4711hidden', 1]] }, { fields: [['***', 1]] }],
    ['text', { fields: [['f', 'a 4711hidden']] }, { fields: [['f', 'a ***']] }],
    ['what it was made of', { json: { a: ['4711hidden'] } }, { json: { a: ['***'] } }],
  ])('%s', (_, given, redacted) => {
    expect(redactRecord({ ...record, ...given }, redact)).toEqual({ ...record, ...redacted })
  })

  test.each<[FieldValue]>([[471108150], [471108150n], [new Unsigned(471108150n)]])('the number %o', (value) => {
    const fields = [
      ['f', value],
      ['g', 1n],
    ] as const
    expect(redactRecord({ ...record, fields }, redact).fields).toEqual([
      ['f', '***'],
      ['g', 1n],
    ])
  })

  test.each<[FieldValue]>([[1], [1n], [new Unsigned(1n)], [true], ['text']])('the rest, %o, stays', (value) => {
    const given: DataRecord = { ...record, fields: [['f', value]] }
    expect(redactRecord(given, redact)).toBe(given)
  })
})

test('what callbacks give is redacted, and no deeper than any data', async () => {
  const deep = JSON.parse('['.repeat(2000) + ']'.repeat(2000))
  const answers: CallbackAnswer[] = [
    { value: { hidden: ['a hidden b', 1] } },
    {},
    { failure: 'of hidden' },
    { value: deep },
  ]
  const run = redactAnswers(
    async () => answers,
    (text) => text.replaceAll('hidden', '***'),
  )
  expect(await run([])).toEqual([
    { value: { '***': ['a *** b', 1] } },
    {},
    { failure: 'of ***' },
    { failure: 'its result is nested deeper than 100 levels' },
  ])
})
