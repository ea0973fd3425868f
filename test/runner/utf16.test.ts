import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Utf16Lines } from '../../src/runner/utf16.ts'

function read(bytes: Buffer, sizes: readonly number[] = [bytes.length]): string {
  const lines = new Utf16Lines()
  const parts: Buffer[] = []
  for (let at = 0, index = 0; at < bytes.length; index++) {
    const size = Math.max(1, sizes[index % sizes.length] ?? bytes.length)
    parts.push(lines.push(bytes.subarray(at, at + size)))
    at += size
  }
  return Buffer.concat([...parts, lines.end()]).toString()
}

type Encoding = 'utf8' | 'powershell' | 'big-endian'

/** As the shells append: PowerShell with a mark where the file was empty, and with its own ends of lines. */
function append(file: Buffer, line: string, encoding: Encoding): Buffer {
  if (encoding === 'utf8') return Buffer.concat([file, Buffer.from(`${line}\n`)])
  const text = Buffer.from(`${file.length === 0 ? '\ufeff' : ''}${line}\r\n`, 'utf16le')
  return Buffer.concat([file, encoding === 'powershell' ? text : text.swap16()])
}
const write = (lines: readonly (readonly [string, Encoding])[]) =>
  lines.reduce<Buffer>((file, [line, encoding]) => append(file, line, encoding), Buffer.alloc(0))
const withoutEnds = (text: string) => text.replaceAll('\r\n', '\n').replace(/^\ufeff/, '')

const line = 'tests,suite=unit passed=10,failed=0'
const sizes = [[1], [2], [3], [7, 64], [1000]]

describe.each(sizes.map((size) => ({ size })))('in pieces of $size bytes', ({ size }) => {
  test.each<[string, (readonly [string, Encoding])[]]>([
    [
      'all of it',
      [
        [line, 'powershell'],
        [line, 'powershell'],
      ],
    ],
    [
      'in the middle',
      [
        [line, 'utf8'],
        [line, 'powershell'],
        [line, 'utf8'],
      ],
    ],
    [
      'at the end',
      [
        [line, 'utf8'],
        [line, 'powershell'],
      ],
    ],
    [
      'big-endian',
      [
        [line, 'utf8'],
        [line, 'big-endian'],
        [line, 'utf8'],
        [line, 'big-endian'],
      ],
    ],
    [
      'of other scripts',
      [
        ['m text="上海上"', 'powershell'],
        ['größe,ä=ö 名=1', 'powershell'],
        ['m v="😀"', 'powershell'],
      ],
    ],
    [
      'short',
      [
        ['m v=1', 'powershell'],
        ['a b=1', 'utf8'],
        ['', 'powershell'],
        ['a b=1', 'powershell'],
      ],
    ],
  ])('%s', (_name, lines) => {
    expect(withoutEnds(read(write(lines), size))).toBe(lines.map(([text]) => `${text}\n`).join(''))
  })

  test('a last line without its end, and one that another shell ends', () => {
    const open = Buffer.from(line, 'utf16le')
    expect(read(open, size)).toBe(line)
    expect(read(Buffer.concat([open, Buffer.from(`\n${line}\n`)]), size)).toBe(`${line}\n${line}\n`)
    expect(read(Buffer.concat([open, Buffer.from('\n'), write([[line, 'powershell']]).subarray(2)]), size)).toBe(
      `${line}\n${line}\r\n`,
    )
  })

  test('a line that begins in one and ends in the other costs itself', () => {
    const mixed = Buffer.concat([Buffer.from('m v="'), Buffer.from('a"\r\n', 'utf16le'), Buffer.from(`${line}\n`)])
    expect(read(mixed, size).split('\n').slice(1)).toEqual([line, ''])
  })
})

describe('UTF-8', () => {
  test('is never touched, whatever is in it', () => {
    const unit = fc.oneof(
      fc.constantFrom('a', '\n', '上', '😀', 'é', '\r\n', '\uffff', 'Ċ', '\ufeff'),
      fc.string({ unit: 'binary', maxLength: 3 }),
    )
    fc.assert(
      fc.property(fc.array(unit), fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 }), (parts, size) => {
        const text = parts.join('').replaceAll('\0', '')
        expect(read(Buffer.from(text), size)).toBe(Buffer.from(text).toString())
      }),
      { numRuns: 50 },
    )
  })

  test('nor what is neither, without NUL', () => {
    fc.assert(
      fc.property(fc.uint8Array({ min: 1, max: 0xfd }), (bytes) => {
        expect(read(Buffer.from(bytes), [3])).toBe(Buffer.from(bytes).toString())
      }),
    )
  })
})

test('lines of both, as any steps append them', () => {
  const word = fc.stringMatching(/^[a-zé上-丯😀-😏]{1,12}$/u).filter((text) => text.isWellFormed())
  const any = fc.tuple(
    fc.record({ name: fc.stringMatching(/^[a-z]{1,9}$/), text: word, value: fc.nat() }),
    fc.constantFrom<Encoding>('utf8', 'powershell'),
  )
  fc.assert(
    fc.property(fc.array(any), fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 1 }), (given, size) => {
      const lines = given.map(
        ([{ name, text, value }, encoding]) => [`${name},tag=a value=${value},text="${text}"`, encoding] as const,
      )
      expect(withoutEnds(read(write(lines), size))).toBe(lines.map(([text]) => `${text}\n`).join(''))
    }),
    { seed: 16, numRuns: 300 },
  )
})
