import { HttpError, type WriteApi } from '@influxdata/influxdb-client'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toRequest } from '../../src/storage/influxdb-requests.ts'
import { createSender } from '../../src/storage/influxdb-sender.ts'
import type { Writing } from '../../src/storage/storage.ts'
import { v1 } from './targets.ts'
import { openWriting } from './writing.ts'

/** What a server does with the lines of a request: which it stores, and what it says if it does not store all. */
interface Reply {
  readonly stores: readonly string[]
  readonly error?: unknown
}
type Behaviour = (lines: readonly string[]) => Reply

const says = (status: number, error = '', headers: Record<string, string> = {}) =>
  new HttpError(status, '', error === '' ? '' : JSON.stringify({ error }), undefined, undefined, undefined, headers)
const refuses =
  (error: () => unknown): Behaviour =>
  () => ({ stores: [], error: error() })
const isConflicting = (line: string) => line.includes('x="')
const sentence = 'input field "x" on measurement "m" is type string, already exists as type float'

const behaviours = {
  ok: (lines) => ({ stores: lines }),
  busy: refuses(() => says(503)),
  often: refuses(() => says(429, '', { 'retry-after': '0' })),
  reset: refuses(() => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })),
  // Stored, but nobody hears of it.
  deaf: (lines) => ({ stores: lines, error: Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }) }),
  tooLarge: refuses(() => says(413)),
  quiet: refuses(() => says(503, '', { 'retry-after': '3600' })),
  unauthorized: refuses(() => says(401)),
  odd: refuses(() => says(400, 'unable to parse')),
  unnamed: refuses(() => says(400, 'partial write: field type conflict')),
  partial: (lines) => drop(lines, Math.ceil(lines.length / 2), 'something odd'),
  old: (lines) => drop(lines, Math.ceil(lines.length / 3), 'points beyond retention policy'),
  conflict(lines) {
    const stores = lines.filter((line) => !isConflicting(line))
    const dropped = lines.length - stores.length
    if (dropped === 0) return { stores }
    return { stores, error: says(400, `partial write: field type conflict: ${sentence} dropped=${dropped}`) }
  },
  // There is more behind it than is named.
  conflicts(lines) {
    const stores = lines.filter((line) => !isConflicting(line)).slice(1)
    const dropped = lines.length - stores.length
    return { stores, error: says(400, `partial write: field type conflict: ${sentence} dropped=${dropped}`) }
  },
} satisfies Record<string, Behaviour>
type Name = keyof typeof behaviours

function drop(lines: readonly string[], dropped: number, why: string): Reply {
  return { stores: lines.slice(dropped), error: says(400, `partial write: ${why} dropped=${dropped}`) }
}

/** A server that behaves as told, one request after the other, then well; and the client's way to it. */
function open(...script: Name[]) {
  const stored = new Set<string>()
  const requests: string[][] = []
  let record = ''
  const api: Pick<WriteApi, 'writeRecord' | 'flush'> = {
    writeRecord(text) {
      record = text
    },
    async flush() {
      const lines = record.split('\n')
      requests.push(lines)
      const behave: Behaviour = behaviours[script[requests.length - 1] ?? 'ok']
      const { stores, error } = behave(lines)
      for (const line of stores) stored.add(line)
      if (error !== undefined) throw error
    },
  }
  return { api: api as WriteApi, stored, requests }
}

async function send(script: Name[], requests: readonly (readonly string[])[], changes: Partial<Writing> = {}) {
  const server = open(...script)
  const writing = openWriting({ remainingMs: () => 2, ...changes })
  const sender = createSender(server.api, v1, writing)
  for (const lines of requests) await sender.send(toRequest(lines))
  return { ...server, ...sender.sent, problems: [...sender.sent.problems], kept: writing.kept }
}

const lines = ['m y=1 1', 'm y=1 2', 'm y=1 3', 'm y=1 4', 'm y=1 5']
const mixed = ['m y=1 1', 'm x="s",y=1 2', 'm x="s" 3']

test('what may yet be taken is sent until it is', async () => {
  const { written, unsent, lost, problems, requests, kept } = await send(['busy', 'reset', 'often', 'busy'], [lines])
  expect([written, unsent, lost, problems, kept]).toEqual([5, 0, 0, [], []])
  expect(requests).toEqual([lines, lines, lines, lines, lines])
})

test('a server that wants more quiet than there is time is left alone', async () => {
  const { written, unsent, problems, requests, kept } = await send(['quiet'], [lines, ['m y=1 6']])
  expect([written, unsent, requests.length]).toEqual([0, 6, 1])
  expect(problems).toEqual(['503, the server failed; the server wants 3600 s of quiet, more than is left for it'])
  expect(kept).toEqual([...lines, 'm y=1 6'])
})

test('a server that wants quiet has it', async () => {
  const api = open()
  const times: number[] = []
  const slow = {
    ...api.api,
    async flush() {
      times.push(performance.now())
      if (times.length === 1) throw says(429, '', { 'retry-after': '0.2' })
    },
  } as WriteApi
  const sender = createSender(slow, v1, openWriting({ remainingMs: () => 10_000 }))
  await sender.send(toRequest(lines))
  const [first = 0, second = 0] = times
  expect([sender.sent.written, times.length]).toEqual([5, 2])
  // Timers may come a little early.
  expect(second - first).toBeGreaterThan(190)
})

test.each(['odd', 'unauthorized'] as const)('never more than once: %s', async (name) => {
  const { written, unsent, requests, kept, problems } = await send([name, name, name], [lines])
  expect([written, unsent, requests.length, kept, problems.length]).toEqual([0, 5, 1, lines, 1])
})

test.each([400, 401, 403, 404, 422])('never more than once: %d', async (status) => {
  const tried: number[] = []
  const api = {
    writeRecord() {},
    async flush() {
      tried.push(status)
      throw says(status)
    },
  } as unknown as WriteApi
  const writing = openWriting()
  const sender = createSender(api, v1, writing)
  await sender.send(toRequest(lines))
  expect([tried, writing.kept]).toEqual([[status], lines])
})

describe('too long a request', () => {
  test('is halved', async () => {
    const { written, requests, problems } = await send(['tooLarge', 'tooLarge'], [lines])
    expect([written, problems]).toEqual([5, []])
    expect(requests.map(({ length }) => length)).toEqual([5, 3, 2, 1, 2])
    expect(requests.slice(2).flat()).toEqual(lines)
  })

  test('of a single line is not', async () => {
    const all = Array<Name>(20).fill('tooLarge')
    const { written, unsent, requests, problems, kept } = await send(all, [lines])
    expect([written, unsent, requests.length, kept]).toEqual([0, 5, 9, lines])
    expect(problems).toEqual(['413, the server takes no request of this size'])
  })

  test('is halved where nothing but the time is over, no more', async () => {
    const controller = new AbortController()
    const server = open('tooLarge')
    const api = {
      ...server.api,
      async flush() {
        controller.abort()
        throw says(413)
      },
    } as WriteApi
    const writing = openWriting({ signal: controller.signal })
    const sender = createSender(api, v1, writing)
    await sender.send(toRequest(lines))
    expect([sender.sent.unsent, writing.kept]).toEqual([5, lines])
  })
})

describe('a conflict', () => {
  test('that is counted costs its field, and what differs is sent once more', async () => {
    const { written, unsent, lost, problems, requests, conflicts, kept } = await send(['conflict'], [mixed])
    expect([written, unsent, lost, problems, kept]).toEqual([2, 0, 1, [], []])
    expect(requests).toEqual([mixed, ['m y=1 2']])
    expect(conflicts).toEqual([{ measurement: 'm', field: 'x', given: 'string', existing: 'float', points: 2 }])
  })

  test('with more behind it than was named: all is sent once more', async () => {
    const { written, lost, requests, stored } = await send(['conflicts'], [mixed])
    expect([written, lost]).toEqual([2, 1])
    expect(requests).toEqual([mixed, ['m y=1 1', 'm y=1 2']])
    expect([...stored]).toEqual(['m y=1 1', 'm y=1 2'])
  })

  test('that is not named is asked for again, once', async () => {
    const named = await send(['unnamed', 'conflict'], [mixed])
    expect([named.written, named.unsent, named.lost]).toEqual([2, 0, 1])
    expect(named.requests).toEqual([mixed, mixed, ['m y=1 2']])
    const never = await send(['unnamed', 'unnamed', 'unnamed'], [mixed])
    expect([never.written, never.unsent, never.requests.length, never.kept]).toEqual([0, 3, 2, mixed])
  })

  test('of which the rest then fails is kept without its field', async () => {
    const { written, unsent, lost, kept } = await send(['conflict', 'unauthorized'], [mixed])
    expect([written, unsent, lost, kept]).toEqual([1, 1, 1, ['m y=1 2']])
  })
})

describe('a part that is dropped', () => {
  test('is counted; all is kept, as nobody says which part', async () => {
    const { written, unsent, kept } = await send(['partial'], [lines])
    expect([written, unsent, kept]).toEqual([2, 3, lines])
  })

  test('because it is too old is lost: no server of that database ever takes it', async () => {
    const { written, unsent, lost, kept, problems } = await send(['old'], [lines])
    expect([written, unsent, lost, kept]).toEqual([3, 0, 2, []])
    expect(problems).toEqual([expect.stringContaining('points beyond retention policy')])
  })

  test.each([
    [0, 5, 0],
    [99, 0, 5],
  ])('of %d lines', async (dropped, written, unsent) => {
    const api = {
      writeRecord() {},
      async flush() {
        throw says(400, `partial write: odd dropped=${dropped}`)
      },
    } as unknown as WriteApi
    const { sent, send } = createSender(api, v1, openWriting())
    await send(toRequest(lines))
    expect([sent.written, sent.unsent]).toEqual([written, unsent])
  })
})

test('the last thing that went wrong is told when the time is over, and how often it was tried', async () => {
  const controller = new AbortController()
  let left = 3
  const remainingMs = () => {
    if (--left === 0) setImmediate(() => controller.abort())
    return left > 0 ? 2 : 1000
  }
  const busy = Array<Name>(20).fill('busy')
  const { problems, kept, requests } = await send(busy, [lines], { remainingMs, signal: controller.signal })
  expect(problems).toEqual(['503, the server failed; tried 3 times before its time was over (input timeout)'])
  expect([kept, requests.length]).toEqual([lines, 3])
})

test('whatever a server does, every point is somewhere, and the counts say where', async () => {
  const name = fc.constantFrom(...(Object.keys(behaviours) as Name[]))
  const fields = fc.constantFrom('y=1', 'x="s",y=1', 'x="s"')
  const request = fc.array(fields, { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(
      fc.array(name, { maxLength: 8 }),
      fc.array(request, { minLength: 1, maxLength: 3 }),
      async (script, given) => {
        let time = 0
        const all = given.map((lines) => lines.map((fields) => `m ${fields} ${++time}`))
        const { stored, requests, kept, written, unsent, lost, problems } = await send(script, all, {
          remainingMs: () => 0.1,
        })
        expect(written + unsent + lost).toBe(time)

        const timeOf = (line: string) => Number(/ (\d+)$/.exec(line)?.[1])
        const [there, here] = [new Set([...stored].map(timeOf)), new Set(kept.map(timeOf))]
        const nowhere = all.flat().filter((line) => !there.has(timeOf(line)) && !here.has(timeOf(line)))
        // A point whose conflicting field is all it had is lost, even where a server that nobody heard had stored it.
        expect(nowhere.length).toBeLessThanOrEqual(lost)
        expect(written).toBeLessThanOrEqual(there.size)
        expect(unsent).toBeLessThanOrEqual(here.size)
        expect(here.size).toBe(kept.length)
        if (unsent > 0) expect(problems).not.toEqual([])

        const used = script.slice(0, requests.length)
        // In two places only where it is not known what a server has.
        const isKnown = !used.some((one) => ['deaf', 'partial', 'conflicts', 'old'].includes(one))
        if (!isKnown) return
        expect([written, unsent, lost]).toEqual([there.size, here.size, nowhere.length])
        expect([...here].filter((one) => there.has(one))).toEqual([])
      },
    ),
    { numRuns: 150 },
  )
})
