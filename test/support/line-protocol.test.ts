import { describe, expect, test } from 'vitest'
import { parseLine, splitLines } from './line-protocol.ts'

describe('lines', () => {
  test.each([
    ['', []],
    ['a x=1 1', ['a x=1 1']],
    ['a x=1 1\nb x=1 1\n', ['a x=1 1', 'b x=1 1']],
    ['a x=1 1\n\nb x=1 1', ['a x=1 1', '', 'b x=1 1']],
    ['a x="one\ntwo\\"\n",y=1 1\nb x=1 1', ['a x="one\ntwo\\"\n",y=1 1', 'b x=1 1']],
    ['a,t="q x=1 1\nb,t=\\ "q x=1 1', ['a,t="q x=1 1', 'b,t=\\ "q x=1 1']],
    ['a x="open\nb x=1 1', ['a x="open', 'b x=1 1']],
  ])('%j', (body, lines) => {
    expect(splitLines(body)).toEqual(lines)
  })
})

describe('a line', () => {
  test('has names and values of every type, unescaped', () => {
    const line =
      'my\\ build\\,1,tag\\=key=a\\,b\\ c,path=C:\\\\ x f=1.5,i=-3i,u=7u,s="a\\"b\\\\c, d=e",t=true,e=1e3 -12'
    expect(parseLine(line)).toEqual({
      measurement: 'my build,1',
      tags: { 'tag=key': 'a,b c', path: 'C:\\ x' },
      fields: { f: 1.5, i: -3n, u: 7n, s: 'a"b\\c, d=e', t: true, e: 1000 },
      timeNs: -12n,
    })
  })

  test.each([
    ['', 'the line is empty'],
    ['# a x=1 1', 'the line is a comment, which servers pass over'],
    [',t=1 x=1 1', 'the measurement is empty'],
    ['a,t= x=1 1', 'the value of tag t is empty'],
    ['a,t x=1 1', 'the tag t has no value'],
    ['a,t=1,t=2 x=1 1', 'the tag t occurs twice'],
    ['a,time=1 x=1 1', 'a tag is named time'],
    ['a,t=1', 'there are no fields'],
    ['a,t=back\\ x=1', 'there are no fields'],
    ['a  x=1 1', 'the field key is empty'],
    ['a x=1,x=2 1', 'the field x occurs twice'],
    ['a,x=1 x=1 1', 'x is both tag and field'],
    ['a x= 1', 'the value of field x is empty or an open string'],
    ['a x="open 1', 'the value of field x is empty or an open string'],
    ['a x=NaN 1', 'the value of field x is NaN'],
    ['a x=1.5i 1', 'the value of field x is 1.5i'],
    ['a x=9223372036854775808i 1', 'the field x is out of range: 9223372036854775808'],
    ['a x=1', 'there is no time'],
    ['a x=1 1.5', 'the time is "1.5"'],
    ['a x=1 1\r', 'the time is "1\\r"'],
    ['a x=1 99999999999999999999', 'the time is out of range: 99999999999999999999'],
    [`a,t=${'x'.repeat(70_000)} x=1 1`, 'measurement and tags take 70004 bytes, more than 65535'],
  ])('%s', (line, message) => {
    expect(() => parseLine(line)).toThrow(new Error(message))
  })
})
