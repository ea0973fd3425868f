import { describe, expect, test } from 'vitest'
import { type FieldValue, Unsigned } from '../../src/build/data.ts'
import type { Point } from '../../src/point/point.ts'
import { openRedacted } from '../../src/storage/open-storage.ts'
import type { Storage, Writing } from '../../src/storage/storage.ts'
import { inBatches, manyPoints } from './points.ts'
import { openWriting } from './writing.ts'

const writing = openWriting()
const redact = (text: string) => text.replaceAll('hidden', '***')

/** A storage that keeps what it is given. */
function keep() {
  const batches: (readonly Point[])[] = []
  const writings: Writing[] = []
  const storage: Storage = {
    name: 'kept',
    async write(given, writing) {
      writings.push(writing)
      for await (const batch of given) batches.push(batch)
      return { written: batches.flat().length, unsent: 0, lost: 7, problems: ['as it said'] }
    },
  }
  return { storage, batches, writings }
}

async function redactPoint(changes: Partial<Point>): Promise<Point | undefined> {
  const { storage, batches } = keep()
  const point: Point = { measurement: 'm', tags: [['t', 'a']], fields: [['f', 1]], timeNs: 5n, ...changes }
  await openRedacted(storage, redact).write(inBatches([point]), writing)
  return batches.flat()[0]
}

test('it is the storage itself but for the points: name, what it is given beside them, and what became of them', async () => {
  const { storage, batches, writings } = keep()
  const redacted = openRedacted(storage, redact)
  expect(redacted.name).toBe('kept')
  const points = [manyPoints(2), manyPoints(1)]
  expect(await redacted.write(inBatches(...points), writing)).toEqual({
    written: 3,
    unsent: 0,
    lost: 7,
    problems: ['as it said'],
  })
  expect(writings).toEqual([writing])
  expect(writings[0]).toBe(writing)
  expect(batches).toEqual(points)
})

describe('secrets are taken out of', () => {
  test.each<[string, given: Partial<Point>, redacted: Partial<Point>]>([
    ['the measurement', { measurement: 'a-hidden' }, { measurement: 'a-***' }],
    ['tag keys', { tags: [['is hidden', 'a']] }, { tags: [['is ***', 'a']] }],
    ['tag values', { tags: [['t', 'hidden, hidden']] }, { tags: [['t', '***, ***']] }],
    ['field keys', { fields: [['hidden', 1]] }, { fields: [['***', 1]] }],
    ['field values', { fields: [['f', 'a hidden b']] }, { fields: [['f', 'a *** b']] }],
  ])('%s', async (_, given, redacted) => {
    const point = await redactPoint(given)
    expect(point).toEqual({ measurement: 'm', tags: [['t', 'a']], fields: [['f', 1]], timeNs: 5n, ...redacted })
  })

  test('the last name, the last value and the last point as of the first', async () => {
    const { storage, batches } = keep()
    const point: Point = {
      measurement: 'm',
      tags: [
        ['a', 'x'],
        ['b', 'hidden'],
      ],
      fields: [
        ['c', 'x'],
        ['d', 'hidden'],
      ],
      timeNs: 1n,
    }
    await openRedacted(storage, redact).write(inBatches(manyPoints(3), [...manyPoints(1), point]), writing)
    expect(batches.map(({ length }) => length)).toEqual([3, 2])
    expect(batches.flat().at(-1)).toEqual({
      measurement: 'm',
      tags: [
        ['a', 'x'],
        ['b', '***'],
      ],
      fields: [
        ['c', 'x'],
        ['d', '***'],
      ],
      timeNs: 1n,
    })
  })
})

test.each<[FieldValue]>([[1.5], [2n ** 60n], [new Unsigned(7n)], [true], ['text']])(
  'the value %o keeps its type beside a secret',
  async (value) => {
    const fields = [
      ['f', value],
      ['g', 'hidden'],
    ] as const
    expect((await redactPoint({ fields }))?.fields).toEqual([
      ['f', value],
      ['g', '***'],
    ])
  },
)

test.each<[FieldValue]>([[123456], [-123456.5], [123456n], [new Unsigned(123456n)], [true]])(
  'the value %o, written as a secret, is one',
  async (value) => {
    const secret = String(value instanceof Unsigned ? value.value : value)
    const { storage, batches } = keep()
    const point: Point = { measurement: 'm', tags: [], fields: [['f', value]], timeNs: 5n }
    await openRedacted(storage, (text) => text.replaceAll(secret, '***')).write(inBatches([point]), writing)
    expect(batches.flat()[0]?.fields).toEqual([['f', '***']])
  },
)

test('a point without a secret is passed on as it is, and the batches come one by one', async () => {
  const [point] = manyPoints(1)
  if (point === undefined) throw new Error('no point')
  const { storage, batches } = keep()
  await openRedacted(storage, redact).write(inBatches([point]), writing)
  expect(batches[0]?.[0]).toBe(point)

  let made = 0
  async function* count() {
    for (const batch of [manyPoints(1), manyPoints(1), manyPoints(1)]) {
      made++
      yield batch
    }
  }
  const seen: number[] = []
  const counting: Storage = {
    name: 'counting',
    async write(given) {
      for await (const _ of given) seen.push(made)
      return { written: 3, unsent: 0, lost: 0, problems: [] }
    },
  }
  await openRedacted(counting, redact).write(count(), writing)
  expect(seen).toEqual([1, 2, 3])
})

test('what goes wrong in the batches themselves is passed on', async () => {
  async function* fail() {
    yield manyPoints(1)
    throw new Error('reading failed')
  }
  await expect(openRedacted(keep().storage, redact).write(fail(), writing)).rejects.toThrow('reading failed')
})
