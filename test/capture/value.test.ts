import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FieldValue } from '../../src/build/data.ts'
import type { Json } from '../../src/build/json.ts'
import { type ValueType, valueTypes } from '../../src/capture/rules.ts'
import { toFieldValue, ValueError } from '../../src/capture/value.ts'
import { expectLinear } from '../support/linear.ts'

describe('without a type', () => {
  test.each<[Json, FieldValue]>([
    ['3', 3],
    ['3.5', 3.5],
    ['.5', 0.5],
    ['5.', 5],
    ['-0.25', -0.25],
    ['+7', 7],
    ['007', 7],
    [' 12\n', 12],
    ['1e-07', 1e-7],
    ['1.5E10', 1.5e10],
    ['.5e3', 500],
    ['2e+16', 2e16],
    ['9007199254740993', 9007199254740992],
    ['12e4567', '12e4567'],
    ['1e5', '1e5'],
    ['1.5e999', '1.5e999'],
    ['0x1F', '0x1F'],
    ['0b1', '0b1'],
    ['1_000', '1_000'],
    ['1,5', '1,5'],
    ['1.2.3', '1.2.3'],
    ['v1', 'v1'],
    ['1 2', '1 2'],
    ['-', '-'],
    ['.', '.'],
    ['e5', 'e5'],
    ['NaN', 'NaN'],
    ['Infinity', 'Infinity'],
    ['-Infinity', '-Infinity'],
    ['٣', '٣'],
    ['true', true],
    ['false', false],
    [' true ', true],
    ['True', 'True'],
    ['yes', 'yes'],
    [' text ', ' text '],
    [3, 3],
    [true, true],
    [{ a: [1, null] }, '{"a":[1,null]}'],
    [[], '[]'],
  ])('%j is %j', (value, field) => {
    expect(toFieldValue(value, undefined)).toBe(field)
  })
})

describe('with a type', () => {
  test.each<[Json, ValueType, FieldValue]>([
    ['3', 'float', 3],
    ['1e5', 'float', 100_000],
    [' 2.5 ', 'float', 2.5],
    [7, 'float', 7],
    [1e21, 'float', 1e21],
    ['3', 'int', 3n],
    ['3.0', 'int', 3n],
    ['3.', 'int', 3n],
    ['+3', 'int', 3n],
    ['-0', 'int', 0n],
    ['007', 'int', 7n],
    [42, 'int', 42n],
    ['9007199254740993', 'int', 9007199254740993n],
    ['9223372036854775807', 'int', 2n ** 63n - 1n],
    ['-9223372036854775808', 'int', -(2n ** 63n)],
    ['3', 'string', '3'],
    [1.5, 'string', '1.5'],
    ['', 'string', ''],
    [' x ', 'string', ' x '],
    [true, 'string', 'true'],
    [['a'], 'string', '["a"]'],
    ['true', 'boolean', true],
    ['FALSE', 'boolean', false],
    [' True\n', 'boolean', true],
    [false, 'boolean', false],
  ])('%j as %s is %s', (value, type, field) => {
    expect(toFieldValue(value, type)).toBe(field)
  })

  test.each<[Json, ValueType | undefined, RegExp]>([
    [null, undefined, /^is null$/],
    [null, 'string', /^is null$/],
    ['', undefined, /^is empty$/],
    [' \n', 'float', /^is empty$/],
    ['', 'int', /^is empty$/],
    ['', 'boolean', /^is empty$/],
    ['fast', 'float', /^is "fast", no finite decimal number \(type: float\)$/],
    ['1e999', 'float', /no finite decimal number/],
    ['0x10', 'float', /no finite decimal number/],
    ['Infinity', 'float', /no finite decimal number/],
    [true, 'float', /^is "true", no finite decimal number/],
    [[1], 'float', /no finite decimal number/],
    ['3.5', 'int', /^is "3\.5", no whole number \(type: int\); try type: float$/],
    ['1e3', 'int', /no whole number/],
    [1e21, 'int', /no whole number/],
    [true, 'int', /no whole number/],
    ['9223372036854775808', 'int', /more than 64 bits hold/],
    ['-9223372036854775809', 'int', /more than 64 bits hold/],
    ['1', 'boolean', /^is "1", neither true nor false \(type: boolean\)$/],
    [0, 'boolean', /neither true nor false/],
    ['yes', 'boolean', /neither true nor false/],
    ['x'.repeat(100), 'int', /^is "…", no whole number/],
  ])('%j as %s is a problem', (value, type, message) => {
    expect(() => toFieldValue(value, type)).toThrow(ValueError)
    expect(() => toFieldValue(value, type)).toThrow(message)
  })
})

const types = fc.constantFrom(undefined, ...valueTypes)

test('nothing but a ValueError is thrown, and numbers are finite', () => {
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue() as fc.Arbitrary<Json>, fc.string(), fc.double().map(String)), types, check),
    { numRuns: 2000 },
  )
})

test('a number that no JSON text has room for is a problem, not a float', () => {
  check(JSON.parse('1e999'), undefined)
  check(JSON.parse('-1e999'), 'float')
})

test('a list as deep as an output can be is text or a problem', () => {
  check(JSON.parse('['.repeat(20_000) + ']'.repeat(20_000)), undefined)
})

function check(value: Json, type: ValueType | undefined): void {
  try {
    const field = toFieldValue(value, type)
    if (typeof field === 'number') expect(field).toSatisfy(Number.isFinite)
    if (type === 'int') expect(field).toBeTypeOf('bigint')
    else expect(field).not.toBeTypeOf('bigint')
  } catch (error) {
    expect(error).toBeInstanceOf(ValueError)
  }
}

test.each(['1', '.', ' ', '+', '1.'])('text of many %j takes linear time', async (repeated) => {
  const toText = (size: number) => `${repeated.repeat(size)}x`
  const checkAll = (text: string) => {
    for (const type of [undefined, ...valueTypes]) check(text, type)
  }
  await expectLinear(toText, checkAll, 100_000)
})
