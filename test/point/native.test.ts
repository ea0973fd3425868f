import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { captureBuild } from '../../src/capture/capture.ts'
import type { NativeOptions } from '../../src/point/identity.ts'
import { toBuildPoint } from '../../src/point/native.ts'
import { toStartPoint } from '../../src/point/start-point.ts'
import { toOffsetNs } from '../../src/point/time.ts'
import { exampleBuild, exampleProperties } from '../build/example-build.ts'
import { parseRules } from '../capture/example-rules.ts'
import { expectSound } from './sound-point.ts'

const options: NativeOptions = { measurement: 'build', tags: [], matrixTags: true }
const own = {
  coverage: '81.5',
  size: '12',
  branch_name: 'main',
  slash: '\\',
  result: 'mine',
  time: '1',
  'a.b': 'x',
  a_b: 'y',
}

function layOut(items: unknown[], changes: Partial<NativeOptions> = {}, build = exampleBuild()) {
  const { rules, problems } = parseRules(items, () => 5)
  expect(problems).toEqual([])
  const known = { ...build, properties: exampleProperties({ own }) }
  const { point, columns, misses } = toBuildPoint(known, captureBuild(known, rules), { ...options, ...changes })
  return { point, tags: Object.fromEntries(point.tags), fields: Object.fromEntries(point.fields), columns, misses }
}

const identity = ['number', 'attempt', 'run_id', 'job_id', 'branch', 'sha', 'actor', 'url', 'runner_name']

test('the start point has the identity, without a result, at the start', () => {
  const build = exampleBuild()
  const point = toStartPoint(build, build.startMs, options)
  expect(point.measurement).toBe('build_start')
  expect(point.tags.map(([key]) => key)).not.toContain('result')
  expect(point.fields.map(([key]) => key)).toEqual(identity)
  expect(point.timeNs).toBe(BigInt(build.startMs) * 1_000_000n + BigInt(toOffsetNs(build)))
})

test('a build is one wide point, at its end', () => {
  const build = exampleBuild()
  const { point, tags, fields } = layOut(['start-time', 'end-time', 'duration', { property: 'coverage' }])
  expect(point.measurement).toBe('build')
  expect(tags.result).toBe('success')
  expect(Object.keys(fields)).toEqual([
    ...identity,
    'queue_time',
    'job_name',
    'start_time',
    'end_time',
    'duration',
    'coverage',
  ])
  expect(fields).toMatchObject({
    queue_time: 3,
    job_name: 'test',
    start_time: '2026-08-01T12:00:00.000Z',
    end_time: '2026-08-01T12:01:30.500Z',
    duration: 90.5,
    coverage: 81.5,
  })
  expect(point.timeNs).toBe(BigInt(build.endMs) * 1_000_000n + BigInt(toOffsetNs(build)))
})

test('what the API did not tell is left out', () => {
  const { fields } = layOut([], {}, exampleBuild({ queueTime: undefined, jobName: undefined, jobId: undefined }))
  expect(Object.keys(fields)).toEqual(identity.filter((key) => key !== 'job_id'))
})

describe('columns', () => {
  test.each<[item: unknown, kind: 'field' | 'tag', key: string, value: unknown]>([
    [{ 'start-time': { field: 'began' } }, 'field', 'began', '2026-08-01T12:00:00.000Z'],
    [{ duration: { 'report-in': 'minutes' } }, 'field', 'duration_minutes', 90.5 / 60],
    [{ duration: { 'report-in': 'hours' } }, 'field', 'duration_hours', 90.5 / 3600],
    [{ duration: { 'report-in': 'hours', field: 'long' } }, 'field', 'long', 90.5 / 3600],
    [{ property: { name: 'size', type: 'int' } }, 'field', 'size', 12n],
    [{ property: 'a.b' }, 'field', 'a_b', 'x'],
    [{ property: { name: 'a.b', field: 'any name: 1' } }, 'field', 'any name: 1', 'x'],
    [{ property: { name: 'size', tag: 'bundle' } }, 'tag', 'bundle', '12'],
    [{ property: { regex: 'cover' } }, 'field', 'coverage', 81.5],
  ])('%j is the %s %s', (item, kind, key, value) => {
    const { tags, fields, columns, misses } = layOut([item])
    expect((kind === 'tag' ? tags : fields)[key]).toBe(value)
    expect(Object.keys(kind === 'tag' ? fields : tags)).not.toContain(key)
    expect(columns).toMatchObject([{ key, kind }])
    expect(misses).toEqual([])
  })
})

describe('a name that is taken', () => {
  test.each<[unknown[], reason: string]>([
    [[{ property: 'result' }], 'the name result cannot be used: a tag has this name; choose another with "field"'],
    [
      [{ property: { name: 'size', field: 'sha' } }],
      'the name sha cannot be used: a field has this name; choose another with "field"',
    ],
    [
      [{ property: { name: 'size', tag: 'sha' } }],
      'the name sha cannot be used: a field has this name; choose another with "tag"',
    ],
    [
      [{ property: { name: 'size', tag: 'job' } }],
      'the name job cannot be used: a tag has this name; choose another with "tag"',
    ],
    [
      [{ property: { name: 'size', field: 'queue_time' } }],
      'the name queue_time cannot be used: a field has this name; choose another with "field"',
    ],
    [[{ property: 'time' }], 'the name time cannot be used: InfluxDB reserves it; choose another with "field"'],
    [
      [{ property: 'a.b' }, { property: 'a_b' }],
      'the name a_b cannot be used: a field has this name; choose another with "field"',
    ],
    [
      [{ 'start-time': { builder: 'CI/*' } }, { property: { name: 'size', field: 'start_time' } }],
      'the name start_time cannot be used: a field has this name; choose another with "field"',
    ],
    [
      [{ property: { regex: '[as]', field: 'f' } }],
      'the name f cannot be used: a field has this name; choose another with "field"',
    ],
  ])('%j is a miss that says so', (items, reason) => {
    const { misses, point } = layOut(items)
    expect(misses[0]).toMatchObject({ reason, level: 'warn' })
    expectSound(point)
  })

  test('is passed over where a regular expression finds it', () => {
    const { misses, columns, fields } = layOut([{ property: { regex: '.*' } }])
    expect(misses).toEqual([])
    expect(columns.map(({ key }) => key)).toEqual(['coverage', 'size', 'branch_name', 'slash', 'a_b'])
    expect(fields.a_b).toBe('x')
  })
})

describe("the user's tags", () => {
  test('win over identity fields of the same name', () => {
    const { tags, fields } = layOut([], { tags: [['branch', 'mine']] })
    expect(tags.branch).toBe('mine')
    expect(Object.keys(fields)).not.toContain('branch')
  })

  test('win over the result', () => {
    expect(layOut([], { tags: [['result', 'mine']] }).tags.result).toBe('mine')
  })
})

test('a tag that comes out empty is a miss, not a tag without a value', () => {
  const { point, columns, misses } = layOut([{ property: { name: 'slash', tag: 't' } }])
  expect(point.tags.map(([, value]) => value)).not.toContain('')
  expect([columns.length, misses.length]).toEqual([0, 1])
})

test('long text is cut where no server takes it', () => {
  const build = exampleBuild({ jobName: 'x'.repeat(70_000) })
  expect(layOut([], {}, build).fields.job_name).toHaveLength(65_535)
})

test('whatever is captured, no name occurs twice', () => {
  const name = fc.constantFrom(
    'job',
    'sha',
    'x',
    'a.b',
    'a_b',
    'duration',
    'time',
    'result',
    '#c',
    '__proto__',
    'matrix_os',
  )
  const value = fc.oneof(fc.string(), fc.jsonValue())
  const item = fc.oneof(
    fc.constantFrom<unknown>('start-time', 'end-time', 'duration'),
    fc.record({ name }).map((property): unknown => ({ property })),
    fc.record({ name, field: name }).map((property): unknown => ({ property })),
    fc.record({ name, tag: name }).map((property): unknown => ({ property })),
    fc.constant<unknown>({ property: { regex: '.*' } }),
  )
  fc.assert(
    fc.property(
      fc.array(item, { maxLength: 8 }),
      // Settings refuse a tag named time.
      fc.array(
        fc.tuple(
          name.filter((key) => key !== 'time'),
          fc.string(),
        ),
        { maxLength: 4 },
      ),
      fc.dictionary(name, value),
      fc.dictionary(fc.constantFrom('os', 'a.b', 'a_b', ''), fc.string()),
      (items, tags, given, matrix) => {
        const properties = exampleProperties({ own: JSON.parse(JSON.stringify(given)) })
        const build = exampleBuild({ properties, matrix })
        const captures = captureBuild(build, parseRules(items, () => 1).rules)
        const { point, columns, misses } = toBuildPoint(build, captures, { ...options, tags })
        expectSound(point)
        expectSound(toStartPoint(build, build.startMs, { ...options, tags }))
        expect(columns.length + misses.length).toBeLessThanOrEqual(captures.captured.length)
      },
    ),
    { numRuns: 500 },
  )
})
