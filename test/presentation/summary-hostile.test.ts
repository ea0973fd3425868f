import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exampleBuild } from '../build/example-build.ts'
import { anyCharacter } from '../support/any-character.ts'
import { outcome, rule, summarize } from './example-outcome.ts'

describe('hostile text stays where it is', () => {
  /** Every place that holds text of others, filled with one. */
  function fill(text: string): string {
    const captured = { rule, name: text, property: { path: text, value: text }, value: text }
    return summarize(
      {
        build: exampleBuild({ builder: text, result: text }),
        columns: [{ captured, key: text, kind: 'tag' }],
        misses: [{ rule: { ...rule, match: { name: text } }, reason: text, level: 'warn' }],
        warnings: [text],
        secretNames: [text],
        spooled: { sent: 1, problems: [text], losses: [] },
        data: outcome.data && {
          ...outcome.data,
          singles: new Map([[text, [[text, 1]]]]),
          ignored: new Map([[text, 1]]),
        },
        storages: [
          {
            name: text,
            written: 1,
            unsent: 1,
            lost: 1,
            problems: [text],
            conflicts: [
              { measurement: text, field: text, given: 'string', existing: 'float', points: 1, isConverted: false },
            ],
            kept: { count: 1, where: text, gone: 1, why: text },
            hasStart: true,
          },
        ],
      },
      [text],
    )
  }
  /** The tags and lines, whatever is between them or in a tooltip. */
  const shape = (text: string) =>
    text.split('\n').map(
      (line) =>
        line
          .replace(/ title="[^"'<>&]*"/g, '')
          .match(/<[^>]*>/g)
          ?.join('') ?? line.match(/^#* ?/)?.[0],
    )
  const plain = shape(fill('plain'))

  test.each([
    'a | b',
    'a\\| b',
    'a\n| b | c |',
    'a\r\n\r\n# heading',
    '\u2028x',
    '</code><script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<!-- gone',
    '[click](javascript:alert(1))',
    '![x](http://evil.example/x.png)',
    '`code` **bold** _em_ ~~gone~~',
    '```\ncode',
    '$x$ $$y$$',
    '@octocat #1',
    '&lt;b&gt; &#60;',
    '[^1]: note',
    '{{ x }} {% y %}',
  ])('%j', (text) => {
    const filled = fill(text)
    expect(shape(filled)).toEqual(plain)
    // A line that is not within a block of HTML holds no text of others.
    for (const block of filled.split('\n\n').filter((block) => !block.startsWith('<')))
      expect(block).toMatch(/^> \[!WARNING\](\n> <.*)+$/)
  })

  test('whatever the text, the lines and cells are those of plain text', () => {
    const unit = fc.constantFrom(
      '|',
      '\n',
      '\r',
      '\\',
      '<',
      '>',
      '`',
      '#',
      '-',
      '_',
      ' ',
      'a',
      '\u0085',
      '&',
      '😀',
      '\ud800',
    )
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: anyCharacter }), fc.string({ unit })), (text) => {
        const filled = fill(text)
        expect(shape(filled)).toEqual(plain)
        expect(filled.isWellFormed()).toBe(true)
      }),
    )
  })
})
