import { describe, expect, test } from 'vitest'
import { Unsigned } from '../../../src/build/data.ts'
import type { Point } from '../../../src/point/point.ts'
import { nameTarget, openInfluxDB } from '../../../src/storage/influxdb/influxdb.ts'
import { type FakeAnswer, fakeClient } from '../../http/fake-client.ts'
import { bodyOf } from '../body.ts'
import { inBatches, manyPoints } from '../points.ts'
import { v1, v2, v3 } from '../targets.ts'
import { openWriting } from '../writing.ts'

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
    expect(await openInfluxDB(v2, client).write(batches, openWriting())).toEqual({
      written: 3,
      unsent: 0,
      lost: 0,
      gaveUp: false,
      problems: [],
      conflicts: [],
    })
    expect(client.requests.map(bodyOf)).toEqual(['m n="x" 0\nm n="x" 1\nm n="y" 0'])
  })

  test('without points there are none', async () => {
    const client = answering()
    expect(await openInfluxDB(v2, client).write(inBatches([]), openWriting())).toEqual({
      written: 0,
      unsent: 0,
      lost: 0,
      gaveUp: false,
      problems: [],
      conflicts: [],
    })
    expect(client.requests).toEqual([])
  })

  test.each([1, 500, 4999, 5000, 12_345])('have 5,000 lines at most, made of batches of %d', async (size) => {
    const client = answering()
    const points = manyPoints(12_345)
    const batches = Array.from({ length: Math.ceil(12_345 / size) }, (_, index) =>
      points.slice(index * size, (index + 1) * size),
    )
    const written = await openInfluxDB(v2, client).write(inBatches(...batches), openWriting())
    expect(written).toEqual({
      written: 12_345,
      unsent: 0,
      lost: 0,
      gaveUp: false,
      problems: [],
      conflicts: [],
    })
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
    const { written } = await openInfluxDB(v2, client).write(inBatches(manyPoints(90, text)), openWriting())
    const sizes = client.requests.map((request) => Buffer.byteLength(bodyOf(request)))
    expect(written).toBe(90)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(5_000_000)
    expect(sizes).toHaveLength(2)
  })

  test('a line that is longer than a request may be goes alone', async () => {
    const client = answering()
    const points = [...manyPoints(1), ...manyPoints(1, 'x'.repeat(5_000_001)), ...manyPoints(1)]
    expect((await openInfluxDB(v2, client).write(inBatches(points), openWriting())).written).toBe(3)
    expect(client.requests).toHaveLength(3)
  })

  test.each([
    [v1, 'm f=7i 0'],
    [v2, 'm f=7u 0'],
    [v3, 'm f=7u 0'],
  ])('unsigned integers, for %j', async (target, line) => {
    const client = answering()
    const point: Point = { measurement: 'm', tags: [], fields: [['f', new Unsigned(7n)]], timeNs: 0n }
    await openInfluxDB(target, client).write(inBatches([point]), openWriting())
    expect(client.requests.map(bodyOf)).toEqual([line])
  })
})

describe('what a server refuses', () => {
  const refused: FakeAnswer = { status: 401, statusText: 'Unauthorized', body: '{"message":"unauthorized access"}' }
  const odd: FakeAnswer = { status: 400, statusText: 'Bad Request', body: '{"message":"unable to parse"}' }

  test('for one of its lines costs that line: it is narrowed down behind all that is well', async () => {
    const client = fakeClient((request) => (bodyOf(request).includes('n="bad"') ? odd : done))
    const writing = openWriting()
    const points = manyPoints(1000)
    points.splice(371, 1, ...manyPoints(1, 'bad'))
    const { written, unsent, lost, lostLines, problems } = await openInfluxDB(v2, client).write(
      inBatches(points, manyPoints(4000, 'y'), manyPoints(5000, 'z')),
      writing,
    )
    expect([written, unsent, lost, writing.kept]).toEqual([9999, 0, 1, []])
    const reason = '400 Bad Request, "unable to parse"'
    expect(lostLines).toEqual([{ line: 'm n="bad" 0', reason }])
    expect(problems).toEqual([`the server refused a point, which is lost: "m n=\\"bad\\" 0": ${reason}`])
    // The second request goes before the first one is looked into.
    expect(bodyOf(client.requests[1] ?? ({} as never))).toContain('n="z" 4999')
    expect(client.requests.length - 1).toBeLessThanOrEqual(2 * Math.log2(5000) + 1)
  })

  test('without a word, as older VictoriaMetrics does with line breaks in text, is sent again without them', async () => {
    const client = fakeClient(() => ({ ...done, headers: { 'x-server-hostname': 'vm' } }))
    const points = [...manyPoints(1, 'a\nb'), ...manyPoints(1, 'c')]
    const { written, changes } = await openInfluxDB(v1, client).write(inBatches(points), openWriting())
    expect(client.requests.map(bodyOf)).toEqual(['m n="a\nb" 0\nm n="c" 0', 'm n="a b" 0\nm n="c" 0'])
    expect([written, changes]).toEqual([
      2,
      ['the line breaks in the text of a point were sent as spaces because this server does not accept them'],
    ])
    const other = answering()
    await openInfluxDB(v1, other).write(inBatches(points), openWriting())
    expect(other.requests).toHaveLength(1)
  })

  test('whole, whatever it is sent, is kept whole, and told once', async () => {
    const client = fakeClient(() => odd)
    const writing = openWriting()
    const { written, unsent, lost, isDown, problems } = await openInfluxDB(v2, client).write(
      inBatches(manyPoints(5001)),
      writing,
    )
    expect([written, unsent, lost, isDown]).toEqual([0, 5001, 0, true])
    expect(new Set(writing.kept).size).toBe(5001)
    expect(problems).toEqual(['400 Bad Request, "unable to parse", the server refused some or all of the points'])
    expect(client.requests.length).toBeLessThan(40)
  })

  test.each([401, 403, 404, 407])(
    'for good is not asked again, and all that comes after it is handed over: %d',
    async (status) => {
      const client = answering({ status })
      const writing = openWriting()
      async function* count() {
        for (let index = 0; index < 5; index++) yield manyPoints(5000, `${index}`)
      }
      const { written, unsent, lost, gaveUp, problems } = await openInfluxDB(v2, client).write(count(), writing)
      expect([client.requests.length, written, unsent, lost, gaveUp, problems.length]).toEqual([
        1,
        0,
        25_000,
        0,
        false,
        1,
      ])
      expect(new Set(writing.kept).size).toBe(25_000)
    },
  )

  test('a network that fails is asked again', async () => {
    const failing = new Error('connect ECONNREFUSED')
    const client = answering(failing, failing)
    expect(await openInfluxDB(v1, client).write(inBatches(manyPoints(1)), openWriting())).toMatchObject({
      written: 1,
      unsent: 0,
      problems: [],
    })
    expect(client.requests).toHaveLength(3)
  })

  test('prints nothing', async () => {
    const printed: unknown[] = []
    const [error, warn] = [console.error, console.warn]
    console.error = (...given) => printed.push(given)
    console.warn = (...given) => printed.push(given)
    await openInfluxDB(v2, answering(refused)).write(inBatches(manyPoints(1)), openWriting())
    console.error = error
    console.warn = warn
    expect(printed).toEqual([])
  })
})

describe('the timeout', () => {
  const over = 'the time ran out (input timeout)'

  test('before the first request keeps all, and tells it once', async () => {
    const client = answering()
    const writing = openWriting({ signal: AbortSignal.abort() })
    const batches = inBatches(manyPoints(2), manyPoints(1, 'y'))
    expect(await openInfluxDB(v2, client).write(batches, writing)).toEqual({
      written: 0,
      unsent: 3,
      lost: 0,
      gaveUp: false,
      isDown: true,
      problems: [`not all points were written before ${over}`],
      conflicts: [],
    })
    expect(client.requests).toEqual([])
    expect(writing.kept).toEqual(['m n="x" 0', 'm n="x" 1', 'm n="y" 0'])
  })

  test('between requests keeps what is not written', async () => {
    const controller = new AbortController()
    const client = fakeClient(({ signal }) => {
      signal.throwIfAborted()
      controller.abort()
      return done
    })
    const writing = openWriting({ signal: controller.signal })
    const batches = inBatches(manyPoints(5000), manyPoints(5000, 'y'), manyPoints(1, 'z'))
    const { written, unsent, gaveUp, problems } = await openInfluxDB(v2, client).write(batches, writing)
    expect([written, unsent, gaveUp, problems]).toEqual([
      5000,
      5001,
      false,
      [`not all points were written before ${over}`],
    ])
    expect(client.requests).toHaveLength(1)
    expect(writing.kept).toEqual([...Array.from({ length: 5000 }, (_, index) => `m n="y" ${index}`), 'm n="z" 0'])
  })

  test('during a request leaves it, and keeps it and what follows', async () => {
    const controller = new AbortController()
    const client = fakeClient(async ({ signal }) => {
      controller.abort()
      signal.throwIfAborted()
      return done
    })
    const writing = openWriting({ signal: controller.signal })
    const { written, unsent, problems } = await openInfluxDB(v2, client).write(inBatches(manyPoints(5001)), writing)
    expect([written, unsent, problems]).toEqual([0, 5001, [`no answer before ${over}`]])
    expect(client.requests).toHaveLength(1)
    expect(writing.kept).toHaveLength(5001)
  })

  test('of reading ends it: what was read is kept, and that there is more is told', async () => {
    const reading = new AbortController()
    const writing = openWriting({ signal: AbortSignal.abort(), readSignal: reading.signal })
    let made = 0
    let isClosed = false
    async function* endless() {
      try {
        for (;;) {
          if (made === 15_000) reading.abort()
          made += 500
          yield manyPoints(500)
        }
      } finally {
        isClosed = true
      }
    }
    const { unsent, gaveUp } = await openInfluxDB(v2, answering()).write(endless(), writing)
    expect([unsent, gaveUp, isClosed, writing.kept.length]).toEqual([15_000, true, true, 15_000])
  })
})

test('while the server takes its time, all is read that memory should hold, and no more', async () => {
  let made = 0
  const text = 'x'.repeat(100_000)
  const seen: number[] = []
  const client = fakeClient(async () => {
    // Time for whatever may be read meanwhile.
    await new Promise((resolve) => setTimeout(resolve, 50))
    seen.push(made)
    return done
  })
  async function* count() {
    for (; made < 1000; made++) yield manyPoints(1, text)
  }
  expect((await openInfluxDB(v2, client).write(count(), openWriting())).written).toBe(1000)
  // A request on its way, another in the making, and what waits: 32 MB of 100 kB each, by whole requests.
  expect(Math.max(...seen.slice(0, 1))).toBeGreaterThan(300)
  expect(Math.max(...seen.slice(0, 1))).toBeLessThan(500)
}, 60_000)

test('a point that no line can say costs itself alone', async () => {
  const client = answering()
  const bad: Point = { measurement: 'm', tags: [], fields: [['f', Number.POSITIVE_INFINITY]], timeNs: 0n }
  const none: Point = { measurement: 'm', tags: [], fields: [], timeNs: 0n }
  const written = await openInfluxDB(v2, client).write(inBatches([...manyPoints(1), bad, none]), openWriting())
  expect(client.requests.map(bodyOf)).toEqual(['m n="x" 0'])
  expect(written).toEqual({
    written: 1,
    unsent: 0,
    lost: 2,
    gaveUp: false,
    problems: ['2 of the points cannot be written as line protocol'],
    conflicts: [],
  })
})

test('what goes wrong in the batches themselves is not the storage its own', async () => {
  async function* fail() {
    yield manyPoints(1)
    throw new Error('reading failed')
  }
  await expect(openInfluxDB(v2, answering()).write(fail(), openWriting())).rejects.toThrow('reading failed')
})
