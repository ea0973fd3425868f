import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanKey, cleanName, cleanString, cleanTag, toKey } from '../../src/point/clean.ts'
import { anyCharacter } from '../support/any-character.ts'
import { expectLinear } from '../support/linear.ts'

describe('cleanTag', () => {
  test.each([
    ['plain, with = and spaces', 'plain, with = and spaces'],
    ['a\nb', 'a b'],
    ['a\r\nb', 'a b'],
    ['a\tb\u0000c\u001bd\u007fe', 'a b c d e'],
    ['back\\', 'back'],
    ['back\\\\\\', 'back'],
    ['in\\side', 'in\\side'],
    ['\\', ''],
    ['', ''],
    ['ä😀', 'ä😀'],
    ['\ud800', '\ufffd'],
    [`${'x'.repeat(1023)}😀`, 'x'.repeat(1023)],
    ['x'.repeat(2000), 'x'.repeat(1024)],
    [`${'x'.repeat(1023)}\\y`, 'x'.repeat(1023)],
    ['a\\,b', 'a,b'],
    ['a\\=b', 'a=b'],
    ['a\\ b', 'a b'],
    ['a\\\nb', 'a b'],
    ['a\\"b', 'a"b'],
    ['a\\\\\\,\\b', 'a,\\b'],
    ['\\\\server\\share', '\\\\server\\share'],
    ['C:\\Program Files\\x y\\', 'C:\\Program Files\\x y'],
    ['a#!~#b', 'a#!_#b'],
    ['#!~#!~', '#!_#!_'],
    ['#~!', '#~!'],
    ['#!\\~', '#!\\~'],
  ])('%j is %j', (value, clean) => {
    expect(cleanTag(value)).toBe(clean)
  })
})

test('runs of backslashes take time in proportion to their length', async () => {
  const toTags = (length: number) => Array.from({ length: 5000 }, (_, index) => `${'\\'.repeat(length - 8)}x${index}`)
  await expectLinear(toTags, (tags) => tags.map(cleanTag), 1024)
})

describe('cleanName', () => {
  test.each([
    ['a', 'a'],
    ['tests per suite', 'tests per suite'],
    ['#comment', '_comment'],
    ['a#b', 'a#b'],
    ['', '_'],
    ['\\', '_'],
    ['a\nb', 'a b'],
    ['__proto__', '_proto_'],
    ['x'.repeat(300), 'x'.repeat(256)],
    [`${'x'.repeat(255)}😀`, 'x'.repeat(255)],
    [`${'x'.repeat(255)}\\y`, 'x'.repeat(255)],
    ['a\\ b\\,c', 'a b,c'],
    ['#!~#', '_!_#'],
    ['a#!~#b', 'a#!_#b'],
    ['time', 'time'],
  ])('%j is %j', (name, clean) => {
    expect(cleanName(name)).toBe(clean)
  })
})

describe('cleanKey', () => {
  test.each([
    ['time', 'time_'],
    ['time\\', 'time_'],
    ['_field', '_field_'],
    ['_measurement', '_measurement_'],
    ['_value', '_value'],
    ['Time', 'Time'],
    ['times', 'times'],
    ['#a', '#a'],
    ['', '_'],
    ['__proto__', '_proto_'],
  ])('%j is %j', (name, clean) => {
    expect(cleanKey(name)).toBe(clean)
  })
})

describe('toKey', () => {
  test.each([
    ['coverage', 'coverage'],
    ['steps.unit.outputs.api-key', 'steps_unit_outputs_api_key'],
    ['Ünï', '_n_'],
    ['😀', '__'],
    ['', '_'],
    ['__proto__', '_proto_'],
    ['x'.repeat(300), 'x'.repeat(256)],
  ])('%j is %j', (name, key) => {
    expect(toKey(name)).toBe(key)
  })
})

describe('cleanString', () => {
  const max = 65_535

  test.each([
    ['short', 'short'],
    ['with\nnewlines\t', 'with\nnewlines\t'],
    ['x'.repeat(max), 'x'.repeat(max)],
    ['x'.repeat(max + 1), 'x'.repeat(max)],
    ['ä'.repeat(40_000), 'ä'.repeat(32_767)],
    ['€'.repeat(30_000), '€'.repeat(21_845)],
    ['😀'.repeat(20_000), '😀'.repeat(16_383)],
    [`x${'😀'.repeat(20_000)}`, `x${'😀'.repeat(16_383)}`],
    ['a\0b\0', 'a\ufffdb\ufffd'],
    ['\ud800', '\ufffd'],
    ['back\\slash\\, #!~ "\\', 'back\\slash\\, #!~ "\\'],
    // What takes the place of NUL is longer, and counts.
    ['\0'.repeat(max), '\ufffd'.repeat(max / 3)],
  ])('case %#', (value, clean) => {
    expect(cleanString(value)).toBe(clean)
  })
})

test('whatever the text, what is cleaned can be said in line protocol, and stays as it is when cleaned again', () => {
  const characters = fc.constantFrom(
    ...['a', '\\', '\n', '\r', ' ', ',', '=', '"', '#', '!', '~', '#!~', '😀', '\ud800', '\udc00', '\0', '_', '€'],
  )
  const text = fc.oneof(
    fc.string({ unit: anyCharacter }),
    fc.array(characters).map((list) => list.join('')),
    fc.array(characters, { minLength: 1, maxLength: 3 }).map((list) => list.join('').repeat(700)),
  )
  fc.assert(
    fc.property(text, (value) => {
      for (const clean of [cleanTag, cleanName, cleanKey]) {
        const said = clean(value)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters in question
        expect(said).not.toMatch(/[\u0000-\u001f]|\\$|\\[,= "]|#!~/)
        expect(said.isWellFormed()).toBe(true)
        expect(clean(said)).toBe(said)
      }
      expect(cleanName(value)).toMatch(/^[^#]/)
      expect(cleanKey(value)).not.toBe('time')
      expect(cleanString(value)).not.toContain('\0')
      expect(toKey(value)).toMatch(/^[A-Za-z0-9_]+$/)
      expect(Buffer.byteLength(cleanString(value))).toBeLessThanOrEqual(65_535)
    }),
  )
})
