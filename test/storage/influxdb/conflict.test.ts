import { describe, expect, test } from 'vitest'
import { mendLines } from '../../../src/storage/influxdb/conflict.ts'

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
const conflict = { measurement: 'a', field: 'x', given: 'string', existing: 'float', points: 2 }
const mended = {
  conflicts: [conflict],
  lines: ['a,t=1 x=1,y=2 5', 'a y=2 6', 'b x="text" 7'],
  changed: ['a y=2 6'],
  emptied: 1,
}

describe('the field that is named is taken out of the points of its measurement and type', () => {
  test.each([
    ['v1', v1(sentence('x', 'a', 'string', 'float'))],
    ['v2', v2(sentence('x', 'a', 'string', 'float'))],
    ['no JSON', `field type conflict: ${sentence('x', 'a', 'string', 'float')} dropped=2`],
    ['v3', v3([2, column('x', 'field::float', 'field::string')], [4, column('x', 'field::float', 'field::string')])],
  ])('%s', (_, answer) => {
    expect(mendLines(lines, answer, 'u')).toEqual(mended)
  })
})

test('several fields, of several measurements', () => {
  const answer = v1(
    sentence('x', 'a', 'string', 'float'),
    sentence('x', 'b', 'string', 'boolean'),
    sentence('y', 'a', 'float', 'integer'),
  )
  expect(mendLines(lines, answer, 'u')).toEqual({
    conflicts: [
      { measurement: 'a', field: 'y', given: 'float', existing: 'integer', points: 2 },
      conflict,
      { measurement: 'b', field: 'x', given: 'string', existing: 'boolean', points: 1 },
    ],
    lines: ['a,t=1 x=1 5'],
    changed: ['a,t=1 x=1 5'],
    emptied: 3,
  })
})

describe('names are found as they are', () => {
  const names = ['say "hi"', 'back\\slash', 'a, b=c d', "it's", '" on measurement "m" is type float', '😀']
  /** Of line protocol. */
  const escapeKey = (name: string) => name.replace(/[,= ]/g, '\\$&')

  test.each(names)('the field %j, v1', (name) => {
    const given = [`m ${escapeKey(name)}="s",y=1 5`, 'm y=1 6']
    expect(mendLines(given, v1(sentence(name, 'm', 'string', 'float')), 'i')).toEqual({
      conflicts: [{ measurement: 'm', field: name, given: 'string', existing: 'float', points: 1 }],
      lines: ['m y=1 5', 'm y=1 6'],
      changed: ['m y=1 5'],
      emptied: 0,
    })
  })

  test.each(names)('the field %j, v3', (name) => {
    const given = [`m ${escapeKey(name)}="s",y=1 5`, 'm y=1 6']
    expect(mendLines(given, v3([1, column(name, 'field::float', 'field::string')]), 'u')?.changed).toEqual(['m y=1 5'])
  })

  test.each(['a b', 'm,n', 'say "hi"', 'back\\slash'])('the measurement %j', (name) => {
    const given = [`${name.replace(/[, ]/g, '\\$&')} x="s",y=1 5`, 'm x="s" 6']
    const { conflicts, changed } = mendLines(given, v2(sentence('x', name, 'string', 'float')), 'u') ?? {}
    expect(conflicts).toEqual([{ measurement: name, field: 'x', given: 'string', existing: 'float', points: 1 }])
    expect(changed).toHaveLength(1)
  })

  test('and one that looks like it stays', () => {
    const given = ['m xx="s",x="s",x\\ x="s" 5', 'mm x="s" 6']
    expect(mendLines(given, v1(sentence('x', 'm', 'string', 'float')), 'u')?.lines).toEqual([
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
    const found = mendLines([`m x=${value},y=1 5`], v1(sentence('x', 'm', given, 'odd')), unsigned)
    expect(found?.conflicts).toEqual([{ measurement: 'm', field: 'x', given, existing: 'odd', points: 1 }])
    const other = given === 'float' ? 'string' : 'float'
    expect(mendLines([`m x=${value},y="1" 5`], v1(sentence('x', 'm', other, 'odd')), unsigned)).toBeUndefined()
  })

  test('of v3: a column that is a tag, or of which no type is said', () => {
    const given = ['m x="s",y=1 5']
    expect(mendLines(given, v3([1, column('x', 'tag', 'field::string')]), 'u')?.conflicts[0]?.existing).toBe('tag')
    const cut = "invalid column type for column 'x', expected iox::column_type::"
    expect(mendLines(given, v3([1, cut]), 'u')?.conflicts[0]).toMatchObject({ existing: undefined, points: 1 })
  })
})

test("a line of v3's answer is of one measurement: the same field of another one stays", () => {
  const given = ['a x="s",y=1 5', 'b x="s",y=1 6', 'b x="s",y=1 7']
  const found = mendLines(given, v3([2, column('x', 'field::float', 'field::string')]), 'u')
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
    expect(mendLines(lines, answer, 'u')).toBeUndefined()
  })
})

test('what is no line stays as it is', () => {
  const given = ['no line at all', 'a x="s",y=1 5']
  expect(mendLines(given, v1(sentence('x', 'a', 'string', 'float')), 'u')?.lines).toEqual(['no line at all', 'a y=1 5'])
})
