import { describe, expect, test } from 'vitest'
import { type FieldValue, Unsigned } from '../../../src/build/data.ts'
import { convertValue } from '../../../src/storage/influxdb/convert.ts'

const u = (value: bigint) => new Unsigned(value)

describe('what loses nothing is converted, and nothing else', () => {
  test.each<[value: FieldValue, type: string, converted: FieldValue | undefined]>([
    [3n, 'float', 3],
    [-3n, 'float', -3],
    [u(5n), 'float', 5],
    [2n ** 53n, 'float', 2 ** 53],
    [2n ** 53n + 1n, 'float', undefined],
    ['87.5', 'float', 87.5],
    ['-0.10', 'float', -0.1],
    ['1e3', 'float', 1000],
    ['9007199254740993', 'float', undefined],
    ['9007199254740992', 'float', 9007199254740992],
    ['0.1234567890123456789', 'float', undefined],
    ['1e400', 'float', undefined],
    ['n/a', 'float', undefined],
    ['', 'float', undefined],
    [' 1', 'float', undefined],
    ['NaN', 'float', undefined],
    ['87,5', 'float', undefined],
    [true, 'float', undefined],
    [3, 'integer', 3n],
    [-0, 'integer', 0n],
    [3.5, 'integer', undefined],
    [2 ** 53, 'integer', undefined],
    ['3', 'integer', 3n],
    ['3.0', 'integer', 3n],
    ['3.1', 'integer', undefined],
    ['9223372036854775807', 'integer', 2n ** 63n - 1n],
    ['9223372036854775808', 'integer', undefined],
    [u(7n), 'integer', 7n],
    [false, 'integer', undefined],
    [3n, 'unsigned', u(3n)],
    [-3n, 'unsigned', undefined],
    [3, 'unsigned', u(3n)],
    [87.5, 'string', '87.5'],
    [3n, 'string', '3'],
    [u(5n), 'string', '5'],
    [true, 'string', 'true'],
    ['true', 'boolean', true],
    ['False', 'boolean', false],
    ['yes', 'boolean', undefined],
    [1, 'boolean', undefined],
    [1, 'tag', undefined],
    [1, '', undefined],
  ])('%s as %s', (value, type, converted) => {
    expect(convertValue(value, type)).toEqual(converted)
  })
})
