import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/build/json.ts'
import { exampleProperties } from './example-build.ts'

const sources = {
  steps: {
    lint: {
      outputs: { coverage: '70', 'a.b': 'dotted', files: '["x","y"]' },
      outcome: 'failure',
      conclusion: 'success',
    },
    test: { outputs: { coverage: '80' }, outcome: 'success', conclusion: 'success' },
    skipped: { outputs: {}, outcome: 'skipped', conclusion: 'skipped' },
  },
  needs: { build: { result: 'success', outputs: { size: '12', coverage: '60' } } },
  matrix: { os: 'linux', 'node.version': 20, include: { deep: ['a', { b: 1 }] } },
  job: { status: 'success', check_run_id: 7, container: { id: 'c1' } },
  strategy: { 'job-index': 0, 'fail-fast': true },
  runner: { os: 'Linux' },
  github: { ref: 'refs/heads/main' },
  event: { pull_request: { labels: [{ name: 'bug' }, { name: 'perf' }], head: { repo: null } }, forced: false },
  env: { CI: 'true', 'npm.registry': 'https://x' },
  own: { team: 'core', nested: { a: { b: 2 } }, 'runner.os': 'mine' },
}

describe('find', () => {
  test.each([
    ['steps.lint.outputs.coverage', '70'],
    ['steps.lint.outputs.a.b', 'dotted'],
    ['a.b', 'dotted'],
    ['steps.skipped.outcome', 'skipped'],
    ['steps.lint.conclusion', 'success'],
    ['needs.build.outputs.size', '12'],
    ['needs.build.result', 'success'],
    ['size', '12'],
    ['coverage', '80'],
    ['matrix.node.version', 20],
    ['matrix.include.deep.1.b', 1],
    ['job.status', 'success'],
    ['job.container.id', 'c1'],
    ['strategy.job-index', 0],
    ['strategy.fail-fast', true],
    ['github.ref', 'refs/heads/main'],
    ['github.event.pull_request.labels.1.name', 'perf'],
    ['github.event.pull_request.labels', [{ name: 'bug' }, { name: 'perf' }]],
    ['github.event.pull_request.head.repo', null],
    ['github.event.forced', false],
    ['env.CI', 'true'],
    ['team', 'core'],
    ['nested', { a: { b: 2 } }],
    ['runner.os', 'mine'],
  ])('%s is %j', (name, value) => {
    expect(exampleProperties(sources).find(name)?.value).toEqual(value)
  })

  test.each([
    '',
    '.',
    'lint',
    'outcome',
    'steps.lint.outputs.',
    'steps..outputs',
    'steps.LINT.outputs.coverage',
    'steps.lint.outputs.coverage.length',
    'github.event.pull_request.labels.2',
    'github.event.pull_request.labels.-1',
    'github.event.pull_request.head.repo.name',
    'github.token',
    'steps.__proto__',
    'steps.constructor',
    'toString',
    '__proto__',
    'matrix.include.deep.constructor.name',
  ])('there is no %j', (name) => {
    expect(exampleProperties(sources).find(name)).toBeUndefined()
  })

  test.each(['steps', 'needs', 'matrix', 'job', 'strategy', 'runner', 'github', 'env'])(
    'the whole context %s is no property, whatever it holds',
    (name) => {
      expect(exampleProperties(sources).find(name)).toBeUndefined()
    },
  )

  test('a list has places, and no length as a property of JavaScript', () => {
    expect(exampleProperties(sources).find('github.event.pull_request.labels.length')).toBeUndefined()
  })

  test('a variable whose name has a dot is found', () => {
    expect(exampleProperties(sources).find('env.npm.registry')?.value).toBe('https://x')
  })

  test('names that JavaScript gives a meaning to are names', () => {
    const outputs = JSON.parse('{"__proto__": "p", "constructor": "c", "hasOwnProperty": "h"}') as JsonObject
    const properties = exampleProperties({ steps: { s: { outputs } } })
    expect(properties.find('__proto__')?.value).toBe('p')
    expect(properties.find('steps.s.outputs.constructor')?.value).toBe('c')
    expect(properties.find('hasOwnProperty')?.value).toBe('h')
    expect(properties.clashesOf('__proto__')).toEqual([])
  })
})

describe('short names', () => {
  const needs = { first: { outputs: { name: 'need' } } }
  const steps = { a: { outputs: { name: 'step a' } }, b: { outputs: { name: 'step b' } } }
  const own = { name: 'own' }

  test.each([
    ['a needed job', { needs }, 'need', []],
    [
      'steps win over needs',
      { needs, steps: { a: steps.a } },
      'step a',
      ['needs.first.outputs.name', 'steps.a.outputs.name'],
    ],
    ['the last step wins', { steps }, 'step b', ['steps.a.outputs.name', 'steps.b.outputs.name']],
    [
      'all of them clash',
      { needs, steps },
      'step b',
      ['needs.first.outputs.name', 'steps.a.outputs.name', 'steps.b.outputs.name'],
    ],
    ['own properties win, and settle it', { needs, steps, own }, 'own', []],
  ])('%s', (_, given, value, clashes) => {
    const properties = exampleProperties(given)
    expect(properties.find('name')?.value).toBe(value)
    expect(properties.clashesOf('name')).toEqual(clashes)
  })

  test('the last of them alone is listed with its short name', () => {
    const names = exampleProperties({ needs, steps }).listed.map(({ path, shortName }) => [path, shortName])
    expect(names).toEqual([
      ['needs.first.outputs.name', undefined],
      ['steps.a.outputs.name', undefined],
      ['steps.b.outputs.name', 'name'],
    ])
  })

  test('an own property wins over a path of the same name', () => {
    const properties = exampleProperties({ steps, own: { 'steps.a.outputs.name': 'mine' } })
    expect(properties.find('steps.a.outputs.name')?.value).toBe('mine')
  })

  test('nothing clashes with a name that is set once, or never', () => {
    expect(exampleProperties(sources).clashesOf('size')).toEqual([])
    expect(exampleProperties(sources).clashesOf('nobody')).toEqual([])
    expect(exampleProperties(sources).clashesOf('constructor')).toEqual([])
  })
})

describe('what a regular expression sees', () => {
  const paths = exampleProperties({ ...sources, own: { team: 'core' } }).listed.map(({ path }) => path)

  test('is neither the environment nor the event payload', () => {
    expect(paths.filter((path) => path.startsWith('env.') || path.startsWith('github.event.'))).toEqual([])
  })

  test('is the rest, each once', () => {
    expect(paths).toEqual([...new Set(paths)])
    expect(paths).toEqual(
      expect.arrayContaining([
        'steps.test.outcome',
        'needs.build.result',
        'matrix.os',
        'job.status',
        'github.ref',
        'team',
      ]),
    )
    expect(paths).not.toContain('job.container')
    expect(paths).not.toContain('job.check_run_id')
  })
})

test.each<[string, JsonObject]>([
  ['a step that is no object', { a: 'text', b: null, c: ['x'] }],
  ['outputs that are no object', { a: { outputs: 'text' }, b: { outputs: null }, c: { outputs: ['x'] } }],
])('%s gives no property', (_, steps) => {
  expect(exampleProperties({ steps }).listed).toEqual([])
})
