import fc from 'fast-check'
import { anyText, nearly } from './any-text.ts'

const lines = [
  'tests,suite=unit passed=10,failed=0i,name="a b",ok=t 1767323053000000000',
  'tests passed=1u\r',
  '# a comment',
  'build a=1',
  'build_start a="x"',
  'a\\ b,c\\,d=e\\=f g="\\"h\\\\" -1',
  'tests time=1',
  'number,number=1 number=1',
  `${'x'.repeat(300)} a=1`,
]
const line = nearly(fc.constantFrom(...lines))
const bytes = fc.oneof(
  { weight: 5, arbitrary: fc.oneof(line, anyText).map((text) => Buffer.from(`${text}\n`)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array)) },
  { weight: 1, arbitrary: line.map((text) => Buffer.from(`${text}\n`, 'utf16le')) },
  { weight: 1, arbitrary: line.map((text) => Buffer.from(`${text}\n`, 'latin1')) },
)
/** Bytes, among which there are lines of line protocol, and nearly such. */
export const anyData = fc
  .tuple(fc.constantFrom('', '\ufeff', '\0'), fc.array(bytes, { maxLength: 8 }), fc.constantFrom('', '\n'))
  .map(([start, parts, end]) => Buffer.concat([Buffer.from(start), ...parts, Buffer.from(end)]))
