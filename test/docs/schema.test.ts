import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from 'vitest'
import { createSchema, printSchema, schemaPath } from '../../script/schema.ts'
import { parseYaml } from '../../src/settings/yaml.ts'
import { badConfigs } from '../scenario/bad-configs.ts'
import { tellProblems } from '../scenario/tell-config.ts'

type Schema = { readonly [keyword: string]: unknown }

const schema = createSchema() as Schema

/** Whether a value is valid, by the keywords of draft-07 that the schema has; any other keyword is an error of this test. */
function isValid(value: unknown, { $ref, ...keywords }: Schema): boolean {
  if (typeof $ref === 'string') {
    const definitions = schema.definitions as Readonly<Record<string, Schema>>
    return isValid(value, definitions[$ref.replace('#/definitions/', '')] as Schema)
  }
  return Object.entries(keywords).every(([keyword, expected]) => {
    const check = checks[keyword]
    if (check === undefined) throw new Error(`this test does not know the keyword ${keyword}`)
    return check(value, expected as never, keywords)
  })
}

type Check = (value: unknown, expected: never, around: Schema) => boolean
const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const toType = (value: unknown) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)
const always: Check = () => true
const checks: Readonly<Record<string, Check>> = {
  $schema: always,
  title: always,
  description: always,
  definitions: always,
  type: (value, type: string) => (type === 'integer' ? Number.isInteger(value) : toType(value) === type),
  minimum: (value, least: number) => typeof value !== 'number' || value >= least,
  maximum: (value, most: number) => typeof value !== 'number' || value <= most,
  pattern: (value, source: string) => typeof value !== 'string' || new RegExp(source, 'u').test(value),
  enum: (value, values: readonly unknown[]) => values.some((known) => isDeepStrictEqual(known, value)),
  minLength: (value, length: number) => typeof value !== 'string' || value.length >= length,
  minItems: (value, count: number) => !Array.isArray(value) || value.length >= count,
  items: (value, item: Schema) => !Array.isArray(value) || value.every((one) => isValid(one, item)),
  required: (value, keys: readonly string[]) => !isMap(value) || keys.every((key) => Object.hasOwn(value, key)),
  properties: (value, known: Readonly<Record<string, Schema>>) =>
    !isMap(value) ||
    Object.entries(known).every(([key, one]) => !Object.hasOwn(value, key) || isValid(value[key], one)),
  propertyNames: (value, name: Schema) => !isMap(value) || Object.keys(value).every((key) => isValid(key, name)),
  additionalProperties: (value, other: boolean | Schema, { properties = {} }) =>
    !isMap(value) ||
    Object.keys(value).every(
      (key) => Object.hasOwn(properties as object, key) || (other !== false && isValid(value[key], other as Schema)),
    ),
  anyOf: (value, some: readonly Schema[]) => some.some((one) => isValid(value, one)),
  oneOf: (value, some: readonly Schema[]) => some.filter((one) => isValid(value, one)).length === 1,
  not: (value, wrong: Schema) => !isValid(value, wrong),
}

const secrets = { INFLUX_TOKEN: 'a-token-0123456789', INFLUX_PASSWORD: 'a-password-0123' }

const readValue = async (config: string) => (await parseYaml('config', config, []))?.value

const goodConfigs = [
  'storages: [{file: build-stats.lp}]',
  'storages: [{file: $RUNNER_TEMP}]',
  '{"storages": [{"file": "a.lp", "captures": []}]}',
  'captures: [start-time, end-time, duration]\nstorages: [{file: a.lp}, {file: b.lp, layout: buildbot}]',
  'captures: [start-time: , duration: {}]\nstorages: [{name: one, file: a.lp}]',
  'storages: [{influxdb: {url: "https://influx.example.com", org: acme, bucket: ci, token: $INFLUX_TOKEN}}]',
  'storages: [{influxdb: {url: "http://10.0.0.5:8086/", api: v2, org: acme, bucket: ci, token: $INFLUX_TOKEN}}]',
  'storages: [{influxdb: {url: "http://10.0.0.5:8086", database: ci, token: $INFLUX_TOKEN}, matrix-tags: false}]',
  `storages:
  - influxdb: {url: 'http://10.0.0.5', database: ci, username: me, password: $INFLUX_PASSWORD, retention-policy: weekly}
    layout: buildbot
    captures: [duration: {report-in: minutes, builder: CI/test, callback: seconds / 2}]`,
  'storages: [{file: a.lp, tags: {team: web, go: 1.20, tier: 1, new: true, none: , empty: ""}, measurement: jobs}]',
  ...[
    'true',
    'false',
    '',
    '{}',
    '{last: 50, branch: same, min-builds: 50}',
    '{statistic: kb, fail-above: {value: 1}}',
  ].map((compare) => `compare: ${compare}\nstorages: [{file: a.lp}]`),
  ...['1.5', '1', '"1.5"', '50%', '12.5 %', '10m', '600s', '1h 30m'].map(
    (limit) => `compare: {warn-above: ${limit}, branch: main}\nstorages: [{file: a.lp}]`,
  ),
  'storages: [{file: a.lp, captures: [steps, steps: Test, steps: {regex: T, builder: CI/*}, steps: , steps: {}]}]',
  `storages:
  - file: a.lp
    captures:
      - start-time: {field: began, builder: [CI/test, 'CI/*']}
      - end-time: {callback: end}
      - property: coverage
      - property: {name: bundle, field: bundle_kb, callback: $number(value) / 1024}
      - property: {regex: 'bench_.*', type: float, on-missing: ignore}
      - property: {name: github.ref_name, tag: branch_name}
      - data: tests
      - data: {name: suites, tags: [suite], measurement: tests_of_suites}
      - data: {regex: '.*', callback: '{"total": passed + failed}'}`,
]

/** What is wrong with them no structure tells: it takes a parser, the environment, or a look at two places at once. */
const beyondStructure = [
  'no scheme in a URL',
  'another scheme in a URL',
  'no URL',
  'a login in a URL',
  'a query in a URL',
  'no URL at all',
  'no database',
  'an api that is unknown',
  'a database for v2',
  'a login for v2',
  'a username without its password',
  'a variable that is not set',
  'a URL in a variable that is not set',
  'two variables that are not set',
  'a variable as a shell writes it',
  'an expression of a workflow',
  'a file in a variable that is not set',
  'two storages of one name',
  'a measurement that InfluxDB keeps',
  'a tag named time',
  'tags under the layout of Buildbot',
  'a regular expression that is none',
  'a regular expression of JavaScript',
  'a callback that is no JSONata',
  'a column for each of two regexes',
  'a column named time',
  'a field and a tag of one name',
  'two rules with one field',
  'one property twice',
  'the measurement of builds for data',
  'a measurement of data that InfluxDB keeps',
  'steps under the layout of Buildbot',
  'a time for a statistic that is none',
  'a failure below a warning',
  'more builds than are compared',
  'a field under the layout of Buildbot',
  'a field of shared rules for two layouts',
  'url beside config',
  'file beside config',
]

describe('build-stats.schema.json', () => {
  test('is what npm run schema writes', () => {
    expect(readFileSync(schemaPath, 'utf8')).toBe(printSchema())
  })

  test('says of every key what it means', () => {
    const undescribed = (of: unknown, path: string): string[] => {
      if (typeof of !== 'object' || of === null) return []
      const { properties = {} } = of as { properties?: Readonly<Record<string, { description?: string }>> }
      const here = Object.entries(properties).filter(([, { description }]) => !description)
      const deeper = Object.entries(of).flatMap(([key, one]) => undescribed(one, `${path}/${key}`))
      return [...here.map(([key]) => `${path}/${key}`), ...deeper]
    }
    expect(undescribed(schema, '')).toEqual([])
  })

  test.each(goodConfigs)('takes what the action takes: %s', async (config) => {
    const env = { ...secrets, RUNNER_TEMP: '/runner/temp' }
    expect(await tellProblems({ config, env })).toBeUndefined()
    expect(isValid(await readValue(config), schema)).toBe(true)
  })

  const cases = Object.entries(badConfigs).map(
    ([what, given]) => [what, typeof given === 'string' ? { config: given } : given] as const,
  )
  test.each(cases)('says of a config what the action says: %s', async (what, given) => {
    const value = await readValue(given.config)
    // What is no YAML, no schema is asked about.
    if (value === undefined) return
    const hasProblem = (await tellProblems(given)) !== undefined
    if (!isValid(value, schema)) expect(hasProblem).toBe(true)
    else if (hasProblem) expect(beyondStructure).toContain(what)
  })

  test('sees most of the mistakes', async () => {
    const read = await Promise.all(cases.map(async ([what, { config }]) => [what, await readValue(config)] as const))
    const known = read.filter(([, value]) => value !== undefined)
    const unseen = known.filter(([, value]) => isValid(value, schema)).map(([what]) => what)
    expect(unseen.sort()).toEqual(beyondStructure.toSorted())
    expect(unseen.length).toBeLessThan(known.length / 2)
  })
})
