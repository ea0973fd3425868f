import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openFile } from '../../src/storage/file.ts'
import { EndOfWriting } from '../../src/storage/storage.ts'
import { inBatches, manyPoints } from './points.ts'
import { openWriting } from './writing.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'build-stats-test-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const open = (...path: string[]) => openFile({ kind: 'file', path: join(folder, ...path), name: 'stats.lp' })
const read = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8')

test('points are appended, a line each, in their order', async () => {
  const storage = open('stats.lp')
  expect(storage.name).toBe('file stats.lp')
  expect(await storage.write(inBatches(manyPoints(2), manyPoints(1)), openWriting())).toEqual({
    written: 3,
    unsent: 0,
    lost: 0,
    gaveUp: false,
    problems: [],
  })
  expect(await open('stats.lp').write(inBatches(manyPoints(1)), openWriting())).toEqual({
    written: 1,
    unsent: 0,
    lost: 0,
    gaveUp: false,
    problems: [],
  })
  expect(read('stats.lp')).toBe('m n="x" 0\nm n="x" 1\nm n="x" 0\nm n="x" 0\n')
})

test('the folder is made', async () => {
  await open('a', 'b', 'stats.lp').write(inBatches(manyPoints(1)), openWriting())
  expect(read('a', 'b', 'stats.lp')).toBe('m n="x" 0\n')
})

test.each([
  ['a last line without its end is ended', 'other f=1', 'other f=1\nm n="x" 0\n'],
  ['a last line with its end is left', 'other f=1\n', 'other f=1\nm n="x" 0\n'],
  ['an empty file is left', '', 'm n="x" 0\n'],
])('%s', async (_, before, after) => {
  writeFileSync(join(folder, 'stats.lp'), before)
  await open('stats.lp').write(inBatches(manyPoints(1)), openWriting())
  expect(read('stats.lp')).toBe(after)
})

test('without points there is no file', async () => {
  expect(await open('stats.lp').write(inBatches(), openWriting())).toEqual({
    written: 0,
    unsent: 0,
    lost: 0,
    gaveUp: false,
    problems: [],
  })
  expect(() => read('stats.lp')).toThrow('ENOENT')
})

test.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)(
  'a disk that becomes full leaves no half line',
  async () => {
    const disk = join(folder, 'disk')
    mkdirSync(disk)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk])
    try {
      const path = join(disk, 'stats.lp')
      const writing = openWriting()
      const { written, unsent, problems } = await open('disk/stats.lp').write(
        inBatches(manyPoints(1), manyPoints(2, 'y'.repeat(40_000))),
        writing,
      )
      expect([written, unsent, problems]).toEqual([1, 2, [expect.stringMatching(/^ENOSPC/)]])
      expect(readFileSync(path, 'utf8')).toBe('m n="x" 0\n')
    } finally {
      execFileSync('umount', [disk])
    }
  },
)

test('what cannot be written is handed over, and told once', async () => {
  mkdirSync(join(folder, 'stats.lp'))
  const writing = openWriting()
  const written = await open('stats.lp').write(inBatches(manyPoints(2), manyPoints(1, 'y')), writing)
  expect(written).toEqual({
    written: 0,
    unsent: 3,
    lost: 0,
    gaveUp: false,
    problems: [expect.stringMatching(/^EISDIR/)],
  })
  expect(writing.kept).toEqual(['m n="x" 0', 'm n="x" 1', 'm n="y" 0'])
})

test('a point that no line can say is lost, whatever becomes of the others', async () => {
  const bad = { measurement: 'm', tags: [], fields: [['f', Number.NaN]] as const, timeNs: 0n }
  const points = [...manyPoints(2), bad]
  expect(await open('stats.lp').write(inBatches(points), openWriting())).toMatchObject({
    written: 2,
    unsent: 0,
    lost: 1,
  })
  const late = openWriting({ signal: AbortSignal.abort() })
  expect(await open('stats.lp').write(inBatches(points), late)).toMatchObject({ written: 0, unsent: 2, lost: 1 })
})

test.each([
  ['below a file', ['a', 'stats.lp']],
  ['deep below a file', ['a', 'b', 'c', 'stats.lp']],
])('a folder that cannot be made is told: %s', async (_, path) => {
  writeFileSync(join(folder, 'a'), '')
  const { unsent, problems } = await open(...path).write(inBatches(manyPoints(1)), openWriting())
  expect([unsent, problems.length]).toEqual([1, 1])
  expect(problems[0]).toMatch(/ENOTDIR|EEXIST/)
})

// Where mkdir with `recursive` never comes back.
test.skipIf(!existsSync('/proc'))('a folder below one that takes none is told', async () => {
  const storage = openFile({ kind: 'file', path: '/proc/nowhere/deep/stats.lp', name: 'stats.lp' })
  expect(await storage.write(inBatches(manyPoints(2), manyPoints(1)), openWriting())).toEqual({
    written: 0,
    unsent: 3,
    lost: 0,
    gaveUp: false,
    problems: [expect.stringMatching(/^ENOENT: .*\/proc\/nowhere/)],
  })
})

test('after an error all is read and handed over, until reading must end', async () => {
  mkdirSync(join(folder, 'stats.lp'))
  const reading = new AbortController()
  let made = 0
  async function* count() {
    for (; made < 10; made++) {
      if (made === 4) reading.abort()
      yield manyPoints(1)
    }
  }
  const writing = openWriting({ readSignal: reading.signal })
  const { unsent, lost, gaveUp } = await open('stats.lp').write(count(), writing)
  expect([made, unsent, lost, gaveUp, writing.kept.length]).toEqual([4, 4, 0, true, 4])
})

test('after the timeout nothing is written, and all is handed over', async () => {
  const writing = openWriting({ signal: AbortSignal.abort() })
  expect(await open('stats.lp').write(inBatches(manyPoints(1), manyPoints(1, 'y')), writing)).toEqual({
    written: 0,
    unsent: 2,
    lost: 0,
    gaveUp: false,
    problems: ['not all points were written before the time ran out (input timeout)'],
  })
  expect(writing.kept).toEqual(['m n="x" 0', 'm n="y" 0'])
  expect(() => read('stats.lp')).toThrow('ENOENT')
})

test('why its time is over is told', async () => {
  const writing = openWriting({ signal: AbortSignal.abort(new EndOfWriting('the job was cancelled')) })
  const { problems } = await open('stats.lp').write(inBatches(manyPoints(1)), writing)
  expect(problems).toEqual(['not all points were written before the job was cancelled'])
})

test('what goes wrong in the batches themselves is not the storage its own', async () => {
  async function* fail() {
    yield manyPoints(1)
    throw new Error('reading failed')
  }
  await expect(open('stats.lp').write(fail(), openWriting())).rejects.toThrow('reading failed')
})
