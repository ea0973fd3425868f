import { expect, test } from 'vitest'
import { parseContexts } from '../../src/settings/contexts.ts'
import { readFrom } from './inputs.ts'

const empty = { steps: {}, needs: {}, matrix: {}, job: {}, strategy: {}, inputs: {} }

test.each([
  ['', {}],
  [' \n', {}],
  ['null', {}],
  ['{}', {}],
  ['{\n  "a": {"outputs": {"x": "1"}}\n}', { a: { outputs: { x: '1' } } }],
])('steps of %j', (text, steps) => {
  expect(parseContexts(readFrom({ steps: text }))).toEqual({
    contexts: { ...empty, steps },
    problems: [],
    warnings: [],
  })
})

test('each context comes from its own input', () => {
  const inputs = Object.fromEntries(Object.keys(empty).map((name) => [name, JSON.stringify({ name })]))
  expect(parseContexts(readFrom(inputs)).contexts).toEqual({
    steps: { name: 'steps' },
    needs: { name: 'needs' },
    matrix: { name: 'matrix' },
    job: { name: 'job' },
    strategy: { name: 'strategy' },
    inputs: { name: 'inputs' },
  })
})

test.each([
  ['Object', '"Object"'],
  ['[1]', '"[1]"'],
  ['"text"', '"\\"text\\""'],
  ['5', '"5"'],
  ['{"a": 1', '"{\\"a\\": 1"'],
  ['a word '.repeat(9), `"${'a word '.repeat(5)}a…"`],
])('%j is a problem that shows it, and costs its own properties alone', (needs, given) => {
  expect(parseContexts(readFrom({ needs, matrix: '{"os":"linux"}' }))).toEqual({
    contexts: { ...empty, matrix: { os: 'linux' } },
    problems: [{ input: 'needs', text: `must be \${{ toJSON(needs) }}, a JSON object, but is ${given}` }],
    warnings: [],
  })
})

test.each(['steps', 'needs', 'matrix', 'job', 'strategy', 'inputs'])(
  'what is nested too deep in %s is left out, and told',
  (input) => {
    const nest = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
    const parse = (depth: number) => parseContexts(readFrom({ [input]: `{"a": ${nest(depth)}, "b": 1}` }))
    expect(parse(99)).toMatchObject({ contexts: { [input]: { a: JSON.parse(nest(99)), b: 1 } }, warnings: [] })
    for (const depth of [100, 2000, 100_000]) {
      const { contexts, problems, warnings } = parse(depth)
      expect(JSON.stringify(contexts)).toContain(`{"a":${'['.repeat(99)}null${']'.repeat(99)},"b":1}`)
      expect(problems).toEqual([])
      expect(warnings).toEqual([`The input ${input} is nested deeper than 100 levels: deeper values are left out.`])
    }
  },
)
