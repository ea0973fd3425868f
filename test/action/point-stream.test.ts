import { describe, expect, test } from 'vitest'
import { createPointStream, type PointStreamSources } from '../../src/action/point-stream.ts'
import type { DataRecord } from '../../src/build/data.ts'
import { captureOutputs } from '../../src/capture/data.ts'
import type { DataReport } from '../../src/capture/data-report.ts'
import { defaultRules } from '../../src/capture/rules.ts'
import type { ParsedLine } from '../../src/line-protocol/reader.ts'
import type { Point } from '../../src/point/point.ts'
import { toOffsetNs } from '../../src/point/time.ts'
import { exampleBuild, exampleProperties } from '../build/example-build.ts'
import { parseRules } from '../capture/example-rules.ts'

const build = exampleBuild()
const own: Point = { measurement: 'build', tags: [], fields: [['a', 1]], timeNs: 1n }
const record = (name: string, n: number): DataRecord => ({ name, tags: [], fields: [['n', n]] })
const lineOf = (name: string, n: number): ParsedLine => ({ line: n, record: record(name, n) })

const rulesOf = (...items: unknown[]) => parseRules(items, () => 1).rules

async function* inChunks(lines: readonly ParsedLine[], size: number) {
  for (let at = 0; at < lines.length; at += size) yield lines.slice(at, at + size)
}

async function stream(changes: Partial<PointStreamSources>): Promise<{ batches: Point[][]; report: DataReport }> {
  const { batches, report } = createPointStream({
    build,
    rules: defaultRules,
    layout: { kind: 'native', options: { measurement: 'build', tags: [], matrixTags: true } },
    points: [own],
    nextIndex: 1,
    outputs: [],
    readData: () => inChunks([], 1),
    runCallbacks: () => Promise.reject(new Error('no rule has a callback')),
    ...changes,
  })
  const given: Point[][] = []
  for await (const batch of batches) given.push([...batch])
  return { batches: given, report }
}

test("without data, there is one batch of the build's own points", async () => {
  const { batches, report } = await stream({})
  expect(batches).toEqual([[own]])
  expect(report).toEqual({
    singles: new Map(),
    ignored: new Map(),
    names: new Set(),
    reported: new Set(),
    malformed: [],
    malformedCount: 0,
    misses: [],
    notes: new Set(),
    warnings: [],
    renamed: new Set(),
    failure: undefined,
  })
})

test('without any point there is no batch', async () => {
  expect((await stream({ points: [] })).batches).toEqual([])
})

test.each([1, 7, 500, 5000, 12_345])(
  '12,345 lines in pieces of %d come behind the build, in batches of 500, in their order',
  async (size) => {
    const lines = Array.from({ length: 12_345 }, (_, index) => lineOf('tests', index))
    const { batches, report } = await stream({ readData: () => inChunks(lines, size) })
    expect(batches.map(({ length }) => length)).toEqual([1, ...Array(24).fill(500), 345])
    const points = batches.flat()
    expect(points[0]).toBe(own)
    expect(points.slice(1).map(({ fields }) => fields[0]?.[1])).toEqual(lines.map(({ line }) => line))
    const first = BigInt(build.endMs) * 1_000_000n + BigInt(toOffsetNs(build)) + 1n
    expect(points.slice(1).every(({ timeNs }, index) => timeNs === first + BigInt(index))).toBe(true)
    expect(report.singles).toEqual(new Map([['tests', undefined]]))
  },
)

test('no batch is longer, whatever a line or an output comes to', async () => {
  const rules = rulesOf(
    { data: 'tests' },
    ...['a', 'b'].map((measurement) => ({ data: { name: 'tests', measurement } })),
  )
  const rows = JSON.stringify(Array.from({ length: 6000 }, (_, n) => ({ n })))
  const properties = exampleProperties({ steps: { s: { outputs: { rows } } } })
  const outputs = captureOutputs(build.builder, rulesOf({ data: 'rows' }), properties).captured
  const lines = Array.from({ length: 5000 }, (_, index) => lineOf('tests', index))
  const { batches } = await stream({ rules, outputs, readData: () => inChunks(lines, 100) })
  expect(batches.flat()).toHaveLength(1 + 6000 + 3 * 5000)
  expect(Math.max(...batches.map(({ length }) => length))).toBeLessThanOrEqual(500)
})

test('outputs come before the file, and indices go on', async () => {
  const [rule] = rulesOf({ data: 'out' })
  if (rule?.kind !== 'data') throw new Error('no rule')
  const outputs = [1, 2].map((n) => [{ rule, record: record('out', n) }])
  const { batches, report } = await stream({ outputs, readData: () => inChunks([lineOf('tests', 3)], 1) })
  const points = batches.flat()
  expect(points.map(({ measurement }) => measurement)).toEqual(['build', 'out', 'out', 'tests'])
  const [, second = 0n, third, fourth] = points.map(({ timeNs }) => timeNs)
  expect([third, fourth]).toEqual([second + 1n, second + 2n])
  expect(report.singles).toEqual(
    new Map([
      ['out', undefined],
      ['tests', points[3]?.fields],
    ]),
  )
})

test('an output that two rules put into one measurement is there once, as a line is', async () => {
  const rules = rulesOf({ data: 'tests' }, { data: { name: 'tests', tags: ['suite'] } })
  const properties = exampleProperties({ steps: { s: { outputs: { tests: '[{"n": 1, "suite": "a"}, {"n": 2}]' } } } })
  const outputs = captureOutputs(build.builder, rules, properties).captured
  const { batches } = await stream({ rules, outputs })
  expect(batches.flat().filter(({ measurement }) => measurement === 'tests')).toHaveLength(2)
})

describe('the report', () => {
  test('counts what no rule captured, by name', async () => {
    const lines = [lineOf('a', 1), lineOf('b', 2), lineOf('a', 3), lineOf('tests', 4)]
    const { batches, report } = await stream({ rules: rulesOf({ data: 'tests' }), readData: () => inChunks(lines, 2) })
    expect(batches.flat()).toHaveLength(2)
    expect(report.ignored).toEqual(
      new Map([
        ['a', 2],
        ['b', 1],
      ]),
    )
  })

  test('keeps the first ten malformed lines, and counts all', async () => {
    const lines = Array.from({ length: 25 }, (_, index) => ({ line: index + 1, problem: 'bad' }))
    const { batches, report } = await stream({ readData: () => inChunks([...lines, lineOf('tests', 26)], 3) })
    expect(report.malformed).toEqual(lines.slice(0, 10))
    expect(report.malformedCount).toBe(25)
    expect(batches.flat()).toHaveLength(2)
  })

  test('lists each measurement of a record, and the names that were changed', async () => {
    const rules = rulesOf({ data: { regex: '.*' } }, { data: { regex: '.*', measurement: 'all' } })
    const { report } = await stream({ rules, readData: () => inChunks([lineOf('build', 1)], 1) })
    expect([...report.singles.keys()]).toEqual(['data_build', 'all'])
    expect(report.renamed).toEqual(new Set(['build']))
  })

  test('says why the file could not be read to its end; what was read is not lost', async () => {
    async function* breakOff(): AsyncGenerator<ParsedLine[]> {
      yield [lineOf('tests', 1)]
      throw new Error('the data file is gone')
    }
    const { batches, report } = await stream({ readData: breakOff })
    expect(batches.flat()).toHaveLength(2)
    expect(report.failure).toBe('the data file is gone')
  })
})
