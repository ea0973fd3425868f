import { describe, expect, test } from 'vitest'
import type { HistoryQuery } from '../../../src/compare/history-query.ts'
import type { HttpRequest } from '../../../src/http/client.ts'
import { readHistory } from '../../../src/storage/influxdb/history.ts'
import type { InfluxTarget } from '../../../src/storage/target.ts'
import { type FakeAnswer, fakeClient } from '../../http/fake-client.ts'
import { bodyOf } from '../body.ts'
import { v1, v2, v3 } from '../targets.ts'

const dayMs = 24 * 3600 * 1000
const endMs = 1_800_000_000_000
const query: HistoryQuery = {
  ...{ measurement: 'build', stepMeasurement: 'build_step', fields: ['duration'], tags: [], builderTags: [] },
  branch: undefined,
  ...{ sinceMs: endMs - 90 * dayMs, maxBuilds: 41, maxSteps: 400, data: [] },
}
const never = new AbortController().signal
const read = (target: InfluxTarget, answer: (request: HttpRequest) => FakeAnswer, asked = query) => {
  const client = fakeClient(answer)
  return { client, past: readHistory([asked], target, client, never).then(([first]) => first) }
}
const statementsOf = (request: HttpRequest) => new URLSearchParams(bodyOf(request)).get('q') ?? ''
const answerWith = (...results: object[]): FakeAnswer => ({ body: JSON.stringify({ results }) })
const builds = { series: [{ name: 'build', columns: ['time', 'run_id', 'duration'], values: [[5, 1, 300]] }] }
const steps = {
  series: [
    { name: 'build_step', tags: { step: 'test' }, columns: ['time', 'run_id', 'duration'], values: [[5, 1, 60]] },
  ],
}
const past = {
  builds: [
    {
      ...{ endMs: 5, runId: 1, attempt: undefined, number: undefined, values: new Map([['duration', 300]]) },
      isCallerUnknown: false,
      facts: new Map(),
    },
  ],
  steps: [{ runId: 1, attempt: undefined, name: 'test', duration: 60 }],
}

test.each([v1, v2])('two statements are one request: %j', async (target) => {
  const { client, past: found } = read(target, () => answerWith(builds, steps))
  expect(await found).toEqual(past)
  expect(client.requests.map((request) => statementsOf(request).split('; ').length)).toEqual([2])
})

test('more rows of a step than were requested say since when its rows are known', async () => {
  const of = (step: string, ...times: number[]) => ({
    ...{ name: 'build_step', tags: { step }, columns: ['time', 'run_id', 'duration'] },
    values: times.map((time) => [time, time, 60]),
  })
  const series = [of('rare', 9, 2), of('test', 9, 8, 7), of('lint', 9, 8, 6)]
  const { past: found } = read(v1, () => answerWith(builds, { series }), { ...query, maxSteps: 3 })
  expect(await found).toMatchObject({ stepsSinceMs: 7, steps: { length: 8 } })
})

describe('InfluxDB 3', () => {
  const one: FakeAnswer = { status: 400, body: '{"error":"must provide only one InfluxQl statement per query"}' }
  const answerOne = (request: HttpRequest): FakeAnswer => {
    const statements = statementsOf(request)
    if (statements.includes(';')) return one
    return statements.includes('build_step') ? answerWith(steps) : answerWith(builds)
  }

  test('is asked one statement a request, side by side', async () => {
    const { client, past: found } = read(v3, answerOne)
    expect(client.requests).toHaveLength(2)
    expect(await found).toEqual(past)
  })

  test('of builds alone is asked once', async () => {
    const { client, past: found } = read(v3, answerOne, { ...query, stepMeasurement: undefined })
    expect(await found).toEqual({ ...past, steps: [] })
    expect(client.requests).toHaveLength(1)
  })

  test('that reads no more than three days is asked for three days', async () => {
    const limit = {
      error: 'Query would exceed file limit of 432 parquet files. Please specify a smaller time range for your query.',
    }
    const since = (request: HttpRequest) => Number(/time >= (\d+)000000/.exec(statementsOf(request))?.[1])
    const { client, past: found } = read(v3, (request) =>
      since(request) < endMs - 3 * dayMs ? { status: 400, body: JSON.stringify(limit) } : answerOne(request),
    )
    expect(await found).toEqual({ ...past, days: 3 })
    expect(client.requests.map(since)).toEqual([90, 90, 3, 3].map((days) => endMs - days * dayMs))
  })

  test('is not asked again for anything else', async () => {
    const { client, past: found } = read(v3, () => ({ status: 500, body: 'no' }))
    await expect(found).rejects.toThrow('500, "no"')
    expect(client.requests).toHaveLength(2)
  })
})

describe('the database', () => {
  const of = (changes: Partial<InfluxTarget>, target: InfluxTarget = v2) => ({ ...target, ...changes }) as InfluxTarget
  test.each<[InfluxTarget, object]>([
    [v2, { db: 'ci' }],
    [of({ bucket: 'ci/autogen' }), { db: 'ci', rp: 'autogen' }],
    [of({ bucket: 'ci/a/b' }), { db: 'ci', rp: 'a/b' }],
    [of({ bucket: '/ci' }), { db: '/ci' }],
    [of({ bucket: 'ci/' }), { db: 'ci/' }],
    [of({ retentionPolicy: 'year' }, v1), { db: 'ci', rp: 'year' }],
    [of({ database: 'ci/autogen' }, v1), { db: 'ci/autogen' }],
    [v3, { db: 'ci' }],
  ])('%j', async (target, expected) => {
    const { client, past: found } = read(target, () => answerWith(builds, steps), {
      ...query,
      stepMeasurement: undefined,
    })
    await found
    expect(Object.fromEntries(client.requests[0]?.url.searchParams ?? [])).toEqual({ ...expected, epoch: 'ms' })
  })
})

describe('advice', () => {
  const notFound = (name: string) => () =>
    answerWith({ statement_id: 0, error: name === 'not executed' ? name : `database not found: ${name}` })
  test.each<[InfluxTarget, name: string, advice: RegExp]>([
    [v2, 'not executed', /^"not executed", check that the token may read the bucket "ci", and/],
    [v2, 'ci', /^"database not found: ci", check that the token may read the bucket "ci", and/],
    [
      { ...v2, bucket: '2ffcfb52283c342b' } as InfluxTarget,
      '2ffcfb52283c342b',
      /, give the name of the bucket instead of its ID "2ffcfb52283c342b": InfluxQL cannot query a bucket by its ID$/,
    ],
    [v1, 'ci', /, check that the database "ci" exists, and that the server answers InfluxQL$/],
    [
      { ...v1, retentionPolicy: 'nope' } as InfluxTarget,
      'ci',
      /, check that the database "ci" and its retention policy "nope" exist$/,
    ],
  ])('%j', async (target, name, advice) => {
    await expect(read(target, notFound(name)).past).rejects.toThrow(advice)
  })
})
