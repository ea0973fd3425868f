import { expect, test } from 'vitest'
import { unquoteGo } from '../../../src/storage/influxdb/go-quote.ts'

test.each([
  ['plain', 'plain'],
  ['say \\"hi\\"', 'say "hi"'],
  ['src\\\\main.ts', 'src\\main.ts'],
  ['a\\u200bb\\u00a0c', 'a\u200bb\u00a0c'],
  ['\\x00\\x7f', '\0\x7f'],
  ['\\a\\b\\f\\n\\r\\t\\v', '\x07\b\f\n\r\t\v'],
  ['\\U0001F600\\U0001fae9', '😀\u{1fae9}'],
  ['\\\\u200b', '\\u200b'],
  // What is no quote of Go's stays.
  ['\\q \\x1 \\UFFFFFFFF \\', '\\q \\x1 \\UFFFFFFFF \\'],
])('%j is %j', (quoted, text) => {
  expect(unquoteGo(quoted)).toBe(text)
})
