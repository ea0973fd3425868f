import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FieldValue } from '../../src/build/data.ts'
import type { Json } from '../../src/build/json.ts'
import { findNearType, toFieldValue, ValueError } from '../../src/build/value.ts'
import { type ValueType, valueTypes } from '../../src/build/value-types.ts'
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
    ['Inf.', 'Inf.'],
    ['nano', 'nano'],
    ['None', 'None'],
    ['n/a', 'n/a'],
    ['-0', -0],
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
    [`${'0'.repeat(50)}7`, 'int', 7n],
    ['1e3', 'int', 1000n],
    ['1.5E3', 'int', 1500n],
    ['1200e-2', 'int', 12n],
    ['9.223372036854775807e18', 'int', 2n ** 63n - 1n],
    ['18,794', 'int', 18_794n],
    [1e15, 'int', 10n ** 15n],
    ['18,794.12', 'float', 18_794.12],
    ['-1,000,000', 'float', -1_000_000],
    ['.5', 'float', 0.5],
    ['1.', 'float', 1],
    ['83.3%', 'percent', 83.3],
    [' 83.3 %\n', 'percent', 83.3],
    ['-5%', 'percent', -5],
    ['1,204%', 'percent', 1204],
    ['0.833', 'percent', 0.833],
    [0.833, 'percent', 0.833],
    ['2m 3.5s', 'seconds', 123.5],
    ['120ms', 'seconds', 0.12],
    ['02:03', 'seconds', 123],
    ['00:02:03', 'seconds', 123],
    ['1:02:03.5', 'seconds', 3723.5],
    ['90:00', 'seconds', 5400],
    ['PT2M3S', 'seconds', 123],
    ['P1DT0.5H', 'seconds', 88_200],
    ['P2W', 'seconds', 1_209_600],
    ['-PT2M', 'seconds', -120],
    ['12.5', 'seconds', 12.5],
    [12.5, 'seconds', 12.5],
    ['1h2m0.5s', 'seconds', 3720.5],
    ['1h 2m', 'seconds', 3720],
    ['90 min', 'seconds', 5400],
    ['2 minutes 1 second', 'seconds', 121],
    ['500\u00b5s', 'seconds', 0.0005],
    ['500\u03bcs', 'seconds', 0.0005],
    ['5 us', 'seconds', 0.000005],
    ['5ns', 'seconds', 5e-9],
    ['1e3ms', 'seconds', 1],
    ['1,200ms', 'seconds', 1.2],
    ['-2m 3s', 'seconds', -123],
    ['512', 'bytes', 512],
    ['512B', 'bytes', 512],
    ['512 bytes', 'bytes', 512],
    ['4.2 MB', 'bytes', 4_200_000],
    ['4.2MiB', 'bytes', 4.2 * 1024 ** 2],
    ['4.2M', 'bytes', 4.2 * 1024 ** 2],
    ['10KiB', 'bytes', 10_240],
    ['1,024 KB', 'bytes', 1_024_000],
    ['3kB', 'bytes', 3000],
    ['512k', 'bytes', 524_288],
    ['512Mi', 'bytes', 512 * 1024 ** 2],
    ['1.5G', 'bytes', 1.5 * 1024 ** 3],
    ['2TB', 'bytes', 2e12],
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
    [' NaN ', undefined, /^is NaN, not a finite 64-bit number$/],
    ['-Infinity', undefined, /^is .+, not a finite/],
    ['inf', undefined, /^is .+, not a finite/],
    ['.nan', undefined, /^is .+, not a finite/],
    ['1.5e999', undefined, /^is .+, not a finite/],
    ['null', undefined, /^is null$/],
    [Number.NaN, undefined, /^is NaN, not a finite/],
    [Number.NaN, 'float', /^is "NaN", not a finite decimal number \(type: float\)$/],
    ['NaN', 'seconds', /^is "NaN", not a duration/],
    ['fast', 'float', /^is "fast", not a finite decimal number \(type: float\)$/],
    ['1e999', 'float', /not a finite decimal number/],
    ['0x10', 'float', /not a finite decimal number/],
    ['Infinity', 'float', /not a finite decimal number/],
    [true, 'float', /^is "true", not a finite decimal number/],
    [[1], 'float', /not a finite decimal number/],
    ['87,5', 'float', /a comma only separates groups of three digits: write 87\.5$/],
    ['0,123', 'float', /: write 0\.123$/],
    ['1,23,456', 'float', /not a finite decimal number/],
    ['18.794,12', 'float', /: write 18794\.12$/],
    ['18\u00a0794,12', 'float', /: write 18794\.12$/],
    ['18\u202f794', 'float', /; only commas separate groups of digits: write 18794$/],
    ['18_794', 'float', /: write 18794$/],
    ["18'794.5", 'float', /: write 18794\.5$/],
    ['\u22125', 'float', /; write -5 with ASCII digits$/],
    ['\uff11\uff12', 'int', /; write 12 with ASCII digits$/],
    ['3.5', 'int', /^is "3\.5", not a whole number \(type: int\); try type: float$/],
    ['1e-3', 'int', /not a whole number/],
    ['1e19', 'int', /which does not fit in 64 bits/],
    ['1e999999999999', 'int', /which does not fit in 64 bits/],
    [1e21, 'int', /which does not fit in 64 bits/],
    [true, 'int', /not a whole number/],
    ['9223372036854775808', 'int', /which does not fit in 64 bits/],
    ['-9223372036854775809', 'int', /which does not fit in 64 bits/],
    ['1', 'boolean', /^is "1", not true or false \(type: boolean\)$/],
    [0, 'boolean', /not true or false/],
    ['yes', 'boolean', /not true or false/],
    ['x'.repeat(100), 'int', /^is "…", not a whole number/],
    ['83,3%', 'percent', /^is "83,3%", not a percentage such as 83\.3% \(type: percent\); .*: write 83\.3%$/],
    ['%83', 'percent', /not a percentage/],
    ['83 pct', 'percent', /not a percentage/],
    ['%', 'percent', /not a percentage/],
    ['2m3', 'seconds', /^is "2m3", not a duration such as/],
    ['3s 2m', 'seconds', /not a duration/],
    ['2m 3m', 'seconds', /not a duration/],
    ['02:60', 'seconds', /not a duration/],
    ['2:3', 'seconds', /not a duration/],
    ['1:2:3:4', 'seconds', /not a duration/],
    ['P1M', 'seconds', /not a duration/],
    ['PT', 'seconds', /not a duration/],
    ['5S', 'seconds', /not a duration/],
    ['s', 'seconds', /not a duration/],
    ['5m', 'bytes', /^is "5m", not a size such as/],
    ['5 b', 'bytes', /not a size/],
    ['5kb', 'bytes', /not a size/],
    ['5 MB/s', 'bytes', /not a size/],
    ['1e308 PB', 'bytes', /not a size/],
  ])('%j as %s is a problem', (value, type, message) => {
    expect(() => toFieldValue(value, type)).toThrow(ValueError)
    expect(() => toFieldValue(value, type)).toThrow(message)
  })
})

describe('numbers with their digits', () => {
  test.each<[number, string, ValueType | undefined, FieldValue]>([
    [1.2, '1.20', undefined, 1.2],
    [1.2, '1.20', 'string', '1.20'],
    [9007199254740992, '9007199254740993', 'int', 9007199254740993n],
    [9007199254740992, '9007199254740993', 'string', '9007199254740993'],
    [9007199254740992, '9007199254740993', 'float', 9007199254740992],
    [1000, '1e3', 'int', 1000n],
    [Number.NaN, 'NaN', 'string', 'NaN'],
  ])('%j, written %s, as %s is %s', (value, written, type, field) => {
    expect(toFieldValue(value, type, written)).toBe(field)
  })
})

describe('text that is nearly of a type', () => {
  test.each([
    ['83.3%', 'percent'],
    ['18,794.12', 'float'],
    ['1e5', 'float'],
    ['2m 3.5s', 'seconds'],
    ['02:03', 'seconds'],
    ['PT5S', 'seconds'],
    ['4.2 MB', 'bytes'],
    ['True', 'boolean'],
    ['87,5', { hint: 'a comma only separates groups of three digits: write 87.5' }],
    ['-1,5', { hint: 'a comma only separates groups of three digits: write -1.5' }],
    ['\uff11', { hint: 'write 1 with ASCII digits' }],
    ['n/a', undefined],
    ['v1.2.3', undefined],
    ['1.2.3', undefined],
    ['2026-08-01', undefined],
    ['0x1F', undefined],
    ['main', undefined],
    ['Pass', undefined],
    ['a1b2c3d', undefined],
    ['', undefined],
  ])('%j: %j', (text, near) => {
    expect(findNearType(text)).toEqual(near)
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
    else if (type !== undefined && type !== 'string' && type !== 'boolean') expect(field).toBeTypeOf('number')
    else expect(field).not.toBeTypeOf('bigint')
  } catch (error) {
    expect(error).toBeInstanceOf(ValueError)
  }
}

test.each(['1', '.', ' ', '+', '1.', '1m ', '1,111', '0', 'P1', ':11', '1e1'])(
  'text of many %j takes linear time',
  async (repeated) => {
    const toText = (size: number) => `${repeated.repeat(size)}x`
    const checkAll = (text: string) => {
      for (const type of [undefined, ...valueTypes]) check(text, type)
    }
    await expectLinear(toText, checkAll, 100_000)
  },
)
