import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { toLine } from '../../src/line-protocol/writer.ts'
import type { Point } from '../../src/point/point.ts'
import type { Storage, Written } from '../../src/storage/storage.ts'
import { createSender, type Limits } from '../../src/unsent/sender.ts'
import type { Sending } from '../../src/unsent/server.ts'
import { openSpool } from '../../src/unsent/spool-source.ts'
import { linesOf, putKept, toKeptText } from './kept-lines.ts'

let spool: string
let clockMs = 0
beforeEach(() => {
  spool = mkdtempSync(join(tmpdir(), 'build-stats-test-'))
  clockMs = 0
})
afterEach(() => rmSync(spool, { recursive: true }))

function put(index: number, text: string | Uint8Array): string {
  const name = putKept(spool, index, text)
  utimesSync(join(spool, name), 1e9 + index, 1e9 + index)
  return name
}

const lines = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix},i=${index} f=1 ${index + 1}`)

/** A server that keeps what it is sent, each request for as long as it takes. */
function openServer(
  takesMs: number,
  answer: (points: readonly Point[], unsent: (lines: readonly string[]) => void) => Partial<Written> = () => ({}),
) {
  const requests: string[][] = []
  const storage: Storage = {
    name: 'server',
    async write(batches, { unsent }) {
      const points: Point[] = []
      for await (const batch of batches) points.push(...batch)
      requests.push(points.map((point) => toLine(point)))
      clockMs += takesMs
      return { written: points.length, unsent: 0, lost: 0, problems: [], ...answer(points, unsent) }
    },
  }
  const sending: Sending = {
    target: {
      kind: 'influxdb',
      url: 'http://influx:8086',
      api: 'v1',
      database: 'ci',
      retentionPolicy: undefined,
      login: undefined,
    },
    open: () => storage,
    takeOutage: () => undefined,
    onRefusal() {},
    isKnownUp: false,
  }
  return { requests, sending }
}

async function send(sending: Sending, limits: Partial<Limits> = {}) {
  const endMs = clockMs + 10_000
  const sender = createSender([sending], {
    signal: new AbortController().signal,
    remainingMs: () => Math.max(0, endMs - clockMs),
    now: () => clockMs,
    turnMs: 2000,
    maxBytes: 1e9,
    maxFiles: 100,
    maxLines: 10,
    maxRefusals: 3,
    mayMove: false,
    isDryRun: false,
    redact: (text) => text,
    ...limits,
  })
  for (const waiting of openSpool(spool).waiting) await sender.offer(waiting)
  await sender.finish()
  return sender
}

const left = () => readdirSync(spool).flatMap((name) => linesOf(join(spool, name)))

test('each file has its turn before one has two, and what was sent is not sent again', async () => {
  put(1, toKeptText(lines('large', 300)))
  put(2, toKeptText(lines('small', 5)))
  const { requests, sending } = openServer(300)
  const first = await send(sending)
  const small = requests.findIndex(([line]) => line?.startsWith('small'))
  // Six of ten lines each have room in a turn of two seconds.
  expect([small, first.files.map(({ sent, left }) => [sent, left])]).toEqual([
    6,
    [
      [5, 0],
      [expect.any(Number), expect.any(Number)],
    ],
  ])
  const sent = first.sent.get('server') ?? 0
  expect(left()).toHaveLength(305 - sent)
  expect(clockMs).toBeLessThanOrEqual(10_000)
  const second = await send(sending)
  expect(sent + (second.sent.get('server') ?? 0)).toBe(305)
  expect(new Set(requests.flat()).size).toBe(requests.flat().length)
  expect(readdirSync(spool)).toEqual([])
})

test('a server for which one request takes more than a turn gets on, too', async () => {
  put(1, toKeptText(lines('slow', 30)))
  const { requests, sending } = openServer(3500)
  await send(sending)
  await send(sending)
  expect([requests.length, left()]).toEqual([3, []])
})

test('no request is begun for which there is no time: one that is broken off may have arrived', async () => {
  for (const index of [1, 2, 3, 4]) put(index, toKeptText(lines(`m${index}`, 20)))
  const { requests, sending } = openServer(2900)
  const { files } = await send(sending)
  expect([requests.length, clockMs]).toEqual([3, 8700])
  expect(files.reduce((sum, { sent }) => sum + sent, 0)).toBe(30)
  // What had no turn comes first the next time.
  expect(openSpool(spool).waiting.map(({ header }) => header.lines)).toEqual([20, 10, 10, 10])
  expect(openSpool(spool).waiting.map(({ header }) => header.lines)).toEqual([20, 10, 10, 10])
})

test('a dry run leaves every file as it was, its time included', async () => {
  const names = [put(1, toKeptText(lines('a', 25))), put(2, toKeptText(['b f=1 1', 'no line']))]
  const before = names.map((name) => [readFileSync(join(spool, name), 'utf8'), statSync(join(spool, name)).mtimeMs])
  const { requests, sending } = openServer(0)
  await send(sending, { isDryRun: true })
  expect(requests.flat()).toHaveLength(26)
  expect(readdirSync(spool)).toEqual(names)
  expect(names.map((name) => [readFileSync(join(spool, name), 'utf8'), statSync(join(spool, name)).mtimeMs])).toEqual(
    before,
  )
})

test('no more bytes and files are sent than it is given, and that is why the others are left', async () => {
  for (const index of [1, 2, 3, 4]) put(index, toKeptText(lines(`m${index}`, 5)))
  const { sending } = openServer(1)
  const some = await send(sending, { maxFiles: 2 })
  expect(some.files.map(({ sent }) => sent)).toEqual([5, 5, 0, 0])
  expect(some.files[2]?.why).toBe('one job sends at most 2 files of kept points')
  const fewer = await send(sending, { maxBytes: 10 })
  expect(fewer.files.map(({ sent, why }) => [sent, why?.slice(0, 12)])).toEqual([
    [5, undefined],
    [0, 'one job send'],
  ])
})

test('what a storage lost, left out and changed is told once for each of them', async () => {
  put(1, toKeptText(lines('a', 25)))
  const conflict = { measurement: 'a', field: 'f', given: 'float', existing: 'integer', points: 1, isConverted: false }
  const { sending } = openServer(1, (points) => ({
    written: points.length - 1,
    lost: 1,
    lostLines: [{ line: 'a f=1 1', reason: 'too old' }],
    conflicts: [conflict],
    changes: ['line breaks were sent as spaces'],
    problems: ['too old'],
  }))
  const { results, files } = await send(sending)
  expect(results).toEqual([
    {
      name: 'server',
      lost: 3,
      lostLines: Array(3).fill({ line: 'a f=1 1', reason: 'too old' }),
      conflicts: Array(3).fill(conflict),
      changes: new Set(['line breaks were sent as spaces']),
    },
  ])
  expect(files).toMatchObject([{ sent: 22, left: 0, lost: 3, why: undefined, whyLost: 'too old' }])
  expect(readdirSync(spool)).toEqual([])
})
