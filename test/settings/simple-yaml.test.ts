import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseSimpleYaml } from '../../src/settings/simple-yaml.ts'
import * as yaml from '../../src/settings/yaml-parser.ts'

/** What the YAML parser reads; undefined if it is not YAML. */
function parseWhole(text: string): unknown {
  try {
    return yaml.constructFromEvents(yaml.parseEvents(text, {}), { source: text, schema: yaml.CORE_SCHEMA })[0]
  } catch {
    return undefined
  }
}

test.each([
  "- start-time\n- property: coverage\n- data: {regex: '.*', measurement: m}",
  '[duration, report: junit.xml]',
  '[duration, property: coverage]',
  "[ duration , data: {regex: '.*, a: b', measurement: m} ]".replace(' ,', ','),
  '  - report: build/**/*.xml\n  - steps',
  'team: payments\nregion: eu',
  "- data: {regex: 'it, is: {x}'}\n\n- duration",
])('%j is read without the parser', (text) => {
  expect(parseSimpleYaml(text)?.value).toEqual(parseWhole(text))
  expect(parseSimpleYaml(text)).toBeDefined()
})

test('lines are those of items and entries', () => {
  expect([...(parseSimpleYaml('- a\n\n- b: c')?.lines ?? [])]).toEqual([
    ['0', 1],
    ['1', 3],
  ])
  expect([...(parseSimpleYaml('\na: b\nc: d')?.lines ?? [])]).toEqual([
    ['a', 2],
    ['c', 3],
  ])
})

test.each([
  ...[
    '',
    'word',
    '- true',
    '- Null',
    '- a: 1',
    '- a:',
    '- a: b # c',
    '- a\n - b',
    '- a\n  b: c',
    '- {a: b}',
    'a: b\na: c',
  ],
  ...[
    '- a: {b: c, b: d}',
    "- a: 'it''s'",
    '- &a b',
    '- a\r\n- b',
    '-\ta',
    '[a, [b]]',
    '- a: "b"',
    '__proto__: a',
    '- a\nb: c',
  ],
])('%j is left to the parser', (text) => {
  expect(parseSimpleYaml(text)).toBeUndefined()
})

describe('whatever it reads', () => {
  const word = fc.constantFrom(
    'a',
    'b-c',
    'duration',
    'true',
    'null',
    'y',
    'x/*.xml',
    "'.*'",
    "'a, b: c'",
    '1',
    '*a',
    'a.',
    '~',
    'No',
    '<<',
  )
  const gap = fc.constantFrom('', ' ', '  ', '\n', '\t')
  const glue = fc.constantFrom('- ', '-', ': ', ':', ', ', ',', '{', '}', '[', ']', ' #', '\n', '\n- ', '\n  ', "'", '')
  const text = fc.array(fc.tuple(glue, gap, word), { minLength: 1, maxLength: 8 }).map((parts) => parts.flat().join(''))

  test('is what the parser reads', () => {
    fc.assert(
      fc.property(text, (given) => {
        const simple = parseSimpleYaml(given)
        if (simple !== undefined) expect(simple.value).toEqual(parseWhole(given))
      }),
      { numRuns: 20_000 },
    )
  })

  const item = fc
    .tuple(word, fc.option(fc.oneof(word, fc.array(fc.tuple(word, word), { minLength: 1, maxLength: 3 }))))
    .map(([key, value]) => {
      if (value === null) return key
      return typeof value === 'string'
        ? `${key}: ${value}`
        : `${key}: {${value.map(([name, one]) => `${name}: ${one}`).join(', ')}}`
    })
  const list = fc.array(item, { minLength: 1, maxLength: 4 })
  const shaped = fc.oneof(
    list.map((items) => items.map((one) => `- ${one}`).join('\n')),
    list.map((items) => `[${items.join(', ')}]`),
    list.map((items) => items.join('\n')),
  )

  test('is what the parser reads, of lists and maps', () => {
    let read = 0
    fc.assert(
      fc.property(shaped, (given) => {
        const simple = parseSimpleYaml(given)
        if (simple === undefined) return
        read++
        expect(simple.value).toEqual(parseWhole(given))
      }),
      { numRuns: 10_000 },
    )
    expect(read).toBeGreaterThan(100)
  })
})
