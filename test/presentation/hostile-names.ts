import fc from 'fast-check'
import { anyCharacter } from '../support/any-character.ts'

/** Names that mean something to Mermaid's parsers, to markdown or to HTML, and such as are odd by themselves. */
export const hostileNames: readonly string[] = [
  '',
  ' ',
  '\u200b',
  '0',
  '42',
  '-1',
  '1e9',
  '2026-11-20',
  '2026-11-20: done, crit, 3d',
  'Deploy: staging',
  ':',
  '::',
  'a:b:c, after d',
  'a; b',
  ';;;',
  'PR #123',
  '#35;',
  '#quot;#colon;',
  '&#35; &lt;b&gt; &amp;amp;',
  '100 % done',
  '%% gone',
  'a %% b',
  '%%{init: {"theme": "forest"}}%%',
  '}%% gantt',
  '---\ntitle: x\n---',
  'gantt',
  'section Other',
  'title Mine',
  'accTitle: Mine',
  'accDescr { all }',
  'dateFormat YYYY',
  'axisFormat %d',
  'excludes weekends',
  'todayMarker on',
  'tickInterval 1day',
  'click task1 href "javascript:alert(1)"',
  'click task1 call alert(1)',
  'href "x"',
  'end',
  'done',
  'crit',
  'active, milestone',
  'style a fill:#f9f;',
  'classDef a fill:#f9f;',
  'style #1: x;',
  'line [1, 2]',
  'bar [1]',
  'x-axis "a" [b]',
  '"',
  '""',
  'say "hi"',
  "it's",
  '`code`',
  '`"md"`',
  '```',
  '```\n# out\n```mermaid',
  '~~~',
  'a\nb',
  'a\r\n\r\nsection b\r',
  'a\u2028b\u2029c\u0085d',
  'nul\u0000 tab\t bell\u0007 del\u007f c1\u009b',
  '\ud800',
  'a\udc00b',
  '😀 👩‍👩‍👧‍👦 🇩🇪',
  'العربية עברית',
  '\u202egnp.exe\u202c',
  '\u2066isolated',
  '\u2069\u202bout',
  'ﬂ°°35¶ß ﬂ°lt¶ß',
  'Größe 5 ¶ß ﬂ° ',
  '名前：テスト',
  'Z\u0351\u036b\u0343a\u0321l\u0328g\u0322o',
  '<b>bold</b>',
  '<br>a<br/>b<BR />',
  '<script>alert(1)</script>',
  '</text></svg><img src=x onerror=alert(1)>',
  '<style>*{display:none}</style>',
  '<!-- -->',
  '<![CDATA[ x ]]>',
  '{{ x }} ${y} {z}',
  '[a](javascript:alert(1)) ![b](http://c)',
  'https://example.com/ www.example.com a@example.com',
  'a | b \\| c',
  '**a** __b__ ~~c~~ $d$ *e*',
  '\\',
  '\\n\\"',
  '- a',
  '> a',
  '# a',
  '1. a',
  'a -- b --> c --- d',
  'a = b',
  '__proto__',
  'constructor',
  'toString',
  'x'.repeat(5000),
  ':'.repeat(5000),
  '😀'.repeat(5000),
  '\n'.repeat(5000),
]

/** What a hostile name may be made of. */
const pieces = [
  ...[
    '\n',
    '\r',
    '`',
    '```',
    ':',
    ';',
    '#',
    '%%',
    '%',
    '--',
    '-->',
    '"',
    "'",
    '<',
    '>',
    '&',
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
  ],
  ...[
    'section ',
    'title ',
    'end',
    'click ',
    'done',
    'crit, ',
    '%%{init:',
    '}%%',
    '#35;',
    '&lt;',
    '<b>',
    '|',
    '\\',
    '*',
    '_',
  ],
  ...[
    ' ',
    '  ',
    'a',
    'B',
    '7',
    'é',
    'ß',
    '¶',
    'ﬂ',
    '°',
    '😀',
    '\ud800',
    '\u0000',
    '\u202e',
    '\u2066',
    '\u200f',
    'ع',
    ',',
    '=',
  ],
]

/** A name that somebody may give a step, a branch or a property, to do harm or not. */
export const anyName: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...hostileNames),
  fc.string({ unit: fc.constantFrom(...pieces), maxLength: 20 }),
  fc.string({ unit: anyCharacter, maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
)

/**
 * What a reader is to see of a name: what shows nothing, or could turn other text around, is not missed. A name that is too long
 * ends with its last whole word.
 */
export function toSeen(name: string, length: number): string {
  let seen = ''
  let isBroken = false
  for (const character of name) {
    const code = character.codePointAt(0) ?? 0
    const isControl =
      (code < 0x20 && code !== 9) || (code >= 0x7f && code <= 0x9f) || code === 0x2028 || code === 0x2029
    if ((code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069)) continue
    if (!isControl) seen += code >= 0xd800 && code <= 0xdfff ? '\ufffd' : character
    else if (!isBroken) seen += ' '
    isBroken = isControl
  }
  const characters = [...seen.trim()]
  if (characters.length <= length) return characters.join('')
  const end = characters.slice(0, length + 1).findLastIndex((character) => /[\s"'`,;()[\]{}<>|]/.test(character))
  return `${characters.slice(0, Math.max(end, 0)).join('').trimEnd()}…`
}

/** The same in a text of HTML: JSON's escapes beside markup would be escaped twice. */
export function toSeenText(name: string, length: number): string {
  const seen = toSeen(name, length)
  return /[<>&]/.test(seen) && /\\["\\/bfnrtu]/.test(seen) ? 'not shown because it holds both markup and escapes' : seen
}

/** The same in a diagram, where `otherwise` stands for what it would take for something else. */
export function toSeenName(name: string, length: number, otherwise: string): string {
  const seen = toSeen(name, length)
  return /["<>`{}\\;]|%%|ﬂ°|¶ß/.test(seen) ? otherwise : seen
}
