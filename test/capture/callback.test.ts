import jsonata from 'jsonata'
import { describe, expect, test } from 'vitest'
import { type DataRecord, type Fields, Unsigned } from '../../src/build/data.ts'
import type { JsonObject } from '../../src/build/json.ts'
import {
  applyCallbacks,
  applyDataCallbacks,
  type CallbackAnswer,
  type CallbackCall,
} from '../../src/capture/callback.ts'
import { captureBuild } from '../../src/capture/capture.ts'
import { createDataCapture } from '../../src/capture/data.ts'
import { explainMiss } from '../../src/capture/miss.ts'
import { hasCallback } from '../../src/capture/rules.ts'
import { createDataShaper } from '../../src/capture/shape.ts'
import { exampleBuild, exampleProperties } from '../build/example-build.ts'
import { parseRules } from './example-rules.ts'

const build = exampleBuild({
  properties: exampleProperties({
    steps: { unit: { outputs: { size: '2048', version: '1.20', empty: '', bench_a: '1', bench_b: '2' } } },
    env: { FLAVOUR: 'vanilla' },
    own: { list: [1, 2], nothing: null, long: 'x'.repeat(5000), team: 'web' },
  }),
})

/** Callbacks of this file are harmless: they run here. */
async function run(calls: readonly CallbackCall[]): Promise<CallbackAnswer[]> {
  return await Promise.all(
    calls.map(async ({ callback, input, props }) => {
      try {
        const text = JSON.stringify(await jsonata(callback).evaluate(props === undefined ? input : { ...input, props }))
        return text === undefined ? {} : { value: JSON.parse(text) }
      } catch (error) {
        return { failure: (error as Error).message }
      }
    }),
  )
}

async function capture(...items: unknown[]) {
  const { rules, problems } = parseRules(items, () => 5)
  expect(problems).toEqual([])
  const calls: CallbackCall[] = []
  const captures = await applyCallbacks(captureBuild(build, rules), (given) => {
    calls.push(...given)
    return run(given)
  })
  const { captured, misses } = captures
  return { captured, misses, calls, values: captured.map(({ value }) => value), texts: misses.map(explainMiss) }
}

const tests: DataRecord = {
  name: 'tests',
  tags: [['suite', 'unit']],
  fields: [
    ['passed', 8],
    ['failed', 2n],
    ['skipped', new Unsigned(5n)],
    ['note', 'a, b'],
    ['ok', false],
  ],
  timeNs: 7n,
}

async function captureData(records: readonly DataRecord[], ...rules: object[]) {
  const parsed = parseRules(
    rules.map((data) => ({ data })),
    () => 5,
  )
  expect(parsed.problems).toEqual([])
  const calls: CallbackCall[] = []
  const { captured, misses } = await applyDataCallbacks(
    records.map(createDataCapture('CI/test', parsed.rules)),
    (given) => {
      calls.push(...given)
      return run(given)
    },
    createDataShaper().toBase,
  )
  const made = captured.map((found) => found.map(({ record }) => record))
  return {
    captured,
    made,
    fields: made.flat().map(({ fields }) => fields),
    calls,
    texts: misses.map(explainMiss),
    misses,
  }
}

describe('a callback is given', () => {
  test.each<[rule: object, input: JsonObject]>([
    [{ 'start-time': { callback: '1' } }, { start: '2026-08-01T12:00:00.000Z' }],
    [{ 'end-time': { callback: '1' } }, { end: '2026-08-01T12:01:30.500Z' }],
    [
      { duration: { callback: '1', 'report-in': 'hours' } },
      { start: '2026-08-01T12:00:00.000Z', end: '2026-08-01T12:01:30.500Z', seconds: 90.5 },
    ],
    [{ property: { name: 'size', callback: '1' } }, { value: '2048', name: 'size' }],
    [
      { property: { name: 'steps.unit.outputs.size', callback: '1' } },
      { value: '2048', name: 'steps.unit.outputs.size' },
    ],
    [{ property: { name: 'list', callback: '1' } }, { value: [1, 2], name: 'list' }],
    [{ property: { name: 'nothing', callback: '1' } }, { value: null, name: 'nothing' }],
    [{ property: { name: 'env.FLAVOUR', callback: '1' } }, { value: 'vanilla', name: 'env.FLAVOUR' }],
    [{ property: { name: 'absent', callback: '1' } }, { name: 'absent' }],
  ])('%j: its bindings', async (rule, input) => {
    const { calls } = await capture(rule)
    expect(calls).toEqual([{ callback: '1', input, ...('property' in rule && { props: expect.any(Object) }) }])
  })

  test('every property, by name and by path, and with its type', async () => {
    const callback = '[props.size, props."steps.unit.outputs.size", $sum(props.list)]'
    expect((await capture({ property: { name: 'team', callback } })).values).toEqual(['["2048","2048",3]'])
    const { calls } = await capture({ property: { name: 'team', callback } })
    expect(Object.keys(calls[0]?.props ?? {}).filter((name) => name.startsWith('env.'))).toEqual([])
  })

  test('each property that a regular expression finds, and no empty one', async () => {
    const callback = 'name & "=" & value'
    const { values } = await capture({ property: { regex: 'bench_|empty', callback } })
    expect(values).toEqual(['bench_a=1', 'bench_b=2'])
  })
})

describe('what a callback gives', () => {
  test.each<[rule: object, value: unknown]>([
    [{ property: { name: 'size', callback: '$number(value) / 1024' } }, 2],
    [{ property: { name: 'size', callback: '$number(value)', type: 'int' } }, 2048n],
    [{ property: { name: 'size', callback: '$number(value)', type: 'string' } }, '2048'],
    [{ property: { name: 'size', callback: '$number(value) > 1', type: 'boolean' } }, true],
    [{ property: { name: 'size', callback: 'value' } }, 2048],
    [{ property: { name: 'empty', callback: 'value = "" ? "none" : value' } }, 'none'],
    [{ property: { name: 'list', callback: '{"sum": $sum(value)}' } }, '{"sum":3}'],
    [{ property: { name: 'team', callback: '$uppercase(value)', tag: 'team' } }, 'WEB'],
    [{ 'start-time': { callback: '$substringBefore(start, "T")' } }, '2026-08-01'],
    [{ 'start-time': { callback: '$toMillis(start)', type: 'int' } }, 1785585600000n],
    [{ duration: { callback: '$round(seconds)', type: 'int' } }, 90n],
    [{ duration: { callback: '"1m 30s"', type: 'seconds' } }, 90],
    [{ 'end-time': { callback: '$toMillis(end)' } }, build.endMs],
    [{ duration: { callback: '$floor(seconds)', 'report-in': 'minutes' } }, 90],
    [{ duration: { callback: '($toMillis(end) - $toMillis(start)) / 500' } }, 181],
  ])('%j is the statistic', async (rule, value) => {
    const { values, misses } = await capture(rule)
    expect([values, misses]).toEqual([[value], []])
  })

  // As in Buildbot, which calls a callback whatever properties there are.
  test.each<[rule: object, value: unknown]>([
    [{ name: 'ratio', callback: '$number(props.size) / 4' }, 512],
    [{ name: 'warnings', callback: '$exists(value) ? value : 0' }, 0],
    [{ name: 'size', callback: '$exists(value) ? value : 0' }, 2048],
    [{ name: 'absent', callback: 'name & "?"', tag: 'guess' }, 'absent?'],
    [{ name: 'absent', callback: '3', type: 'int', 'on-missing': 'error' }, 3n],
  ])('%j is the statistic, whether there is such a property or not', async (property, value) => {
    const { values, misses } = await capture({ property })
    expect([values, misses]).toEqual([[value], []])
  })

  test('is made of the same properties for all, and these are one object', async () => {
    const { calls } = await capture(
      { property: { regex: 'bench_|size', callback: 'value' } },
      { property: { name: 'team', callback: 'value' } },
    )
    expect(calls.length).toBe(4)
    expect(new Set(calls.map(({ props }) => props)).size).toBe(1)
  })

  // A tag is text as it stands, with a callback as without: captureBuild takes `string` for it.
  test('is a tag as it stands', async () => {
    const { values } = await capture(
      { property: { name: 'version', tag: 'go' } },
      { property: { name: 'version', tag: 'go2', callback: 'value' } },
      { property: { name: 'version', tag: 'go3', callback: '$substringBefore(value, "x") & "0"' } },
    )
    expect(values).toEqual(['1.20', '1.20', '1.200'])
  })

  test('stays in the order of the rules, between those without', async () => {
    const { values, misses } = await capture(
      { property: { name: 'team', callback: '$length(value)' } },
      'duration',
      { property: { name: 'size', callback: 'nothing' } },
      { property: { name: 'team', field: 'plain' } },
      { duration: { callback: 'seconds * 2', field: 'twice' } },
      'end-time',
    )
    expect(values).toEqual([3, 90.5, 'web', 181, '2026-08-01T12:01:30.500Z'])
    expect(misses.length).toBe(1)
  })

  test('is asked for once, and not at all where no rule that applies has a callback', async () => {
    const none = await capture('duration', { property: { name: 'team', callback: 'value', builder: 'CD/*' } })
    expect([none.calls, none.values]).toEqual([[], [90.5]])
    const { rules } = parseRules(['duration', { data: { name: 'a', callback: '$' } }], () => 1)
    expect([hasCallback(rules), hasCallback(rules.slice(0, 1))]).toEqual([true, false])
  })
})

describe('a miss', () => {
  const on = (name: string, value: string) => ` on {"value":${value},"name":"${name}"}`

  test.each<[rule: { property: { name: string; callback: string; type?: string; tag?: string } }, why: RegExp]>([
    [{ property: { name: 'team', callback: '$number(value)' } }, / failed: Unable to cast value to a number: "web"/],
    [{ property: { name: 'team', callback: '$error("boo")' } }, / failed: boo/],
    [{ property: { name: 'team', callback: 'value.x' } }, / returned nothing$/],
    [{ property: { name: 'team', callback: 'null' } }, / returned nothing$/],
    [{ property: { name: 'team', callback: '""' } }, /empty|nothing/],
    [
      { property: { name: 'team', callback: 'value', type: 'float' } },
      /"web", not a finite decimal number \(type: float\)/,
    ],
    [{ property: { name: 'team', callback: '1.5', type: 'int' } }, /"1\.5", not a whole number \(type: int\)/],
    [{ property: { name: 'team', callback: '2', type: 'boolean' } }, /"2", not true or false/],
  ])('%j quotes the expression and what it was given', async (rule, why) => {
    const { values, texts } = await capture(rule)
    expect(values).toEqual([])
    expect(texts[0]).toMatch(why)
    expect(texts[0]).toMatch(/^property team \(captures, line 5\) was not captured: /)
    expect(texts[0]).toContain(`callback ${JSON.stringify(rule.property.callback)}${on('team', '"web"')}`)
  })

  test('of a time or duration quotes what it was given', async () => {
    const { texts, misses } = await capture(
      { 'start-time': { callback: 'x' } },
      { duration: { callback: 'seconds.x' } },
    )
    expect(texts).toEqual([
      'start-time (captures, line 5) was not captured: callback "x" on {"start":"2026-08-01T12:00:00.000Z"} returned nothing',
      'duration (captures, line 5) was not captured: callback "seconds.x" on {"start":"2026-08-01T12:00:00.000Z","end":"2026-08-01T12:01:30.500Z","seconds":90.5} returned nothing',
    ])
    expect(misses.map(({ level }) => level)).toEqual(['warn', 'warn'])
  })

  test.each(['warn', 'ignore', 'error'] as const)('has the level %s of its rule', async (level) => {
    const { misses } = await capture({ property: { name: 'team', callback: 'x', 'on-missing': level } })
    expect(misses).toMatchObject([{ level, rule: { kind: 'property', callback: 'x' } }])
  })

  test('of a property that is not there is one if the callback gives nothing', async () => {
    const { texts, calls } = await capture({ property: { name: 'absent', callback: '$number(value) * 2' } })
    expect([texts.length, calls.length]).toEqual([1, 1])
    expect(texts[0]).toContain('there is no property "absent"')
    expect(texts[0]).toMatch(/; callback ".*" on \{"name":"absent"\} returned nothing$/)
  })

  test('is short, whatever it quotes, and never shows other properties', async () => {
    const callback = `$number(value) + ${'1 + '.repeat(500)}1`
    const { texts } = await capture({ property: { name: 'long', callback } })
    expect(texts[0]?.length).toBeLessThan(1000)
    expect(texts[0]).toContain(`callback ${JSON.stringify(`${callback.slice(0, 200)}…`)} on {"value":…`)
    expect(texts[0]).not.toMatch(/props|2048|vanilla/)
  })

  test('is short, whatever the callback fails with', async () => {
    const { texts } = await capture({ property: { name: 'team', callback: '$error($pad("x", 100000))' } })
    expect(texts[0]?.length).toBeLessThan(1000)
  })

  test('is there for each call that has no answer', async () => {
    const { rules } = parseRules([{ duration: { callback: '1' } }, { 'end-time': { callback: '2' } }], () => 1)
    const { captured, misses } = await applyCallbacks(captureBuild(build, rules), async () => [{ value: 1 }])
    expect([captured.length, misses.length]).toEqual([1, 1])
    expect(misses[0]?.reason).toMatch(/^callback "2" on .* was not run$/)
  })
})

test('a data callback is given the record itself: fields and tags, integers as numbers', async () => {
  const { calls } = await captureData([tests], { name: 'tests', callback: '$' })
  expect(calls).toEqual([
    {
      callback: '$',
      input: { suite: 'unit', passed: 8, failed: 2, skipped: 5, note: 'a, b', ok: false },
    },
  ])
})

test('tags that the rule takes out of the fields are still in the context', async () => {
  const { made } = await captureData([tests], { name: 'tests', tags: ['note'], callback: '{"n": note & suite}' })
  expect(made).toEqual([
    [expect.objectContaining({ fields: [['n', 'a, bunit']], tags: [...tests.tags, ['note', 'a, b']] })],
  ])
})

describe('what a data callback gives', () => {
  test.each<[callback: string, fields: Fields[]]>([
    ['{"total": passed + failed}', [[['total', 10]]]],
    [
      '{"a": {"b": 1, "c": [1, 2]}, "d": null, "e": "x"}',
      [
        [
          ['a_b', 1],
          ['a_c', '[1,2]'],
          ['e', 'x'],
        ],
      ],
    ],
    ['[{"a": 1}, {"a": 2}]', [[['a', 1]], [['a', 2]]]],
    ['[{"a": 1}]', [[['a', 1]]]],
    ['[]', []],
    [
      '$ ~> |$|{"more": true}, ["note", "suite", "ok", "skipped", "failed"]|',
      [
        [
          ['passed', 8],
          ['more', true],
        ],
      ],
    ],
    [
      '{"__proto__": 1, "constructor": 2}',
      [
        [
          ['__proto__', 1],
          ['constructor', 2],
        ],
      ],
    ],
  ])('%s is the whole field set, or a list of them', async (callback, fields) => {
    const got = await captureData([tests], { name: 'tests', callback })
    expect([got.fields, got.texts]).toEqual([fields, []])
    for (const [index, record] of got.made.flat().entries()) {
      expect(record).toMatchObject({ name: 'tests', tags: tests.tags, timeNs: 7n + BigInt(index) })
    }
  })

  test('is laid out apart, so that no two of its maps are one point', async () => {
    const { captured } = await captureData([tests], { name: 'tests', callback: '[{"a": 1}, {"a": 2}]' })
    expect(captured.map(({ length }) => length)).toEqual([1, 1])
  })

  test('comes beside what rules without one take of the same record', async () => {
    const { made, fields, calls } = await captureData(
      [tests, { ...tests, fields: [['passed', 1]] }],
      { name: 'tests', callback: '{"twice": passed * 2}', measurement: 'b' },
      { regex: 'te' },
      { name: 'tests', callback: '{"half": passed / 2}', measurement: 'c' },
    )
    expect([made.length, calls.length]).toEqual([6, 4])
    expect(fields.map((set) => set[0])).toEqual([
      ['passed', 8],
      ['twice', 16],
      ['half', 4],
      ['passed', 1],
      ['twice', 2],
      ['half', 0.5],
    ])
  })

  test('is asked for only where a rule has a callback', async () => {
    const { calls, made } = await captureData([tests], { name: 'tests' })
    expect([calls, made]).toEqual([[], [[tests]]])
  })
})

describe('a miss of data', () => {
  test.each<[callback: string, why: RegExp]>([
    ['$number(note)', /^failed: Unable to cast value to a number: "a, b"/],
    ['x', /^returned nothing$/],
    ['null', /^returned nothing$/],
    ['passed', /^returned a number: it must return a map, or a list of maps$/],
    ['"text"', /^returned text: it must return a map/],
    ['true', /^returned a boolean: it must return a map/],
    ['{}', /^returned a map without values$/],
    ['{"a": null}', /^returned a map without values$/],
    ['[{"a": 1}, 2]', /^returned a number: it must return a map/],
    ['[[{"a": 1}]]', /^returned a list: it must return a map/],
  ])('%s quotes the expression and the record', async (callback, why) => {
    const { captured, misses, texts } = await captureData([tests], { name: 'tests', callback })
    expect([captured, misses.map(({ level }) => level)]).toEqual([[], ['warn']])
    const record = '{"suite":"unit","passed":8,"failed":2,"skipped":5,"note":"a, b","ok":false}'
    const start = `data tests (captures, line 5) was not captured: callback ${JSON.stringify(callback)} on ${record} `
    expect(texts[0]?.slice(0, start.length)).toBe(start)
    expect(texts[0]?.slice(start.length)).toMatch(why)
  })

  test('costs its rule and record, and nothing else', async () => {
    const { fields, texts } = await captureData(
      [tests, { ...tests, fields: [['passed', 'many']] }, { ...tests, fields: [['passed', 3]] }],
      { name: 'tests', callback: '{"p": $number(passed)}' },
      { name: 'tests', callback: '{"q": passed}' },
    )
    expect(fields).toEqual([[['p', 8]], [['q', 8]], [['q', 'many']], [['p', 3]], [['q', 3]]])
    expect(texts.length).toBe(1)
  })

  test('of a long record is short', async () => {
    const long: DataRecord = { ...tests, fields: [['a', 'x'.repeat(60_000)]] }
    const { texts } = await captureData([long], { name: 'tests', callback: 'b' })
    expect(texts[0]?.length).toBeLessThan(600)
    expect(texts[0]).toContain('"a":…')
  })

  test('shows a record whole, also where it has a value named props', async () => {
    const { texts } = await captureData([{ ...tests, fields: [['props', 5]] }], { name: 'tests', callback: 'b' })
    expect(texts[0]).toContain('on {"suite":"unit","props":5} returned nothing')
  })
})
