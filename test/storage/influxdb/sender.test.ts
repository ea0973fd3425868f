import { HttpError, type WriteApi } from '@influxdata/influxdb-client'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toRequest } from '../../../src/storage/influxdb/requests.ts'
import { createSender } from '../../../src/storage/influxdb/sender.ts'
import type { Writing } from '../../../src/storage/storage.ts'
import { v1 } from '../targets.ts'
import { openWriting } from '../writing.ts'

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
  full: (lines) => drop(lines, Math.ceil(lines.length / 2), 'max-series-per-database limit exceeded: (10)'),
  stripped: (lines) => ({
    stores: lines,
    error: says(
      400,
      'partial write: invalid field name: Field "time" has been stripped from point. dropped=0 for database: ci',
    ),
  }),
  more: (lines) => ({ stores: [], error: says(400, `partial write: odd dropped=${lines.length + 94}`) }),
  old(lines) {
    const dropped = Math.ceil(lines.length / 3)
    const byAge = lines.toSorted((a, b) => Number(a.split(' ').at(-1)) - Number(b.split(' ').at(-1)))
    return drop(byAge, dropped, 'points beyond retention policy')
  },
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
  await sender.end()
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
  expect(problems).toEqual([
    '503, the server failed; the server asks to wait 3600 s, which is longer than the time left',
  ])
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

test('never more than once: unauthorized', async () => {
  const script: Name[] = ['unauthorized', 'unauthorized', 'unauthorized']
  const { written, unsent, requests, kept, problems } = await send(script, [lines])
  expect([written, unsent, requests.length, kept, problems.length]).toEqual([0, 5, 1, lines, 1])
})

test.each([401, 403, 404])('never more than once: %d', async (status) => {
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
    expect(problems).toEqual(['413, the server does not accept requests of this size'])
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
  test('costs its field, and all that is left is sent once more: what is behind it is not named', async () => {
    const { written, unsent, lost, problems, requests, conflicts, kept } = await send(['conflict'], [mixed])
    expect([written, unsent, lost, problems, kept]).toEqual([2, 0, 1, [], []])
    expect(requests).toEqual([mixed, ['m y=1 1', 'm y=1 2']])
    expect(conflicts).toEqual([
      { measurement: 'm', field: 'x', given: 'string', existing: 'float', points: 2, isConverted: false },
    ])
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
    expect(named.requests).toEqual([mixed, mixed, ['m y=1 1', 'm y=1 2']])
    const never = await send(Array<Name>(30).fill('unnamed'), [mixed])
    expect([never.written, never.unsent, new Set(never.kept)]).toEqual([0, 3, new Set(mixed)])
  })

  test('of which the rest then fails is kept without its field', async () => {
    const { written, unsent, lost, kept } = await send(['conflict', 'unauthorized'], [mixed])
    expect([written, unsent, lost, kept]).toEqual([0, 2, 1, ['m y=1 1', 'm y=1 2']])
  })
})

describe('a part that is dropped', () => {
  test('because it is too old is lost: the oldest of them, and the others are sent once more', async () => {
    const { written, unsent, lost, kept, refusedLines, requests } = await send(['old'], [lines.toReversed()])
    expect([written, unsent, lost, kept]).toEqual([3, 0, 2, []])
    expect(refusedLines).toEqual(
      ['m y=1 1', 'm y=1 2'].map((line) => ({
        line,
        reason:
          '400, "partial write: points beyond retention policy dropped=2", the points are outside the time range that the database keeps',
      })),
    )
    expect(requests[1]).toEqual(['m y=1 5', 'm y=1 4', 'm y=1 3'])
  })

  test('because the server is full is counted; all is kept, as nobody says which part', async () => {
    const { written, unsent, lost, kept, problems } = await send(['full'], [lines])
    expect([written, unsent, lost, kept]).toEqual([2, 3, 0, lines])
    expect(problems).toEqual([expect.stringContaining('the server has reached one of its limits')])
  })

  test('where nothing is dropped, all is written, and the words are told', async () => {
    const { written, requests, problems } = await send(['stripped'], [lines])
    expect([written, requests.length]).toEqual([5, 1])
    expect(problems).toEqual([expect.stringContaining('has been stripped')])
  })

  test('where more are dropped than were sent, all are lost', async () => {
    const { written, unsent, lost, refusedLines } = await send(['more'], [lines])
    expect([written, unsent, lost, refusedLines.length]).toEqual([0, 0, 5, 5])
  })
})

describe('lines that a server does not take cost themselves alone', () => {
  const isBad = (line: string) => line.includes('bad')
  /** Ways to refuse: whether the others are stored, and what is said. */
  const ways: Record<string, { isPartial: boolean; say(bad: readonly string[]): unknown }> = {
    'without a word': { isPartial: false, say: () => says(400) },
    'in unknown words': { isPartial: false, say: () => says(422, 'it is raining') },
    'with a count': { isPartial: true, say: ({ length }) => says(400, `partial write: odd dropped=${length}`) },
    'with all of them quoted': {
      isPartial: false,
      say: (bad) => says(400, bad.map((line) => `unable to parse '${line}': odd`).join('\n')),
    },
    'with the first one quoted': { isPartial: false, say: ([line]) => says(400, `unable to parse '${line}': odd`) },
  }

  function openPicky({ isPartial, say }: (typeof ways)[string]) {
    const stored = new Set<string>()
    const requests: string[][] = []
    let record = ''
    const api = {
      writeRecord(text: string) {
        record = text
      },
      async flush() {
        const given = record.split('\n')
        requests.push(given)
        const bad = given.filter(isBad)
        for (const line of given) if (bad.length === 0 || (isPartial && !isBad(line))) stored.add(line)
        if (bad.length > 0) throw say(bad)
      },
    } as unknown as WriteApi
    return { api, stored, requests }
  }

  async function sendAll(way: (typeof ways)[string], given: readonly (readonly string[])[]) {
    const { api, stored, requests } = openPicky(way)
    const writing = openWriting()
    const sender = createSender(api, v1, writing)
    for (const one of given) await sender.send(toRequest(one))
    await sender.end()
    return { ...sender.sent, stored, requests, kept: writing.kept, isOver: sender.isOver }
  }

  const make = (count: number, isOdd: (index: number) => boolean) =>
    Array.from({ length: count }, (_, index) => `m ${isOdd(index) ? 'bad' : 'y'}=1 ${index}`)

  for (const [name, way] of Object.entries(ways)) {
    test.each([0, 1, 371, 500, 999])(`${name}: line %d of 1,000`, async (at) => {
      const { written, lost, unsent, kept, stored, requests, refusedLines } = await sendAll(way, [
        make(1000, (index) => index === at),
      ])
      expect([written, lost, unsent, kept, stored.size]).toEqual([999, 1, 0, [], 999])
      expect(refusedLines).toEqual([{ line: `m bad=1 ${at}`, reason: expect.any(String) }])
      expect(requests.length).toBeLessThanOrEqual(2 * Math.log2(1000) + 1)
    })

    test(`${name}: each line of few`, async () => {
      for (const count of [2, 3, 4, 5, 6, 7, 11, 16, 33]) {
        for (let at = 0; at < count; at++) {
          const { written, lost, requests } = await sendAll(way, [make(count, (index) => index === at)])
          expect([count, at, written, lost]).toEqual([count, at, count - 1, 1])
          expect(requests.length).toBeLessThanOrEqual(2 * Math.log2(count) + 1)
        }
      }
    })

    test(`${name}: 20 of 10,000, in two requests`, async () => {
      const all = make(10_000, (index) => index % 500 === 77)
      const { written, lost, unsent, stored, requests } = await sendAll(way, [all.slice(0, 5000), all.slice(5000)])
      expect([written, lost, unsent, stored.size]).toEqual([9980, 20, 0, 9980])
      expect(requests.length).toBeLessThanOrEqual(20 * (2 * Math.log2(5000) + 1))
    }, 60_000)
  }

  test.each(['without a word', 'in unknown words'])(
    '%s: where nothing at all is taken, it is not the lines: all is kept, and little is tried',
    async (name) => {
      const all = make(5000, () => true)
      const { written, lost, unsent, kept, requests, isOver, problems } = await sendAll(ways[name] as never, [all, all])
      expect([written, lost, unsent, isOver, problems.size]).toEqual([0, 0, 10_000, true, 1])
      expect(kept.length).toBe(10_000)
      expect(requests.length).toBeLessThan(40)
    },
  )

  test('a line alone, of which nobody says that it is the line, is kept', async () => {
    const { lost, kept, isOver } = await sendAll(ways['in unknown words'] as never, [['m bad=1 1']])
    expect([lost, kept, isOver]).toEqual([0, ['m bad=1 1'], false])
    const quoted = await sendAll(ways['with all of them quoted'] as never, [['m bad=1 1']])
    expect([quoted.lost, quoted.kept]).toEqual([1, []])
  })

  test('a server that turns everything away after a while loses nothing', async () => {
    const server = openPicky(ways['in unknown words'] as never)
    let isFull = false
    const api = {
      ...server.api,
      async flush() {
        if (isFull) throw says(400, 'the quota is used up')
        await server.api.flush()
      },
    } as WriteApi
    const writing = openWriting()
    const sender = createSender(api, v1, writing)
    await sender.send(toRequest(make(10, () => false)))
    isFull = true
    await sender.send(toRequest(make(1000, () => false)))
    await sender.end()
    expect([sender.sent.written, sender.sent.lost, sender.sent.unsent, writing.kept.length]).toEqual([
      10, 0, 1000, 1000,
    ])
  })

  test('the time is over meanwhile: what is not decided is kept', async () => {
    const controller = new AbortController()
    const server = openPicky(ways['in unknown words'] as never)
    const api = {
      ...server.api,
      async flush() {
        if (server.requests.length === 5) controller.abort()
        await server.api.flush()
      },
    } as WriteApi
    const writing = openWriting({ signal: controller.signal })
    const sender = createSender(api, v1, writing)
    await sender.send(toRequest(make(1000, (index) => index === 371)))
    await sender.end()
    const { written, lost, unsent } = sender.sent
    expect([written + unsent, lost, writing.kept.length]).toEqual([1000, 0, unsent])
    expect(written).toBe(server.stored.size)
  })

  test('property: the good ones are stored, the bad ones are lost, whatever the way', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(ways)),
        fc.array(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 3 }),
        async (name, given) => {
          let time = 0
          const all = given.map((bools) => bools.map((isOdd) => `m ${isOdd ? 'bad' : 'y'}=1 ${++time}`))
          const good = all.flat().filter((line) => !isBad(line))
          const { written, lost, unsent, stored, kept } = await sendAll(ways[name] as never, all)
          expect([written + lost + unsent, stored.size]).toEqual([time, written])
          expect(kept.length).toBe(unsent)
          const isExact = ['with a count', 'with all of them quoted', 'with the first one quoted'].includes(name)
          if (good.length > 3 * given.length && unsent === 0) expect(written).toBe(good.length)
          if (isExact) expect([written, lost, unsent]).toEqual([good.length, time - good.length, 0])
          // Bad lines alone may look like a server that takes nothing; a good one is never lost.
          expect(lost).toBeLessThanOrEqual(time - good.length)
        },
      ),
      { numRuns: 200 },
    )
  }, 60_000)
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
  expect(problems).toEqual(['503, the server failed; tried 3 times before the time ran out (input timeout)'])
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
        const isKnown = !used.some((one) => ['deaf', 'partial', 'conflicts', 'conflict', 'full', 'old'].includes(one))
        if (!isKnown) return
        expect([written, unsent, lost]).toEqual([there.size, here.size, nowhere.length])
        expect([...here].filter((one) => there.has(one))).toEqual([])
      },
    ),
    { numRuns: 150 },
  )
}, 60_000)
