import { describe, expect, test } from 'vitest'
import { readAnswer } from '../../../src/storage/influxdb/answer.ts'
import { mendLines } from '../../../src/storage/influxdb/conflict.ts'
import { maxCpuMs, measureCpuMs, timeoutMs } from './cpu-time.ts'

const mend = (lines: readonly string[], body: string, unsigned: 'u' | 'i' = 'u', converted = new Set<string>()) =>
  mendLines(lines, readAnswer(body), unsigned, converted)

const sentence = (field: string, measurement: string, given: string, existing: string) =>
  `input field "${field}" on measurement "${measurement}" is type ${given}, already exists as type ${existing}`
const v1 = (...said: string[]) =>
  JSON.stringify({ error: `partial write: field type conflict: ${said.join('; ')} dropped=1` })
const v2 = (...said: string[]) =>
  JSON.stringify({
    code: 'unprocessable entity',
    message: `failure writing points to database: partial write: field type conflict: ${said.join('; ')} dropped=1`,
  })
const column = (field: string, existing: string, given: string) =>
  `invalid column type for column '${field}', expected iox::column_type::${existing}, got iox::column_type::${given}`
const v3 = (...lines: [line: number, said: string][]) =>
  JSON.stringify({
    error: 'partial write of line protocol occurred',
    data: lines.map(([line, said]) => ({ original_line: 'cut', line_number: line, error_message: said })),
  })

const lines = ['a,t=1 x=1,y=2 5', 'a x="text",y=2 6', 'b x="text" 7', 'a x="only" 8']
const conflict = { measurement: 'a', field: 'x', given: 'string', existing: 'float', points: 2, isConverted: false }
const mended = {
  conflicts: [conflict],
  lines: ['a,t=1 x=1,y=2 5', 'a y=2 6', 'b x="text" 7'],
  emptied: [{ line: 'a x="only" 8', reason: 'the database stores all its fields with other types' }],
}

describe('the field that is named is taken out of the points of its measurement and type', () => {
  test.each([
    ['v1', v1(sentence('x', 'a', 'string', 'float'))],
    ['v2', v2(sentence('x', 'a', 'string', 'float'))],
    ['no JSON', `field type conflict: ${sentence('x', 'a', 'string', 'float')} dropped=2`],
    ['v3', v3([2, column('x', 'field::float', 'field::string')], [4, column('x', 'field::float', 'field::string')])],
  ])('%s', (_, answer) => {
    expect(mend(lines, answer)).toEqual(mended)
  })
})

test('several fields, of several measurements', () => {
  const answer = v1(
    sentence('x', 'a', 'string', 'float'),
    sentence('x', 'b', 'string', 'boolean'),
    sentence('y', 'a', 'float', 'integer'),
  )
  expect(mend(lines, answer)).toEqual({
    conflicts: [
      { measurement: 'a', field: 'y', given: 'float', existing: 'integer', points: 2, isConverted: true },
      conflict,
      { measurement: 'b', field: 'x', given: 'string', existing: 'boolean', points: 1, isConverted: false },
    ],
    lines: ['a,t=1 x=1,y=2i 5', 'a y=2i 6'],
    emptied: [expect.objectContaining({ line: 'b x="text" 7' }), expect.objectContaining({ line: 'a x="only" 8' })],
  })
})

describe('names are found as they are', () => {
  const go = (text: string) =>
    text.replace(/["\\]/g, '\\$&').replace(/[^ -~]/gu, (one) => {
      const code = one.codePointAt(0) ?? 0
      return code < 0x80
        ? `\\x${code.toString(16).padStart(2, '0')}`
        : code > 0xffff
          ? `\\U${code.toString(16).padStart(8, '0')}`
          : `\\u${code.toString(16).padStart(4, '0')}`
    })
  const names = ['say "hi"', 'back\\slash', 'a, b=c d', "it's", '" on measurement "m" is type float', '😀']
  /** Of line protocol. */
  const escapeKey = (name: string) => name.replace(/[,= ]/g, '\\$&')

  test.each(names)('the field %j, v1', (name) => {
    const given = [`m ${escapeKey(name)}="s",y=1 5`, 'm y=1 6']
    expect(mend(given, v1(sentence(name, 'm', 'string', 'float')), 'i')).toEqual({
      conflicts: [{ measurement: 'm', field: name, given: 'string', existing: 'float', points: 1, isConverted: false }],
      lines: ['m y=1 5', 'm y=1 6'],
      emptied: [],
    })
  })

  test.each([...names, 'src\\main.ts', 'zero\u200bwidth', 'no\u00a0break'])(
    'the field %j, quoted as Go does',
    (name) => {
      const given = [`m ${escapeKey(name)}="s",y=1 5`, 'm y=1 6']
      expect(mend(given, v2(sentence(go(name), 'm', 'string', 'float')), 'u')).toMatchObject({
        conflicts: [{ measurement: 'm', field: name, isConverted: false }],
        lines: ['m y=1 5', 'm y=1 6'],
      })
    },
  )

  test.each(names)('the field %j, v3', (name) => {
    const given = [`m ${escapeKey(name)}="s",y=1 5`, 'm y=1 6']
    expect(mend(given, v3([1, column(name, 'field::float', 'field::string')]))?.lines).toEqual(['m y=1 5', 'm y=1 6'])
  })

  test.each(['a b', 'm,n', 'say "hi"', 'back\\slash'])('the measurement %j', (name) => {
    const given = [`${name.replace(/[, ]/g, '\\$&')} x="s",y=1 5`, 'm x="s" 6']
    const { conflicts, lines } = mend(given, v2(sentence('x', name, 'string', 'float'))) ?? {}
    expect(conflicts).toEqual([
      { measurement: name, field: 'x', given: 'string', existing: 'float', points: 1, isConverted: false },
    ])
    expect(lines).toEqual([given[0]?.replace('x="s",', ''), given[1]])
  })

  test('and one that looks like it stays', () => {
    const given = ['m xx="s",x="s",x\\ x="s" 5', 'mm x="s" 6']
    expect(mend(given, v1(sentence('x', 'm', 'string', 'float')))?.lines).toEqual([
      'm x\\ x="s",xx="s" 5',
      'mm x="s" 6',
    ])
  })
})

describe('types', () => {
  test.each<[value: string, unsigned: 'u' | 'i', given: string]>([
    ['1', 'u', 'float'],
    ['1i', 'u', 'integer'],
    ['1u', 'u', 'unsigned'],
    ['"s"', 'u', 'string'],
    ['true', 'u', 'boolean'],
    // v1 is sent integers for unsigned ones, and says so.
    ['1u', 'i', 'integer'],
  ])('%s, sent with %s, is of type %s', (value, unsigned, given) => {
    const found = mend([`m x=${value},y=1 5`], v1(sentence('x', 'm', given, 'odd')), unsigned)
    expect(found?.conflicts).toEqual([
      { measurement: 'm', field: 'x', given, existing: 'odd', points: 1, isConverted: false },
    ])
    const other = given === 'float' ? 'string' : 'float'
    expect(mend([`m x=${value},y="1" 5`], v1(sentence('x', 'm', other, 'odd')), unsigned)).toBeUndefined()
  })

  test('of v3: a column that is a tag, or of which no type is said', () => {
    const given = ['m x="s",y=1 5']
    expect(mend(given, v3([1, column('x', 'tag', 'field::string')]))?.conflicts[0]?.existing).toBe('tag')
    const cut = "invalid column type for column 'x', expected iox::column_type::"
    expect(mend(given, v3([1, cut]))?.conflicts[0]).toMatchObject({ existing: undefined, points: 1 })
  })
})

test("a line of v3's answer is of one measurement: the same field of another one stays", () => {
  const given = ['a x="s",y=1 5', 'b x="s",y=1 6', 'b x="s",y=1 7']
  const found = mend(given, v3([2, column('x', 'field::float', 'field::string')]))
  expect(found?.lines).toEqual(['a x="s",y=1 5', 'b y=1 6', 'b y=1 7'])
})

describe('an answer that names nothing of these lines', () => {
  test.each([
    ['nothing', ''],
    ['something else', v1('unable to parse')],
    ['another field', v1(sentence('z', 'a', 'string', 'float'))],
    ['another measurement', v1(sentence('x', 'c', 'string', 'float'))],
    ['another type', v1(sentence('x', 'a', 'boolean', 'float'))],
    ['a conflict without a name', JSON.stringify({ error: 'field type conflict' })],
    ['a line that is not there', v3([99, column('z', 'field::float', 'field::string')])],
    ['odd JSON', '{"data":[null,1,{"line_number":"x"}],"error":"conflict"}'],
  ])('%s', (_, answer) => {
    expect(mend(lines, answer)).toBeUndefined()
  })
})

test('what is no line stays as it is', () => {
  const given = ['no line at all', 'a x="s",y=1 5']
  expect(mend(given, v1(sentence('x', 'a', 'string', 'float')))?.lines).toEqual(['no line at all', 'a y=1 5'])
})

describe('values are converted where nothing is lost, and left out otherwise', () => {
  test.each<[given: string, type: string, existing: string, sent: string]>([
    ['3i', 'integer', 'float', '3'],
    ['3', 'float', 'integer', '3i'],
    ['3.0', 'float', 'integer', '3i'],
    ['3.5', 'float', 'integer', ''],
    ['87.5', 'float', 'string', '"87.5"'],
    ['3i', 'integer', 'string', '"3"'],
    ['true', 'boolean', 'string', '"true"'],
    ['"87.5"', 'string', 'float', '87.5'],
    ['"n/a"', 'string', 'float', ''],
    ['"true"', 'string', 'boolean', 'T'],
    ['9007199254740993i', 'integer', 'float', ''],
  ])('%s, a %s where there is a %s: %j', (given, type, existing, sent) => {
    const found = mend([`m x=${given},y=1 5`], v1(sentence('x', 'm', type, existing)), 'i')
    expect(found?.conflicts).toMatchObject([{ given: type, existing, points: 1, isConverted: sent !== '' }])
    expect(found?.lines).toEqual([sent === '' ? 'm y=1 5' : `m x=${sent},y=1 5`])
  })

  test('both kinds of one field are told apart', () => {
    const found = mend(['m x="1" 5', 'm x="n/a",y=1 6', 'm x="2" 7'], v1(sentence('x', 'm', 'string', 'float')))
    expect(found?.conflicts).toMatchObject([
      { points: 2, isConverted: true },
      { points: 1, isConverted: false },
    ])
    expect(found?.lines).toEqual(['m x=1 5', 'm y=1 6', 'm x=2 7'])
  })

  test('what was converted and conflicts all the same is left out', () => {
    const converted = new Set<string>()
    const first = mend(['m x=3,y=1 5'], v1(sentence('x', 'm', 'float', 'integer')), 'i', converted)
    const second = mend(first?.lines ?? [], v1(sentence('x', 'm', 'integer', 'float')), 'i', converted)
    expect(second?.lines).toEqual(['m x=3,y=1 5'])
    const third = mend(second?.lines ?? [], v1(sentence('x', 'm', 'float', 'integer')), 'i', converted)
    expect(third?.lines).toEqual(['m y=1 5'])
  })

  test('for QuestDB, whose types have other names', () => {
    const message =
      'failed to parse line protocol:errors encountered on line(s):\nerror in line 2: table: m, column: x; cast error from protocol type: FLOAT to column type: LONG'
    const found = mend(['m y=1 4', 'm x=3,y=1 5'], JSON.stringify({ code: 'invalid', message, line: 2 }), 'i')
    expect(found?.conflicts).toMatchObject([{ given: 'float', existing: 'integer', isConverted: true }])
    expect(found?.lines).toEqual(['m y=1 4', 'm x=3i,y=1 5'])
  })
})

test.each(['input field "', '" on measurement "', 'input field "x" on measurement "m" is type '])(
  '64 KiB of %j are read in linear time',
  (part) => {
    const many = Array.from({ length: 5000 }, (_, index) => `m${index} x${index}=1 5`)
    expect(
      measureCpuMs(() => void mend(many, `partial write: field type conflict: ${part.repeat(65_536 / part.length)}`)),
    ).toBeLessThan(maxCpuMs)
  },
  timeoutMs,
)
