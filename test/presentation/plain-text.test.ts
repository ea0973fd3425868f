import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toPlainText } from '../../src/presentation/plain-text.ts'
import { anyName, toSeen } from './hostile-names.ts'

test.each([
  ['a\r\n\u0007b', 9, 'a b'],
  ['  a  b\tc ', 9, 'a  b\tc'],
  ['a\u2028b\u0085c\u0000d', 9, 'a b c d'],
  ['\ud800a\udc00', 9, '\ufffda\ufffd'],
  ['\u202egnp.exe\u202c \u2066x\u2069', 9, 'gnp.exe x'],
  ['\u200fע\u00a0b', 9, '\u200fע\u00a0b'],
  ['😀😀😀😀', 4, '😀😀😀😀'],
  ['😀 😀😀😀', 4, '😀…'],
  ['😀😀😀 😀', 4, '😀😀😀…'],
  ['a-word-of-its-own', 4, '…'],
  ['"a", "b"', 4, '"a",…'],
  [`${'\n'.repeat(1000)}a`, 4, 'a'],
])('%j in %i characters', (value, length, seen) => {
  expect(toPlainText(value, length)).toBe(seen)
})

test('any text is what a reader sees of it', () => {
  fc.assert(
    fc.property(anyName, (name) => {
      expect(toPlainText(name, 50)).toBe(toSeen(name, 50))
    }),
  )
})
