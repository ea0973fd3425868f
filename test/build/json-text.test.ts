import { describe, expect, test } from 'vitest'
import { toFields } from '../../src/build/fields.ts'
import type { JsonObject } from '../../src/build/json.ts'
import { explainJson, findEncoding, parseJsonLines, parseJsonText } from '../../src/build/json-text.ts'
import { expectLinear } from '../support/linear.ts'

const fieldsOf = (json: string) => {
  const { fields, written = [] } = toFields(parseJsonText(json) as JsonObject)
  return { fields: Object.fromEntries(fields), written: Object.fromEntries(written) }
}

describe('one value', () => {
  test.each<[json: string, fields: object, written: object]>([
    ['{"a": 1, "b": 0.5, "c": "x", "d": true}', { a: 1, b: 0.5, c: 'x', d: true }, {}],
    ['\uFEFF{"a": 1}', { a: 1 }, {}],
    ['{"mean": 0.5, "rel": NaN}', { mean: 0.5, rel: Number.POSITIVE_INFINITY }, { rel: 'NaN' }],
    ['{"a": -Infinity, "b": {"c": Infinity}}', { a: -1 / 0, b_c: 1 / 0 }, {}],
    ['{"a": "NaN", "b": "\\"", "c": NaN}', { a: 'NaN', b: '"', c: 1 / 0 }, { c: 'NaN' }],
    ['{"a": 1e400, "b": 1}', { a: 1 / 0, b: 1 }, { a: '1e400' }],
    [
      '{"v": 1.20, "e": 1e3, "z": -0, "t": 0.0000001}',
      { v: 1.2, e: 1000, z: -0, t: 1e-7 },
      { v: '1.20', e: '1e3', z: '-0', t: '0.0000001' },
    ],
    ['{"id": 9007199254740993}', { id: 9007199254740992 }, { id: '9007199254740993' }],
    ['{"a": 1.20, "a": "x"}', { a: 'x' }, {}],
    ['{"o": {"a": 1.20}, "o_a": 3}', { o_a: 3 }, {}],
    ['{"l": [1, null, {"a": 2}], "n": null}', { l: '[1,null,{"a":2}]' }, {}],
  ])('%s', (json, fields, written) => {
    expect(fieldsOf(json)).toEqual({ fields, written })
  })

  test.each(['', '{', '{"a": nan}', '{"a": NaNs}', '{"a": "NaN}', 'x', "{'a': 1}"])('%j is not JSON', (text) => {
    expect(() => parseJsonText(text)).toThrow(SyntaxError)
  })

  test.each(['[', '{"a":', '"\\"', 'NaN,', '1e5,', '[1.0'])('text of many %j takes linear time', async (repeated) => {
    const parse = (text: string) => {
      try {
        parseJsonText(text)
      } catch {}
    }
    await expectLinear((size) => `${repeated.repeat(size)}NaN`, parse, 50_000)
  })
})

describe('a value a line', () => {
  test('lines are values, and one that is not JSON costs itself', () => {
    expect(parseJsonLines('\uFEFF{"a": 1}\r\n\n[{"a": 2}]\n{"a": \n{"a": NaN}\n')).toEqual({
      values: [
        { value: { a: 1 }, line: 1 },
        { value: [{ a: 2 }], line: 3 },
        { value: { a: 1 / 0 }, line: 5 },
      ],
      problems: [{ line: 4, reason: expect.stringMatching(/JSON(?!.*line 1)/) }],
    })
  })

  test('a value of several lines is one', () => {
    expect(parseJsonLines('[\n{"a": 1},\n{"a": 2}\n]')).toEqual({
      values: [{ value: [{ a: 1 }, { a: 2 }] }],
      problems: [],
    })
  })

  test.each(['passed\n10', '{"a": 1} {"a": 2}', '{\n"a": 1\n}\n{\n"a": 2\n}', '1\n2'])('%j is neither', (text) => {
    expect(() => parseJsonLines(text)).toThrow(SyntaxError)
  })
})

test.each(['utf8', 'utf16le'] as const)('%s is known by its byte order mark', (encoding) => {
  const bytes = Buffer.from('\uFEFF{"a": "ä"}', encoding)
  expect(new TextDecoder(findEncoding(bytes)).decode(bytes)).toBe('{"a": "ä"}')
})

test('a message has no part of a text, which may be a part of a secret', () => {
  for (const text of ['{"a": hunter2-s3cr3t}', 'hunter2-s3cr3t', '["😀", hunter2-s3cr3t]', '{"a": "x" hunter2}'])
    expect(explainJson(toError(text))).not.toMatch(/hunter|is not valid/)
  expect(explainJson(toError('[hunter2]'))).toBe("Unexpected token 'h'")
})

function toError(text: string): Error {
  try {
    return JSON.parse(text)
  } catch (error) {
    return error as Error
  }
}
