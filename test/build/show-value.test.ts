import { expect, test } from 'vitest'
import { showOutside, showValue } from '../../src/build/show-value.ts'

const endless: unknown[] = []
endless.push(endless)

test.each<[unknown, string, string]>([
  [null, 'empty', 'empty'],
  [undefined, 'empty', 'empty'],
  ['', '""', '""'],
  ['a "b"', '"a \\"b\\""', '"a \\"b\\""'],
  [1.5, '1.5', '1.5'],
  [{ a: 1 }, '{"a":1}', 'a map'],
  [[1], '[1]', 'a list'],
  [endless, 'a value that contains itself or is nested too deeply', 'a list'],
])('%j is shown as %s, from outside as %s', (value, shown, outside) => {
  expect([showValue(value), showOutside(value)]).toEqual([shown, outside])
})

test('a long value is cut', () => {
  expect(showValue(`${'long '.repeat(30)}`)).toMatch(/^"long (?:long )*long…$/)
})
