import { expect, test } from 'vitest'
import type { Answer } from '../../../src/storage/influxdb/answer.ts'
import { findNamedLines } from '../../../src/storage/influxdb/named-lines.ts'
import { maxCpuMs, measureCpuMs, timeoutMs } from './cpu-time.ts'

const said = (text: string, rejected: Answer['rejected'] = []): Answer => ({ text, rejected, dropped: undefined })
const lines = [
  'm x=1 1',
  'm,_field=a x=2 2',
  `m,t=unable\\ to\\ parse\\ 'y s="it's': so" 3`,
  'm msg="a\nb" 4',
  'm x=5 5',
]

test('lines that 1.x and 2.x quote, one after the other, whatever is in them', () => {
  const text = [
    `unable to parse '${lines[1]}': cannot use reserved tag key "_field"`,
    `unable to parse '${lines[2]}': bad`,
  ].join('\n')
  const named = [
    { index: 1, reason: 'cannot use reserved tag key "_field"' },
    { index: 2, reason: 'bad' },
  ]
  expect(findNamedLines(lines, said(text))).toEqual(named)
  expect(findNamedLines(lines, said(`partial write: ${text} dropped=0 for database: ci`))).toEqual(named)
})

test('a line that is there twice is named twice', () => {
  const named = findNamedLines(['a b=1', 'c d=1', 'a b=1'], said("unable to parse 'a b=1': odd"))
  expect(named.map(({ index }) => index)).toEqual([0, 2])
})

test('lines that are given by their number', () => {
  expect(
    findNamedLines(
      lines,
      said('odd', [
        { line: 2, reason: 'r' },
        { line: 99, reason: 's' },
        { line: Number.NaN, reason: '' },
      ]),
    ),
  ).toEqual([{ index: 1, reason: 'r' }])
})

const mark = 'cannot process influx line protocol data: incorrect influx line "'
test.each([
  [
    'in its midst',
    'm msg=\\"a\\nb\\" 4\\nm x=5 5": cannot parse field value',
    [{ index: 3, reason: 'cannot parse field value' }],
  ],
  ['at its end', 'm x=5 5": odd\n', [{ index: 4, reason: 'odd' }]],
  ['of an answer that was cut', 'm,_field=a x=2 2\\nm,t=una', [{ index: 1, reason: '' }]],
  ['that was not sent', 'n x=5 5": odd', []],
])('VictoriaMetrics quotes the rest of the request from the bad line on: %s', (_, rest, named) => {
  expect(findNamedLines(lines, said(mark + rest))).toEqual(named)
})

test.each(['', 'odd', "unable to parse 'z x=1': bad", "unable to parse 'm x=1 1"])('nothing is named by %j', (text) => {
  expect(findNamedLines(lines, said(text))).toEqual([])
})

test.each(["unable to parse '", "': ", "unable to parse 'm x=1 1': ", mark])(
  '64 KiB of %j are read in linear time',
  (part) => {
    const many = Array.from({ length: 5000 }, (_, index) => `m x=1 ${index}`)
    expect(measureCpuMs(() => void findNamedLines(many, said(part.repeat(65_536 / part.length))))).toBeLessThan(
      maxCpuMs,
    )
  },
  timeoutMs,
)
