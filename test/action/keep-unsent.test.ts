import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepUnsent, type Places } from '../../src/action/keep-unsent.ts'
import { formatHeader, openUnsentFile, type UnsentFile } from '../../src/storage/unsent-file.ts'
import { fakeRunner } from './fake-runner.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'build-stats-test-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const header = { target: 'http://influx:8086 (v1, database ci)', builder: 'CI/test', run_id: '7', attempt: '1' }
const name = 'build-stats-unsent-7-1-abc'
const never = new AbortController().signal

function open(index: number, ...lines: string[]): UnsentFile {
  const file = openUnsentFile(() => join(folder, `unsent-${index}.lp`), header)
  file.add(lines)
  return file
}

async function keep(files: readonly UnsentFile[], places: Partial<Omit<Places, 'log'>>, signal = never) {
  const { runner, told } = fakeRunner({}, {}, () => 0)
  const kept = await keepUnsent(
    files,
    name,
    { spool: undefined, upload: undefined, ...places, log: runner.log },
    signal,
  )
  return { kept: files.map((file) => kept.get(file)), told }
}

/** An upload that keeps what it is asked for. */
function uploading(ends: () => Promise<void> = async () => {}) {
  const asked: unknown[][] = []
  const upload = (...given: unknown[]) => {
    expect(given.pop()).toBeInstanceOf(AbortSignal)
    asked.push(given)
    return ends()
  }
  return { asked, upload }
}

const inArtifact = (kept: number) => ({
  kept,
  where: `kept in the artifact ${name}, which the replay action sends`,
  gone: 0,
  why: '',
})
const inLog = (kept: number) => ({
  kept,
  where: 'in the log of this job, as line protocol for influx write',
  gone: 0,
  why: '',
})
const inSpool = (spool: string, kept: number) => ({
  kept,
  where: `kept in the folder ${spool}, from which the next job on this runner sends them`,
  gone: 0,
  why: '',
})

test('where all was written nothing is kept, and nobody is asked', async () => {
  const { asked, upload } = uploading()
  const { kept, told } = await keep([open(1), open(2)], { upload, spool: join(folder, 'spool') })
  expect([kept, told, asked, readdirSync(folder)]).toEqual([[undefined, undefined], [], [], []])
})

test('the spool comes first', async () => {
  const { asked, upload } = uploading()
  const spool = join(folder, 'spool')
  const { kept, told } = await keep([open(1, 'm f=1 1'), open(2), open(3, 'm f=1 2', 'm f=1 3')], { upload, spool })
  expect(kept).toEqual([inSpool(spool, 1), undefined, inSpool(spool, 2)])
  expect([asked, told]).toEqual([[], []])
  expect(readdirSync(spool)).toEqual([`${name}.1.lp`, `${name}.2.lp`])
  expect(readFileSync(join(spool, `${name}.2.lp`), 'utf8')).toBe(`${formatHeader(header)}m f=1 2\nm f=1 3\n`)
})

test('the artifact comes next: one of all files', async () => {
  writeFileSync(join(folder, 'file'), '')
  const spool = join(folder, 'file')
  const { asked, upload } = uploading()
  const { kept, told } = await keep([open(1, 'm f=1 1'), open(2), open(3, 'm f=1 2', 'm f=1 3')], { upload, spool })
  expect(kept).toEqual([inArtifact(1), undefined, inArtifact(2)])
  expect(asked).toEqual([[name, folder, ['unsent-1.lp', 'unsent-3.lp']]])
  expect(told).toEqual(Array(2).fill(expect.stringMatching(/^info: The spool cannot be used: E\w+: .*\.$/)))
})

test.each<[what: string, ends: () => Promise<void>, why: string]>([
  ['rejects', () => Promise.reject(new Error('Quota is used up.')), 'Quota is used up'],
  ['rejects with a text', () => Promise.reject('no'), 'no'],
  ['rejects with nothing', () => Promise.reject(), 'undefined'],
])('the log comes last: an upload that %s', async (_, ends, why) => {
  const { kept, told } = await keep([open(1, 'm f=1 1'), open(2, 'm f=1 2')], uploading(ends))
  expect(kept).toEqual([inLog(1), inLog(1)])
  const group = (line: string) =>
    `printGroup: Build Stats: 1 of 1 points that could not be written; save and send them with influx write\n${formatHeader(header)}${line}\n`
  expect(told).toEqual([`info: The artifact ${name} could not be made: ${why}.`, group('m f=1 1'), group('m f=1 2')])
})

test('an upload that hangs is left when its time is over', async () => {
  const hanging = uploading(() => new Promise(() => {}))
  for (const signal of [AbortSignal.timeout(50), AbortSignal.abort()]) {
    const { kept, told } = await keep([open(1, 'm f=1 1')], hanging, signal)
    expect(kept[0]?.where).toMatch(/^in the log/)
    expect(told[0]).toBe(`info: The artifact ${name} could not be made: its time was over.`)
    rmSync(join(folder, 'unsent-1.lp'))
  }
})

test('what the log is too long for is gone, and why is told', async () => {
  const line = `m f="${'x'.repeat(100_000)}" 1`
  const { kept, told } = await keep([open(1, ...Array<string>(30).fill(line))], {})
  expect(kept).toEqual([{ ...inLog(19), gone: 11, why: 'the log would be too long' }])
  expect(told[0]).toMatch(/^printGroup: Build Stats: 19 of 30 points that could not be written; /)
  expect(told[0]?.length).toBeLessThan(2_001_000)
})

test('a file that cannot be read again, or not even written, is gone, and why is told', async () => {
  const gone = open(1, 'm f=1 1')
  rmSync(join(folder, 'unsent-1.lp'))
  const none = openUnsentFile(() => join(folder, 'none', 'unsent.lp'), header)
  none.add(['m f=1 1', 'm f=1 2'])
  const { kept, told } = await keep([gone, none], {})
  expect(kept).toEqual([
    { kept: 0, where: '', gone: 1, why: expect.stringMatching(/^ENOENT/) },
    { kept: 0, where: '', gone: 2, why: expect.stringMatching(/^ENOENT/) },
  ])
  expect(told).toEqual([])
})

test('what came into a file is kept, what did not is told with it', async () => {
  const file = open(1, 'm f=1 1')
  const half: UnsentFile = { ...file, failure: { reason: 'the disk is full', lines: 2 } }
  const { kept } = await keep([half], uploading())
  expect(kept).toEqual([{ ...inArtifact(1), gone: 2, why: 'the disk is full' }])
})
