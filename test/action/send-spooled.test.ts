import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDeadlines } from '../../src/action/deadlines.ts'
import { sendSpooled } from '../../src/action/send-spooled.ts'
import { parseSettings } from '../../src/settings/settings.ts'
import type { Written } from '../../src/storage/storage.ts'
import type { KeptHeader } from '../../src/unsent/kept-file.ts'
import { type FakeAnswer, type FakeClient, fakeClient } from '../http/fake-client.ts'
import { readFrom, runFacts } from '../settings/inputs.ts'
import { bodyOf } from '../storage/body.ts'
import { linesOf, putKept, toKeptText, toUnfinishedText } from '../unsent/kept-lines.ts'
import { fakeRunner } from './fake-runner.ts'

let spool: string
beforeEach(() => {
  spool = mkdtempSync(join(tmpdir(), 'build-stats-test-'))
})
afterEach(() => rmSync(spool, { recursive: true }))

const name = 'http://influx:8086 (v1, database ci)'
const allDone: Partial<Written> & Pick<Written, 'written' | 'unsent' | 'lost' | 'problems'> = {
  written: 1,
  unsent: 0,
  lost: 0,
  problems: [],
}
const never = new AbortController().signal

/** Those that are put first were put there first. */
function put(index: number, lines: readonly string[], header: Partial<KeptHeader> = {}): string {
  return putText(index, toKeptText(lines, { run_id: `${index}`, ...header }))
}

function putText(index: number, text: string | Uint8Array): string {
  const file = putKept(spool, index, text)
  const seconds = Date.now() / 1000 - 1000 + index
  utimesSync(join(spool, file), seconds, seconds)
  return file
}

/** All lines in the spool. */
const left = () =>
  readdirSync(spool)
    .flatMap((file) => linesOf(join(spool, file)))
    .sort()

async function send(http: FakeClient, outcome = allDone, inputs: Record<string, string> = {}, timeoutMs = 20_000) {
  const all = { url: 'http://influx:8086', database: 'ci', spool, ...inputs }
  const settings = await parseSettings(readFrom(all), runFacts)
  const { runner } = fakeRunner(all, {}, Date.now)
  const outside = { runner, http, upload: undefined, cancel: never }
  const storages = settings.storages.map((one) => ({ settings: one, outcome: { name, ...outcome } }))
  const deadlines = openDeadlines(timeoutMs, 0, never)
  return await sendSpooled(storages, settings, outside, deadlines)
}

const answering = (...answers: FakeAnswer[]) => fakeClient(() => answers.shift() ?? { status: 204 })
const nothing = { sent: 0, problems: [], losses: [] }

test('what other jobs left is sent as it is, and is gone then', async () => {
  put(1, ['build,job=a f=1 1700000000000000001', 'tests passed=1i,text="a\nb" 1700000000000000002'])
  put(2, ['build,job=b f=2 1700000000000000003'])
  const client = answering()
  expect(await send(client)).toEqual({ sent: 3, problems: [], losses: [] })
  expect(client.requests.map(bodyOf)).toEqual([
    'build,job=a f=1 1700000000000000001\ntests passed=1i,text="a\nb" 1700000000000000002',
    'build,job=b f=2 1700000000000000003',
  ])
  expect(readdirSync(spool)).toEqual([])
})

describe('is left for another job', () => {
  test('what is of another storage, and that is told', async () => {
    const destination = { kind: 'influxdb', url: 'http://other:8086', api: 'v1', database: 'ci' } as const
    put(1, ['m f=1 1'], { destination })
    put(2, ['m f=1 2', 'm f=1 3'], { destination })
    const client = answering()
    expect(await send(client)).toEqual({
      ...nothing,
      problems: [
        'Left in the spool: CI/test, run 1 and 1 more (3 points): it is for http://other:8086 (v1, database ci): give the url, and the database or bucket, of that storage.',
      ],
    })
    expect([client.requests, left()]).toEqual([[], ['m f=1 1', 'm f=1 2', 'm f=1 3']])
  })

  test.each([
    ['took nothing', { ...allDone, written: 0, unsent: 1, problems: ['503'] }],
    ['was down in the end', { ...allDone, isDown: true }],
    ['was not read to the end', { ...allDone, gaveUp: true }],
  ])('all, where the storage %s', async (_, outcome) => {
    put(1, ['m f=1 1'])
    const client = answering()
    expect(await send(client, outcome)).toEqual(nothing)
    expect([client.requests, left()]).toEqual([[], ['m f=1 1']])
  })

  test.each([
    ['in a dry run', { 'dry-run': 'true' }],
    ['without a spool', { spool: '' }],
  ])('all, %s', async (_, inputs) => {
    put(1, ['m f=1 1'])
    expect(await send(answering(), allDone, inputs)).toEqual(nothing)
    expect(left()).toEqual(['m f=1 1'])
  })

  test('what would take longer than the phase has', async () => {
    put(1, ['m f=1 1'])
    put(2, ['m f=1 2'])
    const client = fakeClient(
      ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('late')))),
    )
    const { sent, problems } = await send(client, allDone, {}, 100)
    expect([sent, problems.length, client.requests.length]).toEqual([0, 2, 1])
    expect(left()).toEqual(['m f=1 1', 'm f=1 2'])
  })

  test('what is more than one job should send, and the next one begins with it', async () => {
    const long = `m f="${'x'.repeat(60_000)}"`
    const lines = (index: number) => Array.from({ length: 150 }, (_, line) => `${long} ${index * 1000 + line}`)
    for (const index of [1, 2, 3]) put(index, lines(index))
    const first = await send(answering())
    expect(first.problems).toEqual([expect.stringMatching(/at most about 20000000 bytes of kept points/)])
    const second = await send(answering())
    expect([first.sent + second.sent, second.problems, left()]).toEqual([450, [], []])
  })
})

test('a storage that lost a line of this job is up all the same', async () => {
  put(1, ['m f=1 1'])
  expect(await send(answering(), { ...allDone, lost: 1, problems: ['too old'] })).toMatchObject({ sent: 1 })
  expect(left()).toEqual([])
})

// Servers that are asked again take their time, and machines are busy.
describe('the trouble of one file is its own', { timeout: 60_000 }, () => {
  const bodies = (client: FakeClient) => client.requests.map(bodyOf)
  /** A server that takes all but what holds a text. */
  const refusing = (text: string, answer: FakeAnswer) =>
    fakeClient((request) => (bodyOf(request).includes(text) ? answer : { status: 204 }))

  test.each([
    [500, 'server error'],
    [503, 'no'],
    [403, 'forbidden by a proxy'],
    [401, 'unauthorized'],
    [404, 'not found'],
  ])('where the server answers %i to it, the others are sent, and it comes last next time', async (status, body) => {
    put(1, ['poison f=1 1'])
    for (const index of [2, 3, 4]) put(index, [`m f=1 ${index}`])
    const client = refusing('poison', { status, body: JSON.stringify({ error: body }) })
    const { sent, problems } = await send(client, allDone, {}, 8000)
    expect([sent, problems.length, left()]).toEqual([3, 1, ['poison f=1 1']])
    expect(problems[0]).toMatch(/^Left in the spool: CI\/test, run 1 \(1 point\): /)
    put(5, ['m f=1 5'])
    const next = refusing('poison', { status, body })
    expect((await send(next, allDone, {}, 8000)).sent).toBe(1)
    expect(bodies(next)[0]).toBe('m f=1 5')
  })

  test('a line that the server always refuses comes to stand alone, and all around it is sent', async () => {
    const lines = Array.from({ length: 3000 }, (_, index) => `m,case=c${index} f=1 ${index + 1}`)
    put(1, lines.with(1234, 'poison f=1 7777'))
    let sent = 0
    for (let job = 0; job < 6 && left().length > 1; job++) {
      sent += (await send(refusing('poison', { status: 403 }), allDone, {}, 8000)).sent
    }
    expect([sent, left()]).toEqual([2999, ['poison f=1 7777']])
  })

  test("eight of them in a row are the server's", async () => {
    for (let index = 1; index <= 12; index++) put(index, [`poison f=1 ${index}`])
    const client = refusing('poison', { status: 401 })
    const { problems } = await send(client)
    expect(problems.some((text) => text.includes('in a row'))).toBe(true)
    expect(new Set(bodies(client)).size).toBe(8)
    expect(left()).toHaveLength(12)
  })

  test('a server that nobody reaches any more is down at once', async () => {
    for (const index of [1, 2, 3]) put(index, [`m f=1 ${index}`])
    const client = fakeClient(() => {
      throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
    })
    const { problems } = await send(client, allDone, {}, 1000)
    expect([new Set(bodies(client)).size, left().length]).toEqual([1, 3])
    expect(problems.join()).toContain('cannot be reached: ECONNREFUSED')
  })

  test('a file that cannot be read is passed over, and counted', async () => {
    putText(1, 'm f=1 1\n')
    putText(2, '')
    put(3, ['m f=1 3'])
    expect(await send(answering())).toEqual({
      sent: 1,
      problems: [`Skipped in ${spool}: 2 without a known header.`],
      losses: [],
    })
  })
})

describe('bad lines cost themselves', () => {
  test('in any file: what is whole is sent, what is none is told, and the file is done with', async () => {
    put(1, ['m f=1 1', 'no line', 'm f=2 2'])
    put(2, ['m f=1'])
    putText(
      3,
      Buffer.concat([
        Buffer.from(toUnfinishedText('t s="')),
        Buffer.from([0xff]),
        Buffer.from('" 1\nm f=3 3\nt x=2 17000'),
      ]),
    )
    const client = answering()
    const { sent, problems, losses } = await send(client)
    expect([sent, problems]).toEqual([3, []])
    expect(losses).toEqual([
      expect.stringMatching(/^1 point of CI\/test, run 1, in the spool is lost: line 3: ./),
      '1 point of CI/test, run 2, in the spool is lost: line 2: it has no timestamp.',
      '2 points of CI/test, run 7, in the spool are lost: line 2: it is not valid UTF-8; the file is incomplete: the job that wrote it was stopped.',
    ])
    expect(client.requests.map(bodyOf)).toEqual(['m f=1 1\nm f=2 2', 'm f=3 3'])
    expect(readdirSync(spool)).toEqual([])
  })

  test('and so does a field that conflicts: it is told as in a job, and the file is done with', async () => {
    put(1, ['m f="a",g=1 1'])
    put(2, ['m f="a" 2'])
    const why =
      'partial write: field type conflict: input field "f" on measurement "m" is type string, already exists as type boolean dropped=1'
    const client = fakeClient((request) =>
      bodyOf(request).includes('f=') ? { status: 400, body: JSON.stringify({ error: why }) } : { status: 204 },
    )
    const { sent, problems, losses } = await send(client)
    expect([sent, problems, readdirSync(spool)]).toEqual([1, [], []])
    expect(losses[0]).toMatch(/^1 point of CI\/test, run 2, in the spool is lost: ./)
    expect(losses.join('\n')).toMatch(/The field "f" was left out of \d points? of "m"/)
  })
})

describe('two places of one server', () => {
  const places = { url: 'http://influx:8086', kind: 'influxdb', api: 'v2', bucket: 'ci' } as const
  const inputs = { database: '', bucket: 'ci', token: 'a-token' }

  test('are two: what is of one organisation is not sent to another', async () => {
    put(1, ['m f=1 1'], { destination: { ...places, org: 'acme' } })
    const client = answering()
    const { sent, problems } = await send(client, allDone, { ...inputs, org: 'other' })
    expect([sent, client.requests, left()]).toEqual([0, [], ['m f=1 1']])
    expect(problems[0]).toContain('it is for http://influx:8086 (v2, org acme, bucket ci)')
    expect((await send(answering(), allDone, { ...inputs, org: 'acme' })).sent).toBe(1)
  })

  test('are two retention policies as well', async () => {
    put(1, ['m f=1 1'], {
      destination: { kind: 'influxdb', url: places.url, api: 'v1', database: 'ci', policy: 'short' },
    })
    expect((await send(answering(), allDone, { 'retention-policy': 'long' })).sent).toBe(0)
    expect((await send(answering(), allDone, {})).sent).toBe(0)
    expect((await send(answering(), allDone, { 'retention-policy': 'short' })).sent).toBe(1)
  })
})

describe('whatever goes wrong costs nothing else', () => {
  test('a spool that is no folder', async () => {
    const file = join(spool, 'file')
    writeFileSync(file, '')
    const { problems } = await send(answering(), allDone, { spool: file })
    expect(problems).toEqual([expect.stringMatching(`^The spool ${file} could not be sent: ENOTDIR: `)])
    expect(await send(answering(), allDone, { spool: join(spool, 'none') })).toEqual(nothing)
  })

  test('a file that vanishes while it is sent and refused', async () => {
    put(1, ['poison f=1 1'])
    put(2, ['m f=1 2'])
    const client = fakeClient((request) => {
      if (!bodyOf(request).includes('poison')) return { status: 204 }
      for (const name of readdirSync(spool).filter((one) => one.endsWith('.sending'))) rmSync(join(spool, name))
      return { status: 403 }
    })
    const { sent, problems } = await send(client)
    expect([sent, left()]).toEqual([1, []])
    expect(problems).toEqual([expect.stringMatching(/another process took it while it was being sent/)])
  })
})

test('what is no spool file is left alone', async () => {
  mkdirSync(join(spool, 'folder'))
  writeFileSync(join(spool, 'notes.txt'), 'mine')
  expect(await send(answering())).toEqual(nothing)
  expect(readdirSync(spool)).toEqual(['folder', 'notes.txt'])
})
