import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDeadlines } from '../../src/action/deadlines.ts'
import { parseSettings } from '../../src/action/settings.ts'
import { formatHeader } from '../../src/unsent/kept-file.ts'
import { sendSpool } from '../../src/unsent/send-spool.ts'
import { fakeRunner } from '../action/fake-runner.ts'
import { readFrom, surroundings } from '../action/inputs.ts'
import { type FakeAnswer, type FakeClient, fakeClient } from '../http/fake-client.ts'
import { bodyOf } from '../storage/body.ts'

let spool: string
beforeEach(() => {
  spool = mkdtempSync(join(tmpdir(), 'build-stats-test-'))
})
afterEach(() => rmSync(spool, { recursive: true }))

const target = 'http://influx:8086 (v1, database ci)'
const nameOf = (index: number) => `build-stats-unsent-${index}-1-abc.1.lp`
const allDone = { written: 1, unsent: 0, lost: 0, problems: [] as string[] }
const never = new AbortController().signal

function put(index: number, lines: readonly string[], of = target): void {
  const header = { target: of, builder: 'CI/test', run_id: `${index}`, attempt: '1' }
  writeFileSync(join(spool, nameOf(index)), formatHeader(header) + lines.map((line) => `${line}\n`).join(''))
}

async function send(http: FakeClient, outcome = allDone, inputs: Record<string, string> = {}, timeoutMs = 20_000) {
  const all = { url: 'http://influx:8086', database: 'ci', spool, ...inputs }
  const settings = await parseSettings(readFrom(all), surroundings)
  const { runner } = fakeRunner(all, {}, Date.now)
  const edges = { runner, http, upload: undefined, cancel: never }
  const storages = settings.storages.map((one) => ({ settings: one, outcome: { name: target, ...outcome } }))
  const deadlines = openDeadlines(timeoutMs, 0, never)
  return await sendSpool(storages, settings, edges, deadlines)
}

const answering = (...answers: FakeAnswer[]) => fakeClient(() => answers.shift() ?? { status: 204 })
const nothing = { sent: 0, problems: [] }

test('what other jobs left is sent as it is, and is gone then', async () => {
  put(1, ['build,job=a f=1 1700000000000000001', 'tests passed=1i,text="a\nb" 1700000000000000002'])
  put(2, ['build,job=b f=2 1700000000000000003'])
  const client = answering()
  expect(await send(client)).toEqual({ sent: 3, problems: [] })
  expect(client.requests.map(bodyOf)).toEqual([
    'build,job=a f=1 1700000000000000001\ntests passed=1i,text="a\nb" 1700000000000000002',
    'build,job=b f=2 1700000000000000003',
  ])
  expect(readdirSync(spool)).toEqual([])
})

describe('is left for another job', () => {
  test('what is of another storage', async () => {
    put(1, ['m f=1 1'], 'http://other:8086 (v1, database ci)')
    const client = answering()
    expect(await send(client)).toEqual(nothing)
    expect([client.requests, readdirSync(spool)]).toEqual([[], [nameOf(1)]])
  })

  test.each([
    ['had not taken all', { ...allDone, unsent: 1 }],
    ['had lost some', { ...allDone, lost: 1 }],
    ['had problems', { ...allDone, problems: ['503'] }],
  ])('all, where the storage %s', async (_, outcome) => {
    put(1, ['m f=1 1'])
    const client = answering()
    expect(await send(client, outcome)).toEqual(nothing)
    expect([client.requests, readdirSync(spool)]).toEqual([[], [nameOf(1)]])
  })

  test('all, in a dry run', async () => {
    put(1, ['m f=1 1'])
    expect(await send(answering(), allDone, { 'dry-run': 'true' })).toEqual(nothing)
    expect(readdirSync(spool)).toEqual([nameOf(1)])
  })

  test('all, without a spool', async () => {
    put(1, ['m f=1 1'])
    expect(await send(answering(), allDone, { spool: '' })).toEqual(nothing)
    expect(readdirSync(spool)).toEqual([nameOf(1)])
  })

  test('what the server does not take, and all behind it', async () => {
    for (const index of [1, 2, 3]) put(index, [`m f=1 ${index}`])
    const client = answering({ status: 204 }, { status: 401 })
    expect(await send(client)).toEqual({
      sent: 1,
      problems: ['Left in the spool: CI/test, run 2: 401, check username and password.'],
    })
    expect(client.requests).toHaveLength(2)
    expect(readdirSync(spool)).toEqual([nameOf(2), nameOf(3)])
  })

  test('a file with lines that are none, or without a time: what is whole is sent', async () => {
    put(1, ['m f=1 1', 'no line', 'm f=2 2'])
    put(2, ['m f=1'])
    const client = answering()
    const { sent, problems } = await send(client)
    expect(sent).toBe(2)
    expect(problems).toEqual([
      expect.stringMatching(/^Left in the spool: CI\/test, run 1: line 3: ./),
      'Left in the spool: CI/test, run 2: line 2: it has no time.',
    ])
    expect(client.requests.map(bodyOf)).toEqual(['m f=1 1\nm f=2 2'])
    expect(readdirSync(spool)).toEqual([nameOf(1), nameOf(2)])
  })

  test('what would take longer than the phase has', async () => {
    put(1, ['m f=1 1'])
    put(2, ['m f=1 2'])
    const client = fakeClient(
      ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('late')))),
    )
    const { sent, problems } = await send(client, allDone, {}, 100)
    expect([sent, problems.length, client.requests.length]).toEqual([0, 1, 1])
    expect(readdirSync(spool)).toEqual([nameOf(1), nameOf(2)])
  })

  test('what is more than one job should send', async () => {
    const long = `m f="${'x'.repeat(60_000)}"`
    for (const index of [1, 2, 3]) {
      put(
        index,
        Array.from({ length: 150 }, (_, line) => `${long} ${line}`),
      )
    }
    expect(await send(answering())).toEqual({ sent: 300, problems: [] })
    expect(readdirSync(spool)).toEqual([nameOf(3)])
  })
})

test('what is no spool file is left alone', async () => {
  mkdirSync(join(spool, 'folder'))
  writeFileSync(join(spool, 'notes.txt'), 'mine')
  expect(await send(answering())).toEqual(nothing)
  expect(readdirSync(spool)).toEqual(['folder', 'notes.txt'])
})
