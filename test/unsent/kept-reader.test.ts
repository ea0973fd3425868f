import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { toLine } from '../../src/line-protocol/writer.ts'
import { type KeptReader, openKeptReader } from '../../src/unsent/kept-reader.ts'
import { exampleHeader, toKeptText, toUnfinishedText } from './kept-lines.ts'

let folder: string
let files: number[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'build-stats-test-'))
  files = []
})
afterEach(() => {
  for (const file of files) closeSync(file)
  rmSync(folder, { recursive: true })
})

function open(content: string | Uint8Array): KeptReader {
  const path = join(folder, `${files.length}.lp`)
  writeFileSync(path, content)
  const file = openSync(path, 'r')
  files.push(file)
  return openKeptReader(file)
}

function readAll(reader: KeptReader, size = 1000) {
  const lines: string[] = []
  const bad: { line: number; problem: string }[] = []
  for (let chunk = reader.read(size, 1e9); chunk !== undefined; chunk = reader.read(size, 1e9)) {
    lines.push(...chunk.points.map((point) => toLine(point)))
    bad.push(...chunk.bad)
  }
  return { lines, bad, isWhole: reader.isWhole, missing: reader.missing, left: reader.left }
}

function copyRest(reader: KeptReader): { text: string; lines: number } {
  let [text, lines] = ['', 0]
  reader.copyRest((bytes, count) => {
    text += Buffer.from(bytes).toString('utf8')
    lines += count
  })
  return { text, lines }
}

const whole = { isWhole: true, missing: 0, bad: [] }

test('gives what is in it, in pieces of any size, and counts what is left', () => {
  const lines = ['m f=1 1', 'm,t=a f="x\ny" 2', 'm f=3i 3', 'm f="# build-stats end {\\"lines\\":9}" 4']
  for (const size of [1, 2, 3, 100]) {
    const reader = open(toKeptText(lines))
    expect([reader.header, reader.left, reader.isAtEnd]).toEqual([{ ...exampleHeader, lines: 4 }, 4, false])
    expect(readAll(reader, size)).toEqual({ lines, ...whole, left: 0 })
    expect(reader.isAtEnd).toBe(true)
  }
})

test('what was not given is copied as it is, wherever reading stopped', () => {
  const lines = ['m f=1 1', 'm,t=a f="x\n\n# y" 2', 'm f=3i 3', 'm f="é" 4', 'm f=5 5']
  for (let given = 0; given <= lines.length; given++) {
    const reader = open(toKeptText(lines))
    for (let index = 0; index < given; index++) reader.read(1, 1e9)
    const rest = lines.slice(given)
    expect(copyRest(reader)).toEqual({ text: rest.map((line) => `${line}\n`).join(''), lines: rest.length })
  }
})

describe('a bad line costs itself', () => {
  test.each<[string, string | Uint8Array, string[], string[]]>([
    ['that is none', 'm f=1 1\nno line\nm f=2 2\n', ['m f=1 1', 'm f=2 2'], ['a field has no value: "line"']],
    ['without a time', 'm f=1\nm f=2 2\n', ['m f=2 2'], ['it has no timestamp']],
    ['with a quote that has no other half', 'm f="x 1\nm f=2 2\n', ['m f=2 2'], [expect.any(String)]],
    [
      'with a byte that is not UTF-8',
      Buffer.concat([Buffer.from('m f=1 1\nt s="'), Buffer.from([0xff]), Buffer.from('" 1\nm f="\ufffd" 2\n')]),
      ['m f=1 1', 'm f="\ufffd" 2'],
      ['it is not valid UTF-8'],
    ],
    [
      'with such a byte in the second line of a text',
      Buffer.concat([Buffer.from('t s="a\n'), Buffer.from([0xc3]), Buffer.from('" 1\nm f=2 2\n')]),
      ['m f=2 2'],
      ['it is not valid UTF-8'],
    ],
    ['half of one at the end', 'm f=1 1\nt x=2 17000', ['m f=1 1'], []],
    [
      'longer than any may be',
      `m f=1 1\nm f="${'x'.repeat(4_000_000)}" 1\nm f=2 2\n`,
      ['m f=1 1', 'm f=2 2'],
      ['longer than 1 MiB'],
    ],
  ])('%s', (_, body, lines, problems) => {
    const reader = open(Buffer.concat([Buffer.from(toUnfinishedText('')), Buffer.from(body)]))
    const found = readAll(reader)
    expect(found.lines).toEqual(lines)
    expect(found.bad.map(({ problem }) => problem)).toEqual(problems)
  })

  test('in any place, whatever its bytes', () => {
    const good = Array.from({ length: 6 }, (_, index) => `m,i=${index} f="${'é'.repeat(index)}" ${index}`)
    const broken = fc
      .uint8Array({ minLength: 1, maxLength: 12 })
      .filter((bytes) => !bytes.includes(10) && !bytes.includes(34))
    fc.assert(
      fc.property(fc.nat(6), broken, (at, bytes) => {
        const parts = good.map((line) => Buffer.from(`${line}\n`))
        parts.splice(at, 0, Buffer.concat([Buffer.from('bad '), bytes, Buffer.from('\n')]))
        const reader = open(Buffer.concat([Buffer.from(toUnfinishedText('')), ...parts]))
        expect(readAll(reader, 2).lines.filter((line) => !line.startsWith('bad'))).toEqual(good)
      }),
      { numRuns: 100 },
    )
  }, 60_000)
})

describe('half a file', () => {
  const lines = Array.from(
    { length: 8 },
    (_, index) => `m,case=c${index} f=${index},s="a\nb" 17000000000000000${10 + index}`,
  )
  const text = Buffer.from(toKeptText(lines))

  test('is never taken for a whole one, and none of its lines for another, wherever it is cut', () => {
    const headEnd = text.indexOf(10) + 1
    for (let length = headEnd; length < text.length; length++) {
      const reader = open(text.subarray(0, length))
      const { lines: found, bad, isWhole, missing } = readAll(reader)
      expect(isWhole).toBe(false)
      expect(found).toEqual(lines.slice(0, found.length))
      expect(found.length + bad.length + missing).toBe(8)
      closeSync(files.pop() ?? 0)
    }
  }, 60_000)

  test('of which nobody counted the lines says that more may be missing', () => {
    const unfinished = toKeptText(lines)
      .replace(/"lines": +8/, (count) => count.replace('8', '0'))
      .replace(/# build-stats end.*\n/, '')
    expect(readAll(open(unfinished))).toMatchObject({ isWhole: false, missing: 0, left: undefined })
  })
})

test.each([
  ['empty', ''],
  ['without a header', 'm f=1 1\n'],
  ['with a header that does not end', `# build-stats unsent ${'x'.repeat(100_000)}`],
])('what is %s is no kept file', (_, text) => {
  expect(() => open(text)).toThrow('known header')
})
