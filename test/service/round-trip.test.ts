import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Build } from '../../src/build/build.ts'
import type { DataRecord, FieldValue } from '../../src/build/data.ts'
import { Unsigned } from '../../src/build/data.ts'
import type { JsonObject } from '../../src/build/json.ts'
import { captureBuild } from '../../src/capture/capture.ts'
import type { PropertyRule } from '../../src/capture/kinds/property.ts'
import { everyName } from '../../src/capture/rules.ts'
import { createHttpClient } from '../../src/http/client.ts'
import { cleanName, isOwnName } from '../../src/point/clean.ts'
import { toBuildPoint } from '../../src/point/native.ts'
import { createDataLayout } from '../../src/point/native-data.ts'
import type { Point } from '../../src/point/point.ts'
import { toStartPoint } from '../../src/point/start-point.ts'
import { openInfluxDB } from '../../src/storage/influxdb/influxdb.ts'
import { exampleProperties } from '../build/example-build.ts'
import { openWriting } from '../storage/writing.ts'
import { describeServers } from '../support/describe-servers.ts'
import { type Influxd, quoteIdentifier } from '../support/influxd.ts'
import { influxdb16, influxdbs } from '../support/servers.ts'
import { exampleBuild, layout } from './example-build.ts'
import { isSayable, name, text } from './hostile-text.ts'
import { toTarget } from './target.ts'

const runs = Number(process.env.FAST_CHECK_RUNS ?? 300)

const value: fc.Arbitrary<FieldValue> = fc.oneof(
  text,
  fc.double({ noDefaultInfinity: true, noNaN: true }),
  fc.boolean(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map((number) => new Unsigned(number)),
)
const texts = fc.uniqueArray(fc.tuple(name, text), { selector: ([key]) => key, maxLength: 4 })
const record: fc.Arbitrary<DataRecord> = fc.record({
  name,
  tags: texts,
  fields: fc.uniqueArray(fc.tuple(name, value), { selector: ([key]) => key, minLength: 1, maxLength: 5 }),
})

const job = fc.record({
  branch: text,
  workflow: text,
  job: text,
  runnerName: text,
  jobName: text,
  matrix: texts,
  // As settings have them.
  userTags: fc
    .uniqueArray(fc.tuple(name, name), { selector: ([key]) => cleanName(key), maxLength: 4 })
    .map((tags) => tags.filter(([key]) => !isOwnName(cleanName(key)))),
  properties: texts,
  columns: fc.uniqueArray(
    name.filter((key) => !isOwnName(cleanName(key))),
    { maxLength: 2 },
  ),
  records: fc.uniqueArray(record, { selector: (one) => cleanName(one.name), maxLength: 3 }),
})
type Job = typeof job extends fc.Arbitrary<infer T> ? T : never

/** As the post phase makes them: the start, the build, its data. */
function toPoints(given: Job): { points: Point[]; build: Build } {
  const matrix = Object.fromEntries(given.matrix) as JsonObject
  const own = Object.fromEntries(given.properties) as JsonObject
  const build = { ...exampleBuild, ...given, matrix, properties: exampleProperties({ matrix, own }) }
  const options = { ...layout, tags: given.userTags }
  const all: PropertyRule = { ...common, match: { regex: everyName }, field: undefined, tag: undefined }
  const named = given.columns.map((column, index): PropertyRule => {
    const match = { name: given.properties[index]?.[0] ?? '' }
    return index === 0 ? { ...all, match, field: column } : { ...all, match, tag: column }
  })
  const { point } = toBuildPoint(build, captureBuild(build, [all, ...named]), options)
  const data = createDataLayout(build, options)
  const keys = { tags: [], types: new Map(), time: undefined }
  const rule = { kind: 'data', match: { regex: everyName }, measurement: undefined, ...keys, ...place } as const
  const records = given.records.flatMap((one, index) => data.toPoints([{ rule, record: one }], index + 1))
  return { points: [toStartPoint(build, build.startMs, options), point, ...records], build }
}

const place = { builder: undefined, callback: undefined, source: 'captures', line: undefined }
const common = { kind: 'property', type: undefined, onMissing: 'ignore', ...place } as const
const canary = (index: number): Point => ({
  measurement: 'canary',
  tags: [['cage', `${index}`]],
  fields: [['alive', true]],
  timeNs: 1_700_000_000_000_000_000n + BigInt(index),
})

// What is written to InfluxDB.
describeServers(influxdbs, (server) => {
  const numRuns = server === influxdb16 ? runs : Math.ceil(runs / 3)
  let influxd: Influxd
  beforeAll(async () => {
    influxd = await (server === influxdb16 ? influxdb16.start({ noLimits: true }) : server.start())
  })
  afterAll(() => influxd.stop())

  async function write(points: readonly Point[]): Promise<void> {
    const storage = openInfluxDB(toTarget(influxd, 'ci'), createHttpClient({}))
    const written = await storage.write(toBatches(points), openWriting({ signal: AbortSignal.timeout(20_000) }))
    expect(written).toMatchObject({
      written: points.length,
      unsent: 0,
      lost: 0,
      gaveUp: false,
      problems: [],
      conflicts: [],
    })
  }

  /** A database of its own each time: a field's type holds for all of one. */
  async function readBack(points: readonly Point[]): Promise<string[]> {
    await influxd.dropDatabase('ci')
    await influxd.createDatabase('ci')
    await write(points)
    const names = (await influxd.query('ci', 'SHOW MEASUREMENTS')).flatMap(({ rows }) =>
      rows.map(([one]) => String(one)),
    )
    // Not all in one: fields of one name and several types would hide each other.
    const selects = names.map((one) => `SELECT * FROM ${quoteIdentifier(one)} GROUP BY *`)
    const series = await influxd.query('ci', selects.join('; '))
    return series.flatMap((one) =>
      one.rows.map((row) => {
        const cells = one.columns.map((key, index) => [key, row[index]] as const).filter(([, cell]) => cell !== null)
        return toText({
          measurement: one.name,
          tags: Object.entries(one.tags).filter(([, tag]) => tag !== ''),
          fields: cells.slice(1),
          timeNs: cells[0]?.[1],
        })
      }),
    )
  }

  test('comes back as it was laid out, and harms nothing beside it', { timeout: 900_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(job, async (given) => {
        const points = [canary(1), ...toPoints(given).points.flatMap((point, index) => [point, canary(index + 2)])]
        const found = await readBack(points)
        expect(found.sort()).toEqual(points.map(toText).sort())
      }),
      { numRuns, interruptAfterTimeLimit: 850_000 },
    )
  })
})

describe('what line protocol can say', () => {
  test('is laid out as it is', () => {
    fc.assert(
      fc.property(job, (given) => {
        const [start, build, ...data] = toPoints(given).points
        const tags = new Map(build?.tags)
        const fields = new Map(build?.fields)
        if (isSayable(given.branch, 20_000) && !tags.has('branch')) expect(fields.get('branch')).toBe(given.branch)
        for (const [key, tag] of given.userTags) {
          if (isSayable(key, 256) && isSayable(tag, 1024) && !key.startsWith('#') && key !== '__proto__') {
            expect([key, tags.get(key), new Map(start?.tags).get(key)]).toEqual([key, tag, tag])
          }
        }
        expect(data.length).toBe(given.records.length)
      }),
      { numRuns: runs },
    )
  })
})

/** A point as text, whatever the order of its parts; integers and floats of one value alike. */
function toText({ measurement, tags, fields, timeNs }: Row): string {
  const list = (pairs: Row['fields']) => pairs.map(([key, cell]) => `  ${JSON.stringify(key)}: ${toCell(cell)}`).sort()
  return [JSON.stringify(measurement), ' tags', ...list(tags), ' fields', ...list(fields), ` at ${timeNs}`].join('\n')
}

interface Row {
  readonly measurement: string
  readonly tags: readonly (readonly [string, unknown])[]
  readonly fields: readonly (readonly [string, unknown])[]
  readonly timeNs: unknown
}

function toCell(cell: unknown): string {
  if (cell instanceof Unsigned) return `${cell.value}`
  // Go and JavaScript write a float with the same digits.
  // What is no text in UTF-16 is none in UTF-8 either, and is sent with U+FFFD in its place.
  return typeof cell === 'string' ? JSON.stringify(cell.toWellFormed()) : `${cell}`
}

async function* toBatches(points: readonly Point[]): AsyncGenerator<readonly Point[]> {
  yield points
}
