import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DataRecord } from '../../src/build/data.ts'
import { toFields } from '../../src/build/fields.ts'
import type { JsonObject } from '../../src/build/json.ts'
import { type CapturedData, createDataCapture } from '../../src/capture/data.ts'
import { createDataShaper } from '../../src/capture/shape.ts'
import type { NativeOptions } from '../../src/point/identity.ts'
import { createDataLayout } from '../../src/point/native-data.ts'
import { toOffsetNs } from '../../src/point/time.ts'
import { exampleBuild } from '../build/example-build.ts'
import { parseRules } from '../capture/example-rules.ts'
import { expectSound } from './sound-point.ts'

const build = exampleBuild({ matrix: { os: 'linux' } })
const options: NativeOptions = { measurement: 'build', tags: [['team', 'core']], matrixTags: true }
const tests: DataRecord = { name: 'tests', tags: [['suite', 'unit']], fields: [['passed', 10]] }
const endNs = BigInt(build.endMs) * 1_000_000n + BigInt(toOffsetNs(build))

const captureAll = (record: DataRecord, ...items: unknown[]): CapturedData[] =>
  createDataCapture(
    build.builder,
    parseRules(items.length > 0 ? items : [{ data: { regex: '.*' } }], () => 1).rules,
  )(record).flatMap((found) => createDataShaper().shape(found) ?? [])

function layOut(record: DataRecord, ...items: unknown[]) {
  const layout = createDataLayout(build, options)
  const points = layout.toPoints(captureAll(record, ...items), 1)
  return {
    points,
    renamed: [...layout.renamed],
    tags: Object.fromEntries(points[0]?.tags ?? []),
    fields: Object.fromEntries(points[0]?.fields ?? []),
  }
}

test("a record has the build's tags, then its own, its fields, then those of the build", () => {
  const { points } = layOut(tests)
  expect(points).toEqual([
    {
      measurement: 'tests',
      tags: [
        ['repository', 'octo-org/octo-repo'],
        ['workflow', 'CI'],
        ['job', 'test'],
        ['event', 'push'],
        ['runner_os', 'Linux'],
        ['runner_arch', 'X64'],
        ['default_branch', 'true'],
        ['result', 'success'],
        ['matrix_os', 'linux'],
        ['team', 'core'],
        ['suite', 'unit'],
      ],
      fields: [
        ['passed', 10],
        ['number', 42n],
        ['attempt', 1n],
        ['run_id', 16512345678n],
      ],
      timeNs: endNs + 1n,
    },
  ])
})

describe("the record's own names win", () => {
  test.each<[string, Pick<DataRecord, 'tags' | 'fields'>, tags: object, fields: object]>([
    ['a tag over a tag', { tags: [['job', 'mine']], fields: [['a', 1]] }, { job: 'mine' }, { number: 42n }],
    ["a tag over the user's", { tags: [['team', 'mine']], fields: [['a', 1]] }, { team: 'mine' }, {}],
    ['a field over a tag', { tags: [], fields: [['result', 'flaky']] }, {}, { result: 'flaky' }],
    ['a field over a field', { tags: [], fields: [['number', 1.5]] }, {}, { number: 1.5, attempt: 1n }],
    ['a tag over a field', { tags: [['run_id', 'r']], fields: [['a', 1]] }, { run_id: 'r' }, { a: 1 }],
    [
      'its tag over its field',
      {
        tags: [['a', 't']],
        fields: [
          ['a', 1],
          ['b', 2],
        ],
      },
      { a: 't' },
      { b: 2 },
    ],
    [
      'the last of a name',
      {
        tags: [],
        fields: [
          ['a', 1],
          ['a', 2],
        ],
      },
      {},
      { a: 2 },
    ],
    ['names made sayable', { tags: [['t\\', 'x\ny']], fields: [['#f', 's']] }, { t: 'x y' }, { '#f': 's' }],
    ['an empty tag is none', { tags: [['job', '']], fields: [['a', 1]] }, { job: 'test' }, {}],
  ])('%s', (_, own, tags, fields) => {
    const laid = layOut({ name: 'tests', ...own })
    expect(laid.tags).toMatchObject(tags)
    expect(laid.fields).toMatchObject(fields)
    for (const point of laid.points) expectSound(point)
  })
})

describe('measurements', () => {
  test.each<[string, unknown[], measurements: string[], renamed: string[]]>([
    ['tests', [{ data: 'tests' }], ['tests'], []],
    ['tests', [{ data: { name: 'tests', measurement: 'suites' } }], ['suites'], []],
    ['#odd\\', [{ data: { regex: '' } }], ['_odd'], []],
    ['build', [{ data: 'build' }], ['data_build'], ['build']],
    ['build_start', [{ data: 'build_start' }], ['data_build_start'], ['build_start']],
    ['build_end', [{ data: 'build_end' }], ['build_end'], []],
    ['build\\', [{ data: { regex: 'build' } }], ['data_build'], ['build']],
    ['build', [{ data: { name: 'build', measurement: 'mine' } }], ['mine'], []],
    ['tests', [{ data: 'tests' }, { data: { name: 'tests', measurement: 'b' } }], ['tests', 'b'], []],
  ])('of %s by %j: %j', (name, items, measurements, renamed) => {
    const laid = layOut({ ...tests, name }, ...items)
    expect(laid.points.map(({ measurement }) => measurement)).toEqual(measurements)
    expect(laid.renamed).toEqual(renamed)
  })

  test('are free when the builds have another', () => {
    const layout = createDataLayout(build, { ...options, measurement: 'jobs' })
    const [point] = layout.toPoints(captureAll({ ...tests, name: 'build' }), 1)
    expect(point?.measurement).toBe('build')
    expect(layout.toPoints(captureAll({ ...tests, name: 'jobs_start' }), 1)[0]?.measurement).toBe('data_jobs_start')
  })

  test.each(['a\tb', 'x'.repeat(260)])("are not the builds' own, however these are written: %j", (measurement) => {
    const layout = createDataLayout(build, { ...options, measurement })
    const [point] = layout.toPoints(captureAll({ ...tests, name: measurement }), 1)
    expect(point?.measurement).toMatch(/^data_/)
  })
})

describe('times', () => {
  test('the index in the build tells records apart', () => {
    const layout = createDataLayout(build, options)
    const times = [1, 2, 5000].map((index) => layout.toPoints(captureAll(tests), index)[0]?.timeNs)
    expect(times).toEqual([endNs + 1n, endNs + 2n, endNs + 5000n])
  })

  test('points of one record follow each other', () => {
    const { points } = layOut(tests, { data: 'tests' }, { data: { name: 'tests', measurement: 'b' } })
    expect(points.map(({ timeNs }) => timeNs)).toEqual([endNs + 1n, endNs + 2n])
  })

  test.each([0n, 5n, -7n])("the record's own time %d is kept", (timeNs) => {
    expect(layOut({ ...tests, timeNs }).points[0]?.timeNs).toBe(timeNs)
  })
})

test("a tag of the user's keeps the build's field of its name out", () => {
  const layout = createDataLayout(build, { ...options, tags: [['number', 'seven']] })
  for (const point of layout.toPoints(captureAll(tests), 1)) expectSound(point)
})

test('a record that two rules put into one measurement is there once, as the first says', () => {
  const { points, tags } = layOut(tests, { data: { name: 'tests', tags: ['passed'] } }, { data: { regex: 'te' } })
  expect(points).toHaveLength(1)
  expect(tags.passed).toBe('10')
})

test('"time" is InfluxDB\'s own: a value of that name keeps its point from being dropped', () => {
  const { points } = layOut({
    name: 'bench',
    tags: [],
    fields: [
      ['time', 1.5],
      ['ops', 3],
    ],
  })
  expect(points).toHaveLength(1)
  for (const point of points) expectSound(point)
  expect(points[0]?.fields.slice(0, 2)).toEqual([
    ['time_', 1.5],
    ['ops', 3],
  ])
})

test.each(['_field', '_measurement'])('"%s", for which 2.x refuses a whole request, is another name', (name) => {
  const { points, tags } = layOut({ name: 'bench', tags: [[name, 'x']], fields: [['ops', 3]] })
  for (const point of points) expectSound(point)
  expect(tags[`${name}_`]).toBe('x')
  expect(tags).not.toHaveProperty(name)
})

test('"time" as a tag is another name too, and two that become one are one', () => {
  const { points, tags, fields } = layOut({
    name: 'bench',
    tags: [['time', 'noon']],
    fields: [
      ['time', 1.5],
      ['time_', 2],
      ['ops', 3],
    ],
  })
  for (const point of points) expectSound(point)
  expect(tags.time_).toBe('noon')
  expect(fields).toMatchObject({ ops: 3 })
  expect(Object.keys(fields)).not.toContain('time_')
})

test('whatever a record holds, no name occurs twice', () => {
  const name = fc.constantFrom(
    'job',
    'result',
    'team',
    'matrix_os',
    'number',
    'run_id',
    'a',
    '#a',
    '_a',
    'a\\',
    '',
    '__proto__',
    'time',
    'time_',
    'time\\',
  )
  const records = fc.dictionary(
    name,
    fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean()),
  )
  fc.assert(
    fc.property(
      records,
      fc.array(fc.tuple(name, fc.string())),
      // Settings refuse a tag named time.
      fc.array(
        fc.tuple(
          name.filter((key) => !key.startsWith('time')),
          fc.string(),
        ),
      ),
      fc.subarray(['a', 'job', 'number']),
      (record, own, tags, moved) => {
        const given: DataRecord = { name: 'tests', tags: own, fields: toFields(record as JsonObject).fields }
        const layout = createDataLayout(build, { ...options, tags })
        for (const point of layout.toPoints(captureAll(given, { data: { name: 'tests', tags: moved } }), 1))
          expectSound(point)
      },
    ),
    { numRuns: 500 },
  )
})
