import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { appliesTo, looksSecret, matchesName } from '../../src/capture/matching.ts'
import type { Rule } from '../../src/capture/rules.ts'
import { compileRegex } from '../../src/regex/compile-regex.ts'
import { expectLinear } from '../support/linear.ts'

const anywhere = { field: undefined, type: undefined, callback: undefined, source: 'captures', line: undefined }
const ruleFor = (...builder: string[]): Rule => ({ kind: 'start-time', ...anywhere, builder })

describe('builders', () => {
  test('a rule without one is for all', () => {
    expect(appliesTo({ kind: 'end-time', ...anywhere, builder: undefined }, 'CI/test')).toBe(true)
  })

  test.each([
    ['CI/test', 'CI/test', true],
    ['CI/test', 'CI/test (linux)', false],
    ['CI/test', 'ci/test', false],
    ['CI/*', 'CI/test (linux, 20)', true],
    ['CI/*', 'CD/test', false],
    ['*', '', true],
    ['**', 'CI/test', true],
    ['*test*', 'CI/test (linux)', true],
    ['* (linux, *)', 'CI/test (linux, 20)', true],
    ['* (linux, *)', 'CI/test (windows, 20)', false],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['a*b*a', 'aba', true],
    ['*ab*ab*', 'abab', true],
    ['*ab*ab*', 'aba', false],
    ['CI/test (20.*)', 'CI/test (20x1)', false],
    ['CI/tes?', 'CI/test', false],
    ['CI/[t]est', 'CI/test', false],
  ])('%s for %s: %s', (pattern, builder, applies) => {
    expect(appliesTo(ruleFor(pattern), builder)).toBe(applies)
  })

  test('one of a list is enough', () => {
    expect(appliesTo(ruleFor('a', 'b*'), 'bc')).toBe(true)
    expect(appliesTo(ruleFor('a', 'b*'), 'c')).toBe(false)
  })

  test('a star is any run of characters, as a regular expression has it', () => {
    const letters = fc.array(fc.constantFrom('a', 'b', '*', '.'), { maxLength: 12 }).map((list) => list.join(''))
    fc.assert(
      fc.property(letters, letters, (pattern, builder) => {
        const source = pattern.replaceAll('.', '\\.').replaceAll('*', '.*')
        expect(appliesTo(ruleFor(pattern), builder)).toBe(new RegExp(`^${source}$`).test(builder))
      }),
      { numRuns: 2000 },
    )
  })

  test.each<[string, toPattern: (size: number) => string, toBuilder: (size: number) => string]>([
    ['more letters than there are', (size) => '*a'.repeat(size), (size) => `${'a'.repeat(size - 1)}b`],
    ['an end that is not there', (size) => `${'a*'.repeat(size)}b`, (size) => 'a'.repeat(10 * size)],
    ['a piece that is not there', (size) => `*${'a'.repeat(size)}b*`, (size) => 'a'.repeat(2 * size)],
  ])('no pattern takes long: %s', async (_, toPattern, toBuilder) => {
    const toInput = (size: number) => [ruleFor(toPattern(size)), toBuilder(size)] as const
    await expectLinear(toInput, ([rule, builder]) => expect(appliesTo(rule, builder)).toBe(false), 50_000)
  })
})

describe('names', () => {
  test.each([
    ['bench_.*', 'bench_parse', true],
    ['bench', 'bench_parse', true],
    ['parse', 'bench_parse', false],
    ['.*parse', 'bench_parse', true],
    ['bench_parse$', 'bench_parse', true],
    ['bench$', 'bench_parse', false],
    ['x|bench', 'bench_parse', true],
    ['x|parse', 'bench_parse', false],
    ['^bench', 'bench_parse', true],
    ['Bench', 'bench_parse', false],
    ['\\bparse', 'bench_parse', false],
  ])('the regular expression %s at the start of %s: %s', (source, name, matches) => {
    const match = { regex: compileRegex(source) }
    expect(matchesName(match, name)).toBe(matches)
    expect(matchesName(match, name), 'asked again').toBe(matches)
  })

  test('a name is compared exactly', () => {
    expect(matchesName({ name: 'a.b' }, 'a.b')).toBe(true)
    expect(matchesName({ name: 'a.b' }, 'axb')).toBe(false)
    expect(matchesName({ name: 'a' }, 'ab')).toBe(false)
  })

  test('what only another process can tell holds once that has told', () => {
    const regex = compileRegex('(?=bench)')
    expect(matchesName({ regex }, 'bench_parse')).toBe(false)
    const known = new Map([[regex, new Map([['bench_parse', true]])]])
    expect(matchesName({ regex }, 'bench_parse', known)).toBe(true)
    expect(matchesName({ regex }, 'parse', known)).toBe(false)
  })
})

test.each([
  ['token', true],
  ['TOKEN', true],
  ['api_key', true],
  ['apiKey', true],
  ['API-KEY', true],
  ['db.password', true],
  ['secretValue', true],
  ['mySecret2', true],
  ['steps.login.outputs.token', true],
  ['key1', true],
  ['APIKey', true],
  ['AWSSecretName', true],
  ['HTTPToken', true],
  ['monkey', false],
  ['keyboard', false],
  ['tokenizer_speed', false],
  ['secretary', false],
  ['Keystone', false],
  ['coverage', false],
  ['', false],
])('%s looks like a secret: %s', (name, secret) => {
  expect(looksSecret(name)).toBe(secret)
})
