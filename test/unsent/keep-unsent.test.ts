import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepUnsent, type Places } from '../../src/unsent/keep-unsent.ts'
import { formatHeader } from '../../src/unsent/kept-file.ts'
import { openUnsentFile, type UnsentFile } from '../../src/unsent/unsent-file.ts'
import { fakeRunner } from '../action/fake-runner.ts'
import { exampleHeader as header, linesOf, toKeptText } from './kept-lines.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'build-stats-test-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const stem = 'build-stats-unsent-7-1'
const artifactName = /^build-stats-unsent-7-1-[0-9a-f]{16}$/
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
    stem,
    { spool: undefined, upload: undefined, ...places, log: runner.log },
    signal,
  )
  return { kept: files.map((file) => kept.get(file)), told }
}

/** An upload that keeps what it is asked for. */
function uploading(ends: () => Promise<void> = async () => {}) {
  const asked: unknown[][] = []
  const upload = (...given: unknown[]) => {
    asked.push(given)
    return ends()
  }
  return { asked, upload }
}

const inArtifact = (count: number) => ({
  count,
  where: expect.stringMatching(
    /^kept in the artifact build-stats-unsent-7-1-[0-9a-f]{16}, which the replay action can send$/,
  ),
  gone: 0,
  why: '',
})
const inLog = (count: number) => ({
  count,
  where: 'in the log of this job, as line protocol',
  gone: 0,
  why: '',
})
const inSpool = (spool: string, count: number) => ({
  count,
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
  const texts = readdirSync(spool).map((name) => readFileSync(join(spool, name), 'utf8'))
  expect(texts.sort()).toEqual([toKeptText(['m f=1 1']), toKeptText(['m f=1 2', 'm f=1 3'])].sort())
})

test('the artifact comes next: one of all files', async () => {
  writeFileSync(join(folder, 'file'), '')
  const spool = join(folder, 'file')
  const { asked, upload } = uploading()
  const { kept, told } = await keep([open(1, 'm f=1 1'), open(2), open(3, 'm f=1 2', 'm f=1 3')], { upload, spool })
  expect(kept).toEqual([inArtifact(1), undefined, inArtifact(2)])
  expect(asked).toEqual([
    [expect.stringMatching(artifactName), folder, ['unsent-1.lp', 'unsent-3.lp'], expect.any(AbortSignal)],
  ])
  expect(readFileSync(join(folder, 'unsent-3.lp'), 'utf8')).toBe(toKeptText(['m f=1 2', 'm f=1 3']))
  expect(told).toEqual(
    Array(2).fill(expect.stringMatching(/^info: The points are not kept in the spool \S+: E\w+: .*\.$/)),
  )
})

test.each<[what: string, ends: () => Promise<void>, why: string]>([
  ['rejects', () => Promise.reject(new Error('Quota is used up.')), 'Quota is used up'],
  ['rejects with a text', () => Promise.reject('no'), 'no'],
  ['rejects with nothing', () => Promise.reject(), 'undefined'],
])('the log comes last: an upload that %s', async (_, ends, why) => {
  const { kept, told } = await keep([open(1, 'm f=1 1'), open(2, 'm f=1 2')], uploading(ends))
  expect(kept).toEqual([inLog(1), inLog(1)])
  const group = (line: string) =>
    `printGroup: Build Stats: 1 of 1 points that could not be written; save these lines and send them to InfluxDB\n${formatHeader(header, 1)}${line}\n`
  expect(told).toEqual([
    expect.stringMatching(new RegExp(`^info: The artifact build-stats-unsent-7-1-\\w+ could not be made: ${why}\\.$`)),
    group('m f=1 1'),
    group('m f=1 2'),
  ])
})

test('an upload that hangs is left when its time is over', async () => {
  const hanging = uploading(() => new Promise(() => {}))
  for (const signal of [AbortSignal.timeout(50), AbortSignal.abort()]) {
    const { kept, told } = await keep([open(1, 'm f=1 1')], hanging, signal)
    expect(kept[0]?.where).toMatch(/^in the log/)
    expect(told[0]).toMatch(/^info: The artifact \S+ could not be made: the time ran out\.$/)
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

test('a file that cannot be read again is gone, and why is told; one that no disk has room for is in the log', async () => {
  const gone = open(1, 'm f=1 1')
  rmSync(join(folder, 'unsent-1.lp'))
  const none = openUnsentFile(() => join(folder, 'none', 'unsent.lp'), header)
  none.add(['m f=1 1', 'm f=1 2'])
  const { kept, told } = await keep([gone, none], {})
  expect(kept).toEqual([{ count: 0, where: '', gone: 1, why: expect.stringMatching(/^ENOENT/) }, inLog(2)])
  expect(told).toEqual([
    'printGroup: Build Stats: 2 points that no disk had space for; save these lines and send them to InfluxDB\nm f=1 1\nm f=1 2\n',
  ])
})

test('what came into a file is kept, what did not is told with it', async () => {
  const file = open(1, 'm f=1 1')
  const half: UnsentFile = { ...file, failure: { reason: 'the disk is full', lines: 2 } }
  const { kept } = await keep([half], uploading())
  expect(kept).toEqual([{ ...inArtifact(1), gone: 2, why: 'the disk is full' }])
})

test('two steps of one job, and two legs of one run, keep what they have side by side', async () => {
  const spool = join(folder, 'spool')
  const { asked, upload } = uploading()
  for (let index = 1; index <= 60; index++) await keep([open(index, `m f=1 ${index}`)], { spool })
  const lines = readdirSync(spool).flatMap((name) => linesOf(join(spool, name)))
  expect(new Set(lines).size).toBe(60)
  for (let index = 61; index <= 120; index++) await keep([open(index, `m f=1 ${index}`)], { upload })
  expect(new Set(asked.map(([name]) => name)).size).toBe(60)
}, 60_000)

test('a spool that is full is told, and the next place is taken', async () => {
  const spool = join(folder, 'spool')
  mkdirSync(spool)
  for (let index = 0; index < 2000; index++) writeFileSync(join(spool, `build-stats-unsent-1-1-${index}.lp`), '')
  const { kept, told } = await keep([open(1, 'm f=1 1')], { spool, ...uploading() })
  expect(kept).toEqual([inArtifact(1)])
  expect(told).toEqual([`info: The points are not kept in the spool ${spool}: it is full: it holds 2000 files.`])
}, 60_000)

test('what a replay would not take of an artifact is not uploaded, and that is told', async () => {
  const { asked, upload } = uploading()
  const file = open(1, 'm f=1 1')
  const long: UnsentFile = { ...file, bytes: 300_000_000 }
  const { kept, told } = await keep([long], { upload })
  expect([kept, asked]).toEqual([[inLog(1)], []])
  expect(told[0]).toMatch(/it would hold 300000000 bytes, and a replay reads at most 268435456/)
})
