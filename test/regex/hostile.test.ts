import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileRegex } from '../../src/regex/compile-regex.ts'
import { PatternError } from '../../src/regex/syntax.ts'
import { expectLinear } from '../support/linear.ts'

describe('what V8 never ends with takes linear time', () => {
  test.each<[expression: string, unit: string]>([
    ['(a+)+$', 'a'],
    ['(a|a)*$', 'a'],
    ['(.*a){20}$', 'a'],
    ['(?i)(A+)+$', 'a'],
    ['(\\w+\\s?)*$', 'a'],
    ['([a-zA-Z]+)*$', 'aB'],
    ['(?m)(^.*$\\n?)*x', 'a\n'],
    ['(\\d+|\\w+)*\\Z', '1a'],
    ['(é|\\w)*$', 'é'],
    ['(a{1,20}){1,20}$', 'a'],
    ['(?:a*)*b', 'a'],
    ['[^\\W\\d]+(?:_[^\\W\\d]+)*$', 'a_'],
  ])('%s', { timeout: 60_000 }, async (expression, unit) => {
    const regex = compileRegex(expression)
    await expectLinear(
      (size) => `${unit.repeat(size)}!`,
      (name) => expect(regex.test(name)).toBe(false),
      8000,
    )
  })

  test('an expression of any length is read in linear time, or refused', { timeout: 60_000 }, async () => {
    for (const unit of ['a', '[a-z]', 'a|', '.*']) {
      await expectLinear(
        (size) => unit.repeat(Math.min(size, 9000 / unit.length)),
        (expression) => compileRegex(expression),
        1000,
      )
    }
    for (const expression of ['('.repeat(5000), `${'(?:'.repeat(5000)}a${')'.repeat(5000)}`, 'a'.repeat(20_000)]) {
      expect(() => compileRegex(expression)).toThrow(PatternError)
    }
  })
})

const atom = fc.constantFrom('a', 'b', '.', '\\w', '\\d', '[ab]', '[^a]', '\\b', '^', '$', 'é', '(?i:A)', '\\s', '')
const anyExpression = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    atom,
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => a + b),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(?:${a}|${b})`),
    fc
      .tuple(tie('node'), fc.constantFrom('*', '+', '?', '*?', '{2}', '{,3}', '{1,20}', '{2,}'))
      .map(([a, count]) => `(${a})${count}`),
  ),
})).node
/** Names that make a backtracker try all its ways: much of the same, and then something else. */
const anyName = fc
  .tuple(
    fc.constantFrom('a', 'ab', 'aab', '1', 'a1', 'a ', '_a'),
    fc.integer({ min: 1, max: 3000 }),
    fc.constantFrom('!', '', '\u{1f600}'),
  )
  .map(([unit, count, end]) => unit.repeat(count) + end)

/** Far more than any takes: 10 ms or so. What backtracks takes for ever. */
const boundMs = 5000

test('no expression takes longer than a moment for any name', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(anyExpression, anyName, (expression, name) => {
      const started = performance.now()
      try {
        compileRegex(expression).test(name)
      } catch (error) {
        expect(error).toBeInstanceOf(PatternError)
      }
      expect(performance.now() - started).toBeLessThan(boundMs)
    }),
    { numRuns: 300 },
  )
})
