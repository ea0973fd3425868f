import { describe, expect, test } from 'vitest'
import type { Steps } from '../../src/build/build.ts'
import { captureBuild } from '../../src/capture/capture.ts'
import { nameRule } from '../../src/capture/rules.ts'
import { exampleBuild } from '../build/example-build.ts'
import { parseRules } from './example-rules.ts'

const common = { builder: undefined, callback: undefined, source: 'captures', line: 7 }
const ran = ['Set up job', 'Test', 'Run npm run bench'].map((name, index) => ({
  ...{ name, number: index + 1, conclusion: 'success' },
  ...{ startMs: index * 1000, endMs: index * 1000 + 500 },
}))
const steps: Steps = { ran, others: ['Deploy', 'Pack'], late: ['Pack'] }

let told: readonly string[] = []

function capture(items: unknown[], of: Steps = steps) {
  const { rules, problems } = parseRules(items, () => 7)
  expect(problems).toEqual([])
  const { steps: found, misses, warnings } = captureBuild(exampleBuild({ steps: of }), rules)
  told = warnings
  return { names: found.map(({ name }) => name), misses: misses.map(({ reason, level }) => `${level}: ${reason}`) }
}

test.each<[unknown, object]>([
  ['steps', { kind: 'steps', match: undefined, ...common }],
  [{ steps: null }, { kind: 'steps', match: undefined, ...common }],
  [{ steps: 'Test' }, { kind: 'steps', match: { name: 'Test' }, ...common }],
  [{ steps: { name: 'Test' } }, { kind: 'steps', match: { name: 'Test' }, ...common }],
  [
    { steps: { regex: 'Run .*', builder: 'CI/*' } },
    { kind: 'steps', match: { regex: expect.objectContaining({ source: 'Run .*' }) }, ...common, builder: ['CI/*'] },
  ],
])('%j is a rule', (item, rule) => {
  expect(parseRules([item], () => 7)).toEqual({ rules: [rule], problems: [] })
})

test.each<[unknown, RegExp]>([
  [{ steps: { name: 'a', regex: 'b' } }, /^steps takes either "name" or "regex", or neither$/],
  [{ steps: { callback: 'x' } }, /^unknown key "callback" of steps; .*Known keys: name, regex, builder$/],
  [{ steps: { regex: '(' } }, /^steps: "regex" is not a valid regular expression in Python's syntax: missing \)/],
  [{ steps: { name: '' } }, /^steps: "name" must not be empty/],
  ['step', /^unknown kind of rule "step"; did you mean "steps"\?/],
])('%j is a problem', (item, text) => {
  expect(parseRules([item], () => 7).problems.map((problem) => problem.text)).toEqual([expect.stringMatching(text)])
})

test.each(['steps', { steps: 'Test' }, { steps: {} }])('%j has no use in the Buildbot layout', (item) => {
  const { rules, problems } = parseRules([item], () => 7, { source: 'captures', layout: 'buildbot' })
  expect(rules).toEqual([])
  expect(problems).toEqual([{ path: [0], text: expect.stringContaining('is not used by the layout buildbot') }])
})

test.each([
  ['steps', 'steps (captures, line 7)'],
  [{ steps: 'Test' }, 'steps Test (captures, line 7)'],
  [{ steps: { regex: 'T' } }, 'steps /T/ (captures, line 7)'],
])('%j is called %s', (item, name) => {
  expect(parseRules([item], () => 7).rules.map(nameRule)).toEqual([name])
})

describe('captures', () => {
  test.each<[unknown[], string[]]>([
    [['steps'], ['Set up job', 'Test', 'Run npm run bench']],
    [[{ steps: 'Test' }], ['Test']],
    [[{ steps: { regex: 'Run|Set' } }], ['Set up job', 'Run npm run bench']],
    [[{ steps: { regex: 'npm' } }], []],
    [[{ steps: 'Deploy' }], []],
    [[{ steps: { builder: 'other/*' } }], []],
    [
      ['steps', { steps: 'Test' }, 'steps'],
      ['Set up job', 'Test', 'Run npm run bench'],
    ],
    [['duration'], []],
  ])('%j: %j', (items, names) => {
    expect(capture(items)).toEqual({ names, misses: [] })
  })

  test('every step of one name', () => {
    const [first] = ran
    if (first === undefined) throw new Error('no step')
    const twice = [first, { ...first, number: 9 }]
    expect(capture([{ steps: first.name }], { ran: twice, others: [], late: [] }).names).toEqual([
      first.name,
      first.name,
    ])
  })

  test('a name that no step has is a miss, with what is near', () => {
    expect(capture([{ steps: 'Tests' }]).misses).toEqual(['warn: the job has no step "Tests"; did you mean "Test"'])
    expect(capture([{ steps: 'something else' }]).misses).toEqual([
      expect.stringContaining('GitHub names a step without a name after its command, such as "Run npm test"'),
    ])
  })

  test('without the API there is a miss with its reason, a rule', () => {
    const reason = 'the token may not read it (403); give the job `permissions: actions: read`'
    expect(capture(['steps', { steps: 'Test' }], { reason })).toEqual({
      names: [],
      misses: Array(2).fill(`warn: the steps of the job are not known: ${reason}`),
    })
  })

  test.each<[unknown[], string[]]>([
    [['steps', 'steps'], ['Pack']],
    [[{ steps: 'Pack' }], ['Pack']],
    [[{ steps: { regex: 'Test' } }], []],
  ])('%j tells of the steps that GitHub is late with: %j', (items, names) => {
    expect(capture(items).misses).toEqual([])
    expect(told).toEqual(
      names.map(
        (name) => `GitHub does not yet report that the step "${name}" has ended, so no point is written for it.`,
      ),
    )
  })
})
