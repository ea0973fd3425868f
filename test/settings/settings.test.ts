import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultRules, type Rule } from '../../src/capture/rules.ts'
import type { Comparison } from '../../src/compare/comparison.ts'
import type { NativeOptions } from '../../src/point/identity.ts'
import { readSecrets } from '../../src/settings/early-inputs.ts'
import { SettingsError } from '../../src/settings/problem.ts'
import { parseSettings, type Settings } from '../../src/settings/settings.ts'
import { readFrom, runFacts } from './inputs.ts'

type Inputs = Readonly<Record<string, string>>

const parse = (inputs: Inputs) => parseSettings(readFrom({ file: 'f.lp', ...inputs }), runFacts)

const layoutsOf = async (inputs: Inputs) => (await parse(inputs)).storages.map(({ layout }) => layout)

async function problemsOf(inputs: Inputs): Promise<string> {
  const error = await parse(inputs).then(
    () => 'no problem',
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(SettingsError)
  return (error as SettingsError).message
}

test('without any input, everything has its default', async () => {
  const settings = await parseSettings(readFrom({}), runFacts)
  expect(settings).toEqual({
    storages: [
      {
        target: { kind: 'file', path: '/runner/temp/build-stats.lp', name: '/runner/temp/build-stats.lp' },
        rules: defaultRules,
        layout: { kind: 'native', options: { measurement: 'build', tags: [], matrixTags: true } },
      },
    ],
    notices: [expect.stringMatching(/^The inputs url and token are empty/)],
    missingSecrets: [],
    losses: [],
    warnings: [],
    properties: {},
    githubToken: undefined,
    startPoint: true,
    resources: undefined,
    summary: true,
    timeoutMs: 30_000,
    failOnError: false,
    warnsOfMistakes: false,
    dryRun: false,
  })
})

describe('with on-mistake: warn', () => {
  const tolerant = { 'on-mistake': 'warn', 'fail-on-error': 'true' }

  test('an invalid input is a warning, and the others count', async () => {
    const inputs = {
      timeout: 'soon',
      captures: '- durtion\n- end-time',
      tags: 'team: core',
      summary: 'yes',
      compare: '[]',
    }
    const { warnings, losses, storages, warnsOfMistakes } = await parse({ ...tolerant, ...inputs })
    expect(warnings).toEqual([
      expect.stringMatching(/^captures, line 1: .*durtion.*\. It is ignored\.$/s),
      expect.stringMatching(/^summary: must be true.* It is ignored\.$/),
      expect.stringMatching(/^compare: .* It is ignored\.$/),
      expect.stringMatching(/^timeout: must be a number of seconds.* It is ignored\.$/),
    ])
    expect([losses, warnsOfMistakes]).toEqual([[], true])
    expect(storages.map(({ rules }) => rules.map(({ kind }) => kind))).toEqual([['end-time']])
  })

  test.each<Inputs>([{ url: 'influx' }, { layout: 'buildbt' }, { measurement: '_x' }, { api: 'v4' }])(
    'a mistake of the place %o still leaves no settings',
    async (inputs) => {
      expect(await problemsOf({ ...tolerant, ...inputs })).toContain(Object.keys(inputs)[0])
    },
  )

  test('another word is a problem itself', async () => {
    expect(await problemsOf({ 'on-mistake': 'wran' })).toContain('on-mistake: must be fail or warn, but is "wran"')
  })
})

describe('what is right', () => {
  const comparison: Comparison = {
    ...{ last: 20, branch: 'default', minBuilds: 5, ignoreTags: [], limits: [] },
    statistic: { name: 'duration', data: undefined, where: [] },
    ...{ usual: 'range', confirm: 1, floor: 1, since: true },
  }

  test.each<[Inputs, Partial<Settings>]>([
    [{ 'start-point': 'false' }, { startPoint: false }],
    [{ 'start-point': 'FALSE' }, { startPoint: false }],
    [{ summary: 'False' }, { summary: false }],
    [{ summary: 'verdict' }, { summary: 'verdict' }],
    ...['', 'false', 'False', ' '].map((compare): [Inputs, Partial<Settings>] => [{ compare }, { compare: undefined }]),
    [{ compare: 'true' }, { compare: [comparison] }],
    [{ compare: '{}' }, { compare: [comparison] }],
    [{ compare: 'last: 7\nbranch: same' }, { compare: [{ ...comparison, last: 7, branch: 'same' }] }],
    [{ compare: '- last: 7\n- {}' }, { compare: [{ ...comparison, last: 7 }, comparison] }],
    [{ 'fail-on-error': 'true' }, { failOnError: true }],
    [{ 'dry-run': 'True' }, { dryRun: true }],
    [{ timeout: '5' }, { timeoutMs: 5000 }],
    [{ timeout: '2.5' }, { timeoutMs: 2500 }],
    [{ timeout: '3600' }, { timeoutMs: 3_600_000 }],
    [{ 'github-token': 'ghs_x' }, { githubToken: 'ghs_x' }],
    [{ layout: 'native' }, {}],
    [
      { properties: 'team: core\nnumber: 1.20\nsha: 12345e6\nquoted: "1.20"\nnothing:\nno: ~\nlist: [1, 2]' },
      {
        properties: {
          ...{ team: 'core', number: '1.20', sha: '12345e6', quoted: '1.20' },
          ...{ nothing: '', no: null, list: [1, 2] },
        },
      },
    ],
    [{ properties: '{"a": {"b": "x: y\\n- z"}}' }, { properties: { a: { b: 'x: y\n- z' } } }],
    [{ properties: '{a: b}' }, { properties: { a: 'b' } }],
    [{ properties: ' ' }, { properties: {} }],
  ])('%j', async (inputs, expected) => {
    expect(await parse(inputs)).toMatchObject(expected)
  })

  const common = { field: undefined, type: undefined, builder: undefined, callback: undefined, source: 'captures' }
  test.each<[Inputs, readonly Rule[]]>([
    [{ captures: '[]' }, []],
    [{ captures: '- end-time' }, [{ kind: 'end-time', ...common, line: 1 }]],
    [{ captures: ' \n' }, defaultRules],
  ])('%j, for the rules', async (inputs, rules) => {
    expect((await parse(inputs)).storages.map((storage) => storage.rules)).toEqual([rules])
  })

  test('every storage of the inputs has the rules and the layout', async () => {
    const { storages } = await parse({
      url: 'http://influx',
      database: 'd',
      captures: '- end-time',
      layout: 'buildbot',
    })
    expect(storages).toMatchObject([{ target: { kind: 'influxdb' } }, { target: { kind: 'file' } }])
    for (const { rules, layout } of storages) {
      expect(rules).toEqual([{ kind: 'end-time', ...common, line: 1 }])
      expect(layout).toEqual({ kind: 'buildbot', tags: [] })
    }
  })

  test.each<[Inputs, Partial<NativeOptions>]>([
    [{ measurement: 'jobs' }, { measurement: 'jobs' }],
    [{ measurement: 'my jobs, all' }, { measurement: 'my jobs, all' }],
    [{ 'matrix-tags': 'false' }, { matrixTags: false }],
    [
      { tags: 'team: core\nshard: 2\nmain: true' },
      {
        tags: [
          ['team', 'core'],
          ['shard', '2'],
          ['main', 'true'],
        ],
      },
    ],
    [
      { tags: '{"a": "b", "c": 1.5}' },
      {
        tags: [
          ['a', 'b'],
          ['c', '1.5'],
        ],
      },
    ],
    // Tags that this build lacks and others may have.
    [
      { tags: 'a:\nb: ""\nc: x' },
      {
        tags: [
          ['a', ''],
          ['b', ''],
          ['c', 'x'],
        ],
      },
    ],
  ])('%j, for the layout', async (inputs, expected) => {
    expect(await layoutsOf(inputs)).toMatchObject([{ kind: 'native', options: expected }])
  })

  test.each(['3.10', '0123', '12345678901234567890'])('a tag is the text %s as it is written', async (text) => {
    expect(await layoutsOf({ tags: `version: ${text}` })).toMatchObject([{ options: { tags: [['version', text]] } }])
  })

  test('keys that JavaScript gives a meaning to are keys', async () => {
    const { properties } = await parse({ properties: '{"__proto__": "p", "constructor": 1}' })
    expect(Object.entries(properties)).toEqual([
      ['__proto__', 'p'],
      ['constructor', 1],
    ])
  })
})

describe('what is wrong', () => {
  test.each<[Inputs, RegExp]>([
    [{ 'start-point': 'yes' }, /start-point: must be true or false, but is "yes"/],
    [{ summary: '0' }, /summary: must be true, false or verdict, but is "0"/],
    [{ 'fail-on-error': 'ture' }, /fail-on-error: must be true or false, but is "ture"; did you mean "true"\?/],
    [{ 'dry-run': 'tRUE' }, /dry-run: must be true or false/],
    [{ 'matrix-tags': 'none' }, /matrix-tags: must be true or false/],
    ...['0', '0.0001', '-1', '30s', '1e3', 'abc', '3601', '.5', '0x10', '1 000', 'Infinity'].map(
      (timeout): [Inputs, RegExp] => [
        { timeout },
        /timeout: must be a number of seconds, more than 0 and at most 3600, but is "/,
      ],
    ),
    ...['_internal', '#x', 'a\nb', 'a\\'].map((measurement): [Inputs, RegExp] => [
      { measurement },
      /measurement: ".*" is not a valid measurement: it must be one line/,
    ]),
    [{ compare: 'ture' }, /compare: is "ture", but must be true, false, a map or a list of maps/],
    [{ compare: 'last: 2\nlats: 3' }, /compare, line 2: unknown key "lats"; did you mean "last"/],
    [
      { captures: '- data: {name: a, measurement: build_step}' },
      /captures, line 1: "build_step" is the measurement of the builds/,
    ],
    [{ layout: 'wide' }, /layout: "wide" is unknown/],
    [{ tags: '- a' }, /tags: must be a map: lines of "name: value"/],
    [{ tags: 'just text' }, /tags: must be a map/],
    [{ tags: 'a: [1]' }, /tags, line 1: "a" must be text, a number or a boolean/],
    [{ tags: 'time: 1' }, /tags, line 1: "time" is reserved by InfluxDB/],
    [{ tags: '_field: 1' }, /tags, line 1: "_field" is reserved by InfluxDB/],
    [{ tags: 'a: 1\n_measurement: 1' }, /tags, line 2: "_measurement" is reserved by InfluxDB/],
    [{ tags: '{"time\\\\": 1}' }, /tags: "time" is reserved by InfluxDB/],
    [{ tags: 'a: 1\na: 2' }, /tags, line 2: .*duplicated/],
    [{ properties: '[1]' }, /properties: must be a map/],
    [{ properties: 'text' }, /properties: must be a map/],
    [{ captures: 'duration' }, /captures(, line 1)?: must be a list of rules/],
    [
      { captures: '- duration\n- durations' },
      /captures, line 2: unknown kind of rule "durations"; did you mean "duration"\?/,
    ],
    [{ captures: '- property:\n    name: a\n    type: number' }, /captures, line 3: property: "type" must be one of/],
    [
      { captures: '- data: {name: a, measurement: build}' },
      /captures, line 1: "build" is the measurement of the builds; choose another$/,
    ],
    [
      { captures: '- data: {name: a, measurement: jobs_start}', measurement: 'jobs' },
      /captures, line 1: "jobs_start" is the measurement/,
    ],
    [{ url: 'ftp://x', database: 'd' }, /url: has the scheme/],
  ])('%j', async (inputs, message) => {
    expect(await problemsOf(inputs)).toMatch(message)
  })

  test('everything is told at once, with those found before', async () => {
    const read = readFrom({
      file: 'f',
      timeout: 'x',
      summary: 'x',
      captures: '- x\n- y',
      tags: '[',
      properties: '1',
      layout: 'x',
    })
    const error = await parseSettings(read, runFacts, [{ input: 'steps', text: 'is wrong' }]).catch(
      (thrown: unknown) => thrown,
    )
    if (!(error instanceof SettingsError)) throw new Error('no SettingsError', { cause: error })
    const { problems, message } = error
    const inputs = problems.map(({ input }) => input)
    expect(new Set(inputs)).toEqual(
      new Set(['steps', 'captures', 'tags', 'properties', 'summary', 'timeout', 'layout']),
    )
    expect(inputs.filter((input) => input === 'captures')).toHaveLength(2)
    expect(message.split('\n')).toHaveLength(problems.length + 1)
  })

  test('a tag that is wrong is told with its line', async () => {
    expect(await problemsOf({ tags: 'a: 1\nb: [1]\ntime: 2' })).toMatch(
      /tags, line 2: "b" must.*\n.*tags, line 3: "time"/,
    )
  })

  test.each(['tags', 'properties', 'captures'])('an alias in %s that holds itself is a problem', async (input) => {
    expect(
      await problemsOf({ [input]: input === 'captures' ? '- property: &x {name: *x}' : 'a: &x {b: *x}' }),
    ).toContain(input)
  })

  test.each([200, 2000, 20_000])('properties that are nested too deep are no problem: %d levels', async (depth) => {
    const properties = `{"a": ${'['.repeat(depth)}${']'.repeat(depth)}, "b": 1}`
    const settings = await parseSettings(readFrom({ properties }), runFacts)
    expect(settings.properties.b).toBe(1)
    expect(JSON.stringify(settings.properties.a)).toBe(`${'['.repeat(99)}null${']'.repeat(99)}`)
    expect(settings.warnings).toEqual([expect.stringMatching(/^The input properties is nested deeper than 100 levels/)])
  })

  test('tags that are nested too deep are a problem', async () => {
    const tags = `{"a": ${'['.repeat(20_000)}${']'.repeat(20_000)}}`
    expect(await problemsOf({ tags })).toContain('"a" must be text, a number or a boolean')
  })
})

test('problems are told by input, and there by line, whatever found them first', () => {
  const at = (input: string, line?: number) => ({ input, line, text: `${line}` })
  const { message } = new SettingsError([at('b', 3), at('a', 10), at('b', 2), at('a', 9), at('b')])
  expect(message.split('\n').slice(1)).toEqual([
    '  b: undefined',
    '  b, line 2: 2',
    '  b, line 3: 3',
    '  a, line 9: 9',
    '  a, line 10: 10',
  ])
})

test('in post, properties that are no YAML cost themselves alone: a warning', async () => {
  const read = readFrom({ file: 'f.lp', properties: 'a: [' })
  const { properties, warnings } = await parseSettings(read, { ...runFacts, phase: 'post' })
  expect(properties).toEqual({})
  expect(warnings).toEqual([expect.stringMatching(/^properties, line 1: .*\. Its values are ignored\.$/)])
  await expect(parseSettings(read, runFacts)).rejects.toThrow(SettingsError)
})

test('a timeout is whole milliseconds, at least one, as timers take it', async () => {
  const seconds = fc.double({ min: 0.001, max: 3600, noNaN: true }).map((value) => value.toFixed(4))
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.constantFrom('1.005', '0.001', '0.0015'), seconds), async (timeout) => {
      const { timeoutMs } = await parse({ timeout })
      expect(Number.isInteger(timeoutMs), timeout).toBe(true)
      expect(timeoutMs).toBeGreaterThanOrEqual(1)
      expect(Math.abs(timeoutMs - Number(timeout) * 1000)).toBeLessThanOrEqual(1)
    }),
  )
})

test.each<[Inputs, string[]]>([
  [{}, []],
  [{ token: 't', password: 'p', 'github-token': 'g' }, ['t', 'p', 'g']],
  [{ username: 'u', password: 'pä' }, ['pä', Buffer.from('u:pä').toString('base64')]],
])('secrets of %j', (inputs, secrets) => {
  expect(readSecrets(readFrom(inputs)).toSorted()).toEqual(secrets.toSorted())
})
