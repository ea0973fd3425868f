import { describe, expect, test } from 'vitest'
import { Unsigned } from '../../src/build/data.ts'
import type { Point } from '../../src/point/point.ts'
import { nameTarget, openInfluxDB } from '../../src/storage/influxdb.ts'
import { type FakeAnswer, fakeClient } from '../http/fake-client.ts'
import { bodyOf } from './body.ts'
import { inBatches, manyPoints } from './points.ts'
import { v1, v2, v3 } from './targets.ts'

const { signal } = new AbortController()
const done: FakeAnswer = { status: 204 }

/** Answers in turn, then 204 for ever. */
function answering(...answers: (FakeAnswer | Error)[]) {
  return fakeClient(() => {
    const answer = answers.shift() ?? done
    if (answer instanceof Error) throw answer
    return answer
  })
}

test.each([
  [v1, 'http://influx:8086 (v1, database ci)'],
  [v2, 'http://influx:8086 (v2, bucket ci)'],
  [v3, 'http://influx:8086 (v3, database ci)'],
])('%j is called %s', (target, name) => {
  expect(nameTarget(target)).toBe(name)
  expect(openInfluxDB(target, answering()).name).toBe(name)
})

describe('requests', () => {
  test('hold the lines of all batches, in their order', async () => {
    const client = answering()
    const batches = inBatches(manyPoints(2), [], manyPoints(1, 'y'))
    expect(await openInfluxDB(v2, client).write(batches, signal)).toEqual({
      written: 3,
      lost: 0,
      gaveUp: false,
      problems: [],
    })
    expect(client.requests.map(bodyOf)).toEqual(['m n="x" 0\nm n="x" 1\nm n="y" 0'])
  })

  test('without points there are none', async () => {
    const client = answering()
    expect(await openInfluxDB(v2, client).write(inBatches([]), signal)).toEqual({
      written: 0,
      lost: 0,
      gaveUp: false,
      problems: [],
    })
    expect(client.requests).toEqual([])
  })

  test.each([1, 500, 4999, 5000, 12_345])('have 5,000 lines at most, made of batches of %d', async (size) => {
    const client = answering()
    const points = manyPoints(12_345)
    const batches = Array.from({ length: Math.ceil(12_345 / size) }, (_, index) =>
      points.slice(index * size, (index + 1) * size),
    )
    const written = await openInfluxDB(v2, client).write(inBatches(...batches), signal)
    expect(written).toEqual({ written: 12_345, lost: 0, gaveUp: false, problems: [] })
    const lines = client.requests.map((request) => bodyOf(request).split('\n'))
    expect(lines.map(({ length }) => length)).toEqual([5000, 5000, 2345])
    expect(lines.flat()).toEqual(points.map(({ timeNs }) => `m n="x" ${timeNs}`))
  })

  test.each([
    ['ASCII', 'x'.repeat(60_000)],
    ['text of three bytes a character', '€'.repeat(20_000)],
    ['text of four bytes a character', '😀'.repeat(15_000)],
  ])('have 5 MB at most: %s', async (_, text) => {
    const client = answering()
    const { written } = await openInfluxDB(v2, client).write(inBatches(manyPoints(90, text)), signal)
    const sizes = client.requests.map((request) => Buffer.byteLength(bodyOf(request)))
    expect(written).toBe(90)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(5_000_000)
    expect(sizes).toHaveLength(2)
  })

  test('a line that is longer than a request may be goes alone', async () => {
    const client = answering()
    const points = [...manyPoints(1), ...manyPoints(1, 'x'.repeat(5_000_001)), ...manyPoints(1)]
    expect((await openInfluxDB(v2, client).write(inBatches(points), signal)).written).toBe(3)
    expect(client.requests).toHaveLength(3)
  })

  test.each([
    [v1, 'm f=7i 0'],
    [v2, 'm f=7u 0'],
    [v3, 'm f=7u 0'],
  ])('unsigned integers, for %j', async (target, line) => {
    const client = answering()
    const point: Point = { measurement: 'm', tags: [], fields: [['f', new Unsigned(7n)]], timeNs: 0n }
    await openInfluxDB(target, client).write(inBatches([point]), signal)
    expect(client.requests.map(bodyOf)).toEqual([line])
  })
})

describe('what a server refuses', () => {
  const refused: FakeAnswer = { status: 401, statusText: 'Unauthorized', body: '{"message":"unauthorized access"}' }
  /** It may do better the next time. */
  const busy: FakeAnswer = { status: 429, statusText: 'Too Many Requests', body: '{"message":"slow down"}' }

  test('is lost and told, and nothing of it is sent again with what follows', async () => {
    const client = answering(busy)
    const batches = inBatches(manyPoints(5000), manyPoints(1, 'y'))
    expect(await openInfluxDB(v2, client).write(batches, signal)).toEqual({
      written: 1,
      lost: 5000,
      gaveUp: false,
      problems: ['429 Too Many Requests, "slow down", the server is asked too often'],
    })
    const [first = '', ...others] = client.requests.map(bodyOf)
    expect(first.split('\n')).toHaveLength(5000)
    expect(others).toEqual(['m n="y" 0'])
  })

  test('is told once', async () => {
    const client = answering(busy, busy)
    const { lost, problems } = await openInfluxDB(v2, client).write(inBatches(manyPoints(5001)), signal)
    expect([client.requests.length, lost, problems.length]).toEqual([2, 5001, 1])
  })

  const unreachable = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  test.each<[string, FakeAnswer | Error]>([
    ...[401, 403, 404, 407].map((status): [string, FakeAnswer] => [`${status}`, { status }]),
    ['nobody at the address', unreachable],
  ])('for good is not asked again, and what comes after it is not read: %s', async (_, answer) => {
    const client = answering(answer)
    let made = 0
    async function* count() {
      for (let index = 0; index < 10; index++) {
        made++
        yield manyPoints(5000)
      }
    }
    const { written, lost, gaveUp, problems } = await openInfluxDB(v2, client).write(count(), signal)
    expect([client.requests.length, written, gaveUp, problems.length]).toEqual([1, 0, true, 1])
    expect(made).toBeLessThanOrEqual(3)
    expect(lost).toBe(made * 5000)
  })

  test('for good with the last request is no giving up: nothing was left', async () => {
    const { lost, gaveUp } = await openInfluxDB(v2, answering(refused)).write(inBatches(manyPoints(3)), signal)
    expect([lost, gaveUp]).toEqual([3, false])
  })

  test('in part is lost in part', async () => {
    const body = JSON.stringify({
      error: 'partial write: field type conflict: input field "x" is type string dropped=1',
    })
    const written = await openInfluxDB(v1, answering({ status: 400, body })).write(inBatches(manyPoints(3)), signal)
    expect(written).toMatchObject({ written: 2, lost: 1, problems: [expect.stringContaining('dropped=1')] })
  })

  test.each([0, 4, 99])('a server that drops %d of three lines', async (dropped) => {
    const body = JSON.stringify({ error: `partial write: x dropped=${dropped}` })
    const { written, lost } = await openInfluxDB(v1, answering({ status: 400, body })).write(
      inBatches(manyPoints(3)),
      signal,
    )
    expect([written, lost]).toEqual(dropped === 0 ? [3, 0] : [0, 3])
  })

  test('a network that fails', async () => {
    const written = await openInfluxDB(v1, answering(new Error('connect ECONNREFUSED'))).write(
      inBatches(manyPoints(1)),
      signal,
    )
    expect(written).toEqual({
      written: 0,
      lost: 1,
      gaveUp: false,
      problems: ['connect ECONNREFUSED'],
    })
  })

  test('prints nothing', async () => {
    const printed: unknown[] = []
    const [error, warn] = [console.error, console.warn]
    console.error = (...given) => printed.push(given)
    console.warn = (...given) => printed.push(given)
    await openInfluxDB(v2, answering(refused)).write(inBatches(manyPoints(1)), signal)
    console.error = error
    console.warn = warn
    expect(printed).toEqual([])
  })
})

describe('the timeout', () => {
  test('before the first request loses all, and tells it once', async () => {
    const client = answering()
    const batches = inBatches(manyPoints(2), manyPoints(1))
    expect(await openInfluxDB(v2, client).write(batches, AbortSignal.abort())).toEqual({
      written: 0,
      lost: 3,
      gaveUp: true,
      problems: ['no answer in time (input timeout)'],
    })
    expect(client.requests).toEqual([])
  })

  test('between requests keeps what is written', async () => {
    const controller = new AbortController()
    const client = fakeClient(({ signal }) => {
      signal.throwIfAborted()
      controller.abort()
      return done
    })
    const batches = inBatches(manyPoints(5000), manyPoints(5000), manyPoints(1))
    expect(await openInfluxDB(v2, client).write(batches, controller.signal)).toEqual({
      written: 5000,
      lost: 5001,
      gaveUp: true,
      problems: ['no answer in time (input timeout)'],
    })
    expect(client.requests).toHaveLength(1)
  })

  test('during a request leaves it, and loses what follows', async () => {
    const controller = new AbortController()
    const client = fakeClient(async ({ signal }) => {
      controller.abort()
      signal.throwIfAborted()
      return done
    })
    const { written, lost, problems } = await openInfluxDB(v2, client).write(
      inBatches(manyPoints(5001)),
      controller.signal,
    )
    expect([written, lost, problems]).toEqual([0, 5001, ['no answer in time (input timeout)']])
    expect(client.requests).toHaveLength(1)
  })
})

test('the next request is made while the server takes one, and not the one after that', async () => {
  let made = 0
  const seen: number[] = []
  const client = fakeClient(async () => {
    // A server that takes its time: everything that may be made meanwhile is.
    await new Promise((resolve) => setTimeout(resolve, 20))
    seen.push(made)
    return done
  })
  async function* count() {
    for (const batch of Array.from({ length: 40 }, () => manyPoints(500))) {
      made += batch.length
      yield batch
    }
  }
  expect((await openInfluxDB(v2, client).write(count(), signal)).written).toBe(20_000)
  expect(seen.map((count) => Math.ceil(count / 5000))).toEqual([3, 4, 4, 4])
})

test('a point that no line can say costs itself alone', async () => {
  const client = answering()
  const bad: Point = { measurement: 'm', tags: [], fields: [['f', Number.POSITIVE_INFINITY]], timeNs: 0n }
  const none: Point = { measurement: 'm', tags: [], fields: [], timeNs: 0n }
  const written = await openInfluxDB(v2, client).write(inBatches([...manyPoints(1), bad, none]), signal)
  expect(client.requests.map(bodyOf)).toEqual(['m n="x" 0'])
  expect(written).toEqual({
    written: 1,
    lost: 2,
    gaveUp: false,
    problems: ['line protocol cannot say 2 of the points'],
  })
})

test('what goes wrong in the batches themselves is not the storage its own', async () => {
  async function* fail() {
    yield manyPoints(1)
    throw new Error('reading failed')
  }
  await expect(openInfluxDB(v2, answering()).write(fail(), signal)).rejects.toThrow('reading failed')
})
