// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows are written so
import { describe, expect, test } from 'vitest'
import { type Contexts, evaluateCondition, evaluateText } from './expressions.ts'

const contexts: Contexts = {
  github: new Map<string, string | number>([
    ['ref_name', 'main'],
    ['run_number', 42],
  ]),
  matrix: { os: ['ubuntu', 'macos'], node: 20, ratio: 0.1 + 0.2, big: 1e21, small: 1e-7, none: null, empty: {} },
  steps: new Map([
    ['test', { outputs: new Map(Object.entries({ constructor: 'kept', coverage: '87.5' })), outcome: 'success' }],
    ['lint', { outputs: new Map(), outcome: 'failure' }],
  ]),
  env: new Map([
    ['Path', 'mixed'],
    ['PATH', 'upper'],
  ]),
}

const evaluateAll = (table: Record<string, string>) =>
  Object.fromEntries(Object.keys(table).map((text) => [text, evaluateText(text, contexts)]))

describe('text', () => {
  test('has its expressions replaced, alone, within text and several at a time', () => {
    const table = {
      plain: 'plain',
      '${{ github.ref_name }}': 'main',
      'ref: ${{ github.ref_name }}\nrun: ${{ github.run_number }}.': 'ref: main\nrun: 42.',
      "${{ 'a }} b' }}!": 'a }} b!',
      '${{ matrix.none }}|${{ steps.missing.outputs.x }}': '|',
      '${{ GITHUB.REF_NAME }}': 'main',
      '${{ steps.test.outputs.constructor }}': 'kept',
      '${{ env.Path }} ${{ env.PATH }} ${{ env.path }}': 'mixed upper ',
    }
    expect(evaluateAll(table)).toEqual(table)
  })

  test('has the functions and operators of workflows', () => {
    const table = {
      "${{ format('{0} {{x}} {1}', 'it''s', 'o''clo''ck') }}": "it's {x} o'clo'ck",
      "${{ join(matrix.os, ', ') }}": 'ubuntu, macos',
      "${{ contains(matrix.os, 'MACOS') && startsWith(github.ref_name, 'ma') }}": 'true',
      '${{ fromJSON(\'{"a":[1,{"b":true}]}\').a[1].b || \'no\' }}': 'true',
      "${{ join(steps.*.outcome, ' ') }}": 'success failure',
      '${{ matrix.node == 20.0 }} ${{ steps.test.outputs.coverage > 80 }}': 'true true',
    }
    expect(evaluateAll(table)).toEqual(table)
  })

  test('has numbers with 15 digits, in the style of .NET', () => {
    expect(evaluateText('${{ matrix.ratio }} ${{ matrix.big }} ${{ toJSON(matrix.small) }}', contexts)).toBe(
      '0.3 1E+21 1E-07',
    )
  })

  test.each([
    ['${{ secrets.TOKEN }}', /Unrecognized named-value: 'secrets' in the expression: secrets.TOKEN/],
    ['${{ success() }}', /Unrecognized function/],
    ['${{ github.ref', /The expression is not closed: \$\{\{ github.ref/],
    ['${{ }}', /An expression was expected/],
    ['${{ matrix }}', /A mapping was not expected/],
    ['${{ matrix.os }}', /A sequence was not expected/],
    ["${{ fromJSON('') }}", /in the expression: fromJSON/],
  ])('%s is an error', (text, message) => {
    expect(() => evaluateText(text, contexts)).toThrow(message)
  })
})

describe('toJSON', () => {
  test('is indented by two spaces, in the order of the keys', () => {
    const needs = { build: { result: 'success', outputs: {} }, empty: [], list: [1, 'two', null, false] }
    expect(evaluateText('${{ toJSON(needs) }}', { needs })).toBe(JSON.stringify(needs, undefined, 2))
  })

  test('keeps keys of outputs that are numbers, or names of object members, where they were', () => {
    const outputs = new Map(['zeta', '2', '1', '__proto__', 'constructor'].map((key) => [key, key]))
    const text = evaluateText('${{ toJSON(steps) }}', { steps: new Map([['a', { outputs }]]) })
    expect([...text.matchAll(/^ {6}"(.*)": /gm)].map(([, key]) => key)).toEqual([...outputs.keys()])
  })

  test('escapes what Newtonsoft escapes', () => {
    expect(evaluateText('${{ toJSON(env.x) }}', { env: { x: 'a"\\\n\u2028\u0085é' } })).toBe(
      '"a\\"\\\\\\n\\u2028\\u0085é"',
    )
  })
})

describe('a condition', () => {
  test.each([
    ['success()', [true, false, false]],
    ['failure()', [false, true, false]],
    ['cancelled()', [false, false, true]],
    ['always()', [true, true, true]],
    ['!cancelled()', [true, true, false]],
    ['${{ always() && github.run_number }}', [true, true, true]],
    ["github.ref_name == 'main'", [true, false, false]],
    ["github.ref_name == 'always()'", [false, false, false]],
    ['matrix.none', [false, false, false]],
    ["'0'", [true, false, false]],
  ] as const)('%s', (condition, expected) => {
    const statuses = ['success', 'failure', 'cancelled'] as const
    expect(statuses.map((status) => evaluateCondition(condition, contexts, status))).toEqual(expected)
  })

  test('of post is taken as it stands', () => {
    expect(evaluateCondition("github.ref_name == 'main'", contexts, 'failure', 'nothing')).toBe(true)
  })
})
