import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { redactData } from '../../src/build/redact.ts'

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
