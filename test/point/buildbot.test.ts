import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DataRecord } from '../../src/build/data.ts'
import { captureBuild } from '../../src/capture/capture.ts'
import { createDataCapture } from '../../src/capture/data.ts'
import { layOutBuild, openDataLayout } from '../../src/point/layout.ts'
import { toOffsetNs } from '../../src/point/time.ts'
import { exampleBuild, exampleProperties } from '../build/example-build.ts'
import { parseRules } from '../capture/example-rules.ts'
import { anyCharacter } from '../support/any-character.ts'
import { expectSound } from './sound-point.ts'

const own = { coverage: '81.5', 'a b,c=d': 'x\0y', ok: 'true', list: [1, 2], '__proto__.x': '1' }
const example = exampleBuild({ properties: exampleProperties({ own }) })
const layout = { kind: 'buildbot' } as const
const tags = [
  ['builder_name', 'CI/test'],
  ['build_number', '42'],
]
const endNs = (build = example) => BigInt(build.endMs) * 1_000_000n + BigInt(toOffsetNs(build))

function rulesOf(...items: unknown[]) {
  const { rules, problems } = parseRules(items, () => 5, { source: 'captures', layout: 'buildbot' })
  expect(problems).toEqual([])
  return rules
}

function layOut(items: unknown[], build = example) {
  return layOutBuild(build, captureBuild(build, rulesOf(...items)), layout)
}

function layOutData(record: DataRecord, index = 1, build = example, rules: unknown[] = [{ data: { regex: '.*' } }]) {
  const found = createDataCapture(build.builder, rulesOf(...rules))(record)
  return openDataLayout(build, layout).toPoints(found, index)
}

describe('a build', () => {
  test('is a point a statistic, as Buildbot posts them', () => {
    const items = ['start-time', 'end-time', 'duration', { property: 'coverage' }, { property: 'ok' }]
    const { points, columns, misses } = layOut(items)
    expect(points.map(({ measurement, fields }) => [measurement, fields])).toEqual([
      ['CI/test-build-times', [['start-time', '2026-08-01T12:00:00.000Z']]],
      ['CI/test-build-times', [['end-time', '2026-08-01T12:01:30.500Z']]],
      ['CI/test-build-times', [['duration', 90.5]]],
      [
        'CI/test-coverage',
        [
          ['name', 'coverage'],
          ['value', 81.5],
        ],
      ],
      [
        'CI/test-ok',
        [
          ['name', 'ok'],
          ['value', true],
        ],
      ],
    ])
    for (const point of points) expect(point.tags).toEqual(tags)
    expect(columns.map(({ key }) => key)).toEqual(points.map(({ measurement }) => measurement))
    expect(misses).toEqual([])
  })

  test('has points a nanosecond apart, the first at its end', () => {
    const { points } = layOut(['start-time', 'end-time', 'duration', { property: 'coverage' }])
    expect(points.map(({ timeNs }) => timeNs - endNs())).toEqual([0n, 1n, 2n, 3n])
  })

  test('has a point for each rule that names a property, as in Buildbot', () => {
    const { points } = layOut([{ property: 'coverage' }, { property: 'coverage' }, { property: { regex: 'cov' } }])
    expect(points.map(({ measurement }) => measurement)).toEqual(Array(3).fill('CI/test-coverage'))
    expect(new Set(points.map(({ timeNs }) => timeNs)).size).toBe(3)
  })

  test.each<[unit: string, value: number]>([
    ['seconds', 90.5],
    ['minutes', 90.5 / 60],
    ['hours', 90.5 / 3600],
  ])('has its duration in %s in the same field', (unit, value) => {
    expect(layOut([{ duration: { 'report-in': unit } }]).points[0]?.fields).toEqual([['duration', value]])
  })

  test('without rules, and one that has no number', () => {
    expect(layOut([]).points).toEqual([])
    const { points } = layOut(['duration'], { ...example, number: undefined })
    expect(points[0]?.tags).toEqual([['builder_name', 'CI/test']])
  })

  test('keeps odd names and values as they are, but what no line can say', () => {
    const { points } = layOut([{ property: 'a b,c=d' }, { property: 'list' }])
    expect(points.map(({ measurement, fields }) => [measurement, fields])).toEqual([
      [
        'CI/test-a b,c=d',
        [
          ['name', 'a b,c=d'],
          ['value', 'x\ufffdy'],
        ],
      ],
      [
        'CI/test-list',
        [
          ['name', 'list'],
          ['value', '[1,2]'],
        ],
      ],
    ])
    const odd = { ...example, builder: '#CI\n/test (a, "b"=c\\, é)\\' }
    const [point] = layOut(['duration'], odd).points
    expect([point?.measurement, point?.tags[0]]).toEqual([
      '_CI /test (a, "b"=c, é)\\-build-times',
      ['builder_name', '#CI /test (a, "b"=c, é)'],
    ])
  })
})

describe('data', () => {
  const record: DataRecord = {
    name: 'tests',
    tags: [['suite', 'unit']],
    fields: [
      ['passed', 8],
      ['n', 2n],
    ],
  }

  test("is a point of the builder's own measurement, its tags kept", () => {
    expect(layOutData(record, 4)).toEqual([
      { measurement: 'CI/test-tests', tags: [['suite', 'unit'], ...tags], fields: record.fields, timeNs: endNs() + 4n },
    ])
  })

  test('keeps its own time', () => {
    expect(layOutData({ ...record, timeNs: 7n })[0]?.timeNs).toBe(7n)
  })

  test('is a point a rule, a nanosecond apart', () => {
    const points = layOutData(record, 4, example, [{ data: 'tests' }, { data: { regex: 't' } }])
    expect(points.map(({ measurement, timeNs }) => [measurement, timeNs - endNs()])).toEqual([
      ['CI/test-tests', 4n],
      ['CI/test-tests', 5n],
    ])
  })

  test('cannot say that it is of another build', () => {
    const [point] = layOutData({
      ...record,
      tags: [
        ['builder_name', 'mine'],
        ['build_number', '1'],
        ['a', ''],
      ],
    })
    expect(point?.tags).toEqual(tags)
  })

  test('has names that a server takes, and each once', () => {
    const [point] = layOutData({
      name: 'build',
      tags: [
        ['time', '1'],
        ['n', 'x'],
        ['#t', 'a\nb\\'],
      ],
      fields: [
        ['time', 1],
        ['n', 2],
        ['__proto__', 3],
        ['n', 4],
        ['time', 5],
      ],
    })
    expect(point).toMatchObject({ measurement: 'CI/test-build', tags: [['#t', 'a b'], ...tags] })
    expect(point?.fields).toEqual([
      ['time_', 5],
      ['n', 4],
      ['_proto_', 3],
    ])
  })

  test('of the names of builds is not renamed: no measurement is only theirs', () => {
    const names = ['build', 'build_start', 'build-times'].map((name) => layOutData({ ...record, name })[0]?.measurement)
    expect(names).toEqual(['CI/test-build', 'CI/test-build_start', 'CI/test-build-times'])
    expect(openDataLayout(example, layout).renamed).toEqual(new Set())
  })
})

test.each(['field', 'tag'])('%s has no use in it', (key) => {
  const items = [{ property: { name: 'coverage', [key]: 'a' } }]
  const { problems } = parseRules(items, () => 1, { source: 'captures', layout: 'buildbot' })
  expect(problems).toEqual([
    { path: [0, 'property', key], text: `"${key}" is not used by the layout buildbot: leave it out` },
  ])
})

test('whatever is captured, points are sound and of times of their own', () => {
  const name = fc.oneof(fc.constantFrom('time', '__proto__', '#a', 'name', 'value', 'builder_name', '\\'), fc.string())
  const text = fc.string({ unit: anyCharacter })
  fc.assert(
    fc.property(
      fc.dictionary(name, fc.oneof(text, fc.jsonValue())),
      text.filter((builder) => builder.trim() !== ''),
      fc.array(fc.tuple(name, text), { maxLength: 4 }),
      fc.array(fc.tuple(name, fc.oneof(text, fc.bigInt(), fc.boolean(), fc.integer())), { minLength: 1, maxLength: 4 }),
      (given, builder, recordTags, fields) => {
        const properties = exampleProperties({ own: JSON.parse(JSON.stringify(given)) })
        const build = { ...example, builder, properties }
        const { points } = layOut(['start-time', 'duration', { property: { regex: '(?s).*' } }], build)
        const data = layOutData({ name: 'x', tags: recordTags, fields }, points.length, build)
        for (const point of [...points, ...data]) expectSound(point)
        expect(new Set([...points, ...data].map(({ timeNs }) => timeNs)).size).toBe(points.length + data.length)
      },
    ),
    { numRuns: 300 },
  )
})
