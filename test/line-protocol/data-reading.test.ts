import { describe, expect, test } from 'vitest'
import { LineProtocolParser, type ParsedLine } from '../../src/line-protocol/reader.ts'

function parse(text: string): ParsedLine[] {
  const parser = new LineProtocolParser(undefined, 'data')
  return [...parser.push(text), ...parser.end()]
}

const linesAndNames = (text: string) =>
  parse(text).map((line) => [line.line, 'record' in line ? line.record.name : 'problem'])

describe('numbers as they are written', () => {
  test.each<[string, number, string | undefined]>([
    ['1', 1, undefined],
    ['0.5', 0.5, undefined],
    ['1.20', 1.2, '1.20'],
    ['+5', 5, '+5'],
    ['007', 7, '007'],
    ['12345e6', 12_345_000_000, '12345e6'],
    ['9007199254740993', 9_007_199_254_740_992, '9007199254740993'],
    ['NaN', Number.NaN, undefined],
    ['-inf', Number.NaN, '-inf'],
    ['null', Number.NaN, 'null'],
    ['1e400', Number.POSITIVE_INFINITY, '1e400'],
  ])('%s', (text, number, written) => {
    const [line] = parse(`m v=${text},w=1`)
    if (line === undefined || 'problem' in line) throw new Error(line?.problem)
    expect([line.record.fields[0]?.[1], line.record.written?.get('v')]).toEqual([number, written])
  })

  test('are those of the last of several values', () => {
    expect(parse('m v=1.20,v=2')).toMatchObject([{ record: { fields: [['v', 2]], written: new Map() } }])
  })
})

test('a field may be called time', () => {
  expect(parse('m time=1,a=2 5')).toMatchObject([
    {
      record: {
        fields: [
          ['time', 1],
          ['a', 2],
        ],
        timeNs: 5n,
      },
    },
  ])
})

test('a byte order mark before any line is skipped', () => {
  expect(linesAndNames('\uFEFFa v=1\n\uFEFFb v=1\n\uFEFF\n\uFEFF# c\nd v=1\uFEFF\n')).toEqual([
    [1, 'a'],
    [2, 'b'],
    [5, 'problem'],
  ])
})

test('what is not a number is told how text is written', () => {
  expect(parse('m v=83.3%')).toEqual([{ line: 1, problem: 'not a number, and text needs double quotes: "83.3%"' }])
})

test.each(['+1i', '-+1', '+', '83.3%', '0x1F', '1_000', 'nano', 'None', '١'])(
  '%s is not a number here either',
  (text) => {
    expect(parse(`m v=${text}`)).toEqual([{ line: 1, problem: expect.stringMatching(/^(not|neither) a number/) }])
  },
)
