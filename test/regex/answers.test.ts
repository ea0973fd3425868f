import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compileRegex } from '../../src/regex/compile-regex.ts'
import { PatternError } from '../../src/regex/syntax.ts'
import { javascriptFlags } from '../../src/regex/to-javascript.ts'

/** Of Python's own `re.match`, as test/regex/answers.py has asked it. */
const { names, answers } = JSON.parse(readFileSync(join(import.meta.dirname, 'answers.json'), 'utf8')) as {
  names: string[]
  answers: { expression: string; error?: string; matches?: number[] }[]
}

/** What Python takes and is refused here, with a word of the remedy. */
const refused: Readonly<Record<string, RegExp>> = {
  '\\N{BULLET}': /write the character itself/,
  '(a)?(?(1)b|c)': /write both alternatives/,
  '(a)?\\1': /neither optional nor repeated/,
  '(?:(a)|b)\\1': /into the same alternative/,
  '(?i)(a)\\1': /outside of \(\?i\)/,
  '(?i)[\u{10400}-\u{10427}]': /write both cases/,
  '(?i)[\\U00010400-\\U00010427]': /write both cases/,
  '(?i)\\U00010400': /write both cases/,
  '(?:a*?)?+a{2}': /make it match at least one character/,
  '(?>(?:a|)?b)': /make it match at least one character/,
  '(?=((?:a*?)?))\\1b': /make it match at least one character/,
}

test('there are enough of them', () => {
  expect(answers.length).toBeGreaterThan(250)
  expect(names.length).toBeGreaterThan(40)
})

describe.each(answers)('$expression', ({ expression, error, matches = [] }) => {
  if (error !== undefined || expression in refused) {
    test('is refused, with what is wrong', () => {
      expect(() => compileRegex(expression)).toThrow(PatternError)
      expect(() => compileRegex(expression)).toThrow(refused[expression] ?? /.{8}, at character \d+$/s)
    })
    return
  }
  test('matches what it matches in Python', () => {
    const regex = compileRegex(expression)
    const javascript = new RegExp(regex.javascript, javascriptFlags)
    const isMatch = (name: string) => {
      javascript.lastIndex = 0
      return javascript.test(name)
    }
    const expected = matches.map((index) => names[index])
    expect(names.filter((name) => regex.test(name) ?? isMatch(name))).toEqual(expected)
    // Whoever is asked: it may be either, for another name.
    expect(names.filter(isMatch)).toEqual(expected)
  })
})

describe('what can be said in linear time does not need JavaScript', () => {
  test.each([
    '(?P<suite>.*)',
    'coverage\\Z',
    '[]x]+$',
    'a{,3}$',
    '(?i)größe',
    '\\w+$',
    '(?x) a b',
    '(a+)+$',
    '\\bcov\\b',
  ])('%s', (expression) => {
    const ascii = names.filter((name) => /^[ -~]+$/.test(name))
    for (const name of ascii) expect(compileRegex(expression).test(name)).toBeTypeOf('boolean')
  })

  test.each(['(?=a)', '(a)\\1', '(?>a)', 'a++', 'a{1001}'])('%s does', (expression) => {
    expect(compileRegex(expression).test('a')).toBeUndefined()
  })
})
