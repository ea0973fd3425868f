import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findPoint, readPoints } from '../scenario/scenario.ts'
import { type ActRun, actPath, runAct } from '../support/act.ts'
import { type Influxd, influxdPath, readTypes, startInfluxd } from '../support/influxd.ts'
import { type Row, readRows } from './rows.ts'

const login = { INFLUX_USER: 'admin', INFLUX_PASSWORD: 'admin-password' }

/** Each storage with captures of its own: a callback of each kind, and data of each of the three ways to yield. */
const config = `
captures: [duration, data: {regex: '.*'}]
storages:
  - name: main
    influxdb: {url: $INFLUX_URL, database: ci, username: $INFLUX_USER, password: $INFLUX_PASSWORD}
    tags: {team: core, go: 1.20}
    captures:
      - start-time: {callback: $toMillis(start), field: start_ms}
      - end-time: {callback: '$substring(end, 0, 10)', field: day}
      - duration: {callback: seconds >= 1, field: took_long}
      - duration
      - property: coverage
      - property: {name: coverage, field: uncovered, callback: 100 - $number(value)}
      - property: {name: count, type: int, field: tests}
      - property: {name: compiler, tag: compiler}
      - data: {name: bundle, callback: '{"js_kb": js / 1024, "minified": minified}'}
      - data: {name: tests, measurement: suites, callback: '$merge([$, {"total": passed + failed}])'}
      - data: {name: bench, tags: [case]}
  - name: legacy
    influxdb: {url: $INFLUX_URL, database: legacy, username: $INFLUX_USER, password: $INFLUX_PASSWORD}
    layout: buildbot
    captures:
      - start-time
      - end-time: {callback: $uppercase(end)}
      - duration: {report-in: minutes}
      - property: {regex: 'co(verage|unt)', type: float}
      - data: bundle
      - data: tests
      - data: {name: bench, callback: '{"mean_ms": mean * 1000}'}
  - file: $STATS_FILE
`

describe.skipIf(!actPath || !influxdPath)('a config with three storages', () => {
  let influxd: Influxd
  let act: ActRun
  const folder = mkdtempSync(join(tmpdir(), 'build-stats-storages-'))
  const file = join(folder, 'points.lp')

  beforeAll(async () => {
    influxd = await startInfluxd({ auth: true })
    for (const database of ['ci', 'legacy']) await influxd.createDatabase(database)
    act = await runAct({
      workflow: join(import.meta.dirname, 'storages.yml'),
      files: { '.github/build-stats.yml': config },
      secrets: login,
      vars: { INFLUX_URL: influxd.url, STATS_FILE: file },
    })
  })
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true })
    await influxd?.stop()
  })

  const rows = (database: string, measurement: string) => readRows(influxd, database, measurement)
  const types = async (database: string, measurement: string) =>
    Object.fromEntries(await readTypes(influxd, database, measurement))
  const only = async (database: string, measurement: string): Promise<Row> => {
    const found = await rows(database, measurement)
    expect(found, act.output).toHaveLength(1)
    return found[0] as Row
  }

  test('runs green, warns of nothing but the API, and shows no secret', () => {
    expect(act.exitCode, act.output).toBe(0)
    const told = act.annotations.filter(({ level }) => level !== 'debug').map(({ message }) => message)
    expect(told).toEqual([expect.stringContaining('start')])
    expect(act.output).not.toContain(login.INFLUX_PASSWORD)
    expect(act.output).not.toContain(Buffer.from('admin:admin-password').toString('base64'))
    const summary = act.summaries.join('')
    for (const name of ['main: ', 'legacy: ', file]) expect(summary).toContain(name)
  })

  test('the native storage has a row a build, with what callbacks make of it', async () => {
    const { tags, fields, timeNs } = await only('ci', 'build')
    expect(tags).toMatchObject({ team: 'core', go: '1.20', compiler: 'gcc 12', job: 'measure', result: 'success' })
    const day = new Date(Number(timeNs / 1_000_000n)).toISOString().slice(0, 10)
    expect(fields).toMatchObject({ coverage: 87.5, uncovered: 12.5, tests: 118, day, took_long: expect.any(Boolean) })
    expect(fields).not.toHaveProperty('start_time')
    expect(await types('ci', 'build')).toMatchObject({
      ...{ start_ms: 'float', day: 'string', took_long: 'boolean', duration: 'float' },
      ...{ coverage: 'float', uncovered: 'float', tests: 'integer', number: 'integer' },
    })
    const start = await only('ci', 'build_start')
    expect(start.timeNs / 1_000_000n).toBe(BigInt(fields.start_ms as number))
    expect(start.tags).toMatchObject({ team: 'core', go: '1.20' })
  })

  test('the native storage has the data of a step output, of $BUILD_STATS and of the yield action', async () => {
    const bundle = await only('ci', 'bundle')
    expect(bundle.fields).toEqual({ js_kb: 1, minified: true, number: 1, attempt: 1, run_id: 1 })
    expect(await types('ci', 'bundle')).toMatchObject({ js_kb: 'float', minified: 'boolean', run_id: 'integer' })

    const suites = await rows('ci', 'suites')
    expect(suites.map(({ tags, fields }) => ({ suite: tags.suite, ...fields }))).toMatchObject([
      { suite: 'e2e', passed: 3, failed: 0, flaky: true, note: 'ünï', total: 3 },
      { suite: 'unit', passed: 10, failed: 2, flaky: false, note: 'two words', total: 12 },
    ])
    expect(await types('ci', 'suites')).toMatchObject({ total: 'float', flaky: 'boolean', note: 'string' })
    expect(await rows('ci', 'tests')).toEqual([])

    const benches = await rows('ci', 'bench')
    expect(benches.map(({ tags, fields }) => [tags.case, tags.host, fields.mean])).toEqual([
      ['parse', 'laptop', 12.5],
      ['print', 'laptop', 3],
    ])
    expect(await types('ci', 'bench')).toMatchObject({ mean: 'float', number: 'integer' })
  })

  test('the Buildbot storage has a series a statistic', async () => {
    const builder = 'Storages/measure'
    const times = await rows('legacy', `${builder}-build-times`)
    const values = Object.assign({}, ...times.map(({ fields }) => fields)) as Row['fields']
    expect(times).toHaveLength(3)
    for (const { tags } of times) expect(tags).toEqual({ builder_name: builder, build_number: '1' })
    expect(Object.keys(values).sort()).toEqual(['duration', 'end-time', 'start-time'])
    expect(values['end-time']).toMatch(/T.*Z$/)
    expect(await types('legacy', `${builder}-build-times`)).toEqual({
      ...{ duration: 'float', 'end-time': 'string', 'start-time': 'string' },
    })
    expect((await only('legacy', `${builder}-coverage`)).fields).toEqual({ name: 'coverage', value: 87.5 })
    expect((await only('legacy', `${builder}-count`)).fields).toEqual({ name: 'count', value: 118 })
    expect(await types('legacy', `${builder}-count`)).toEqual({ name: 'string', value: 'float' })
    expect((await only('legacy', `${builder}-bundle`)).fields).toEqual({
      ...{ js: 1024, css_kb: 12.5, minified: true, target: 'es2024' },
    })
    expect((await rows('legacy', `${builder}-tests`)).map(({ fields }) => fields.passed).sort()).toEqual([10, 3])
    expect(await types('legacy', `${builder}-tests`)).toMatchObject({ passed: 'integer', flaky: 'boolean' })
    const benches = await rows('legacy', `${builder}-bench`)
    expect(benches.map(({ fields }) => fields.mean_ms).sort()).toEqual([12500, 3000])
    expect(await rows('legacy', 'build')).toEqual([])
    expect(await rows('legacy', 'build_start')).toEqual([])
  })

  test('the file has what the shared rules say', () => {
    const points = readPoints(file)
    const measurements = points.map(({ measurement }) => measurement)
    expect(measurements.sort()).toEqual(['bench', 'bench', 'build', 'build_start', 'tests', 'tests'])
    const { tags, fields } = findPoint(points, 'build')
    expect(fields).toMatchObject({ duration: expect.any(Number), number: 1n })
    expect(fields).not.toHaveProperty('coverage')
    expect(tags).not.toHaveProperty('team')
    const unit = points.find(({ tags }) => tags.suite === 'unit')
    expect(unit?.fields).toMatchObject({ passed: 10n, failed: 2n, flaky: false, note: 'two words', run_id: 1n })
  })
})
