import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openFile } from '../../src/storage/file.ts'
import { inBatches, manyPoints } from './points.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'build-stats-test-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const { signal } = new AbortController()
const open = (...path: string[]) => openFile({ kind: 'file', path: join(folder, ...path), name: 'stats.lp' })
const read = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8')

test('points are appended, a line each, in their order', async () => {
  const storage = open('stats.lp')
  expect(storage.name).toBe('file stats.lp')
  expect(await storage.write(inBatches(manyPoints(2), manyPoints(1)), signal)).toEqual({
    written: 3,
    lost: 0,
    gaveUp: false,
    problems: [],
  })
  expect(await open('stats.lp').write(inBatches(manyPoints(1)), signal)).toEqual({
    written: 1,
    lost: 0,
    gaveUp: false,
    problems: [],
  })
  expect(read('stats.lp')).toBe('m n="x" 0\nm n="x" 1\nm n="x" 0\nm n="x" 0\n')
})

test('the folder is made', async () => {
  await open('a', 'b', 'stats.lp').write(inBatches(manyPoints(1)), signal)
  expect(read('a', 'b', 'stats.lp')).toBe('m n="x" 0\n')
})

test.each([
  ['a last line without its end is ended', 'other f=1', 'other f=1\nm n="x" 0\n'],
  ['a last line with its end is left', 'other f=1\n', 'other f=1\nm n="x" 0\n'],
  ['an empty file is left', '', 'm n="x" 0\n'],
])('%s', async (_, before, after) => {
  writeFileSync(join(folder, 'stats.lp'), before)
  await open('stats.lp').write(inBatches(manyPoints(1)), signal)
  expect(read('stats.lp')).toBe(after)
})

test('without points there is no file', async () => {
  expect(await open('stats.lp').write(inBatches(), signal)).toEqual({
    written: 0,
    lost: 0,
    gaveUp: false,
    problems: [],
  })
  expect(() => read('stats.lp')).toThrow('ENOENT')
})

test('what cannot be written is lost, and told once', async () => {
  mkdirSync(join(folder, 'stats.lp'))
  const written = await open('stats.lp').write(inBatches(manyPoints(2), manyPoints(3)), signal)
  expect(written).toEqual({
    written: 0,
    lost: 5,
    gaveUp: true,
    problems: [expect.stringMatching(/^EISDIR/)],
  })
})

test.each([
  ['below a file', ['a', 'stats.lp']],
  ['deep below a file', ['a', 'b', 'c', 'stats.lp']],
])('a folder that cannot be made is told: %s', async (_, path) => {
  writeFileSync(join(folder, 'a'), '')
  const { lost, problems } = await open(...path).write(inBatches(manyPoints(1)), signal)
  expect([lost, problems.length]).toEqual([1, 1])
  expect(problems[0]).toMatch(/ENOTDIR|EEXIST/)
})

// Where mkdir with `recursive` never comes back.
test.skipIf(!existsSync('/proc'))('a folder below one that takes none is told', async () => {
  const storage = openFile({ kind: 'file', path: '/proc/nowhere/deep/stats.lp', name: 'stats.lp' })
  expect(await storage.write(inBatches(manyPoints(2), manyPoints(1)), signal)).toEqual({
    written: 0,
    lost: 3,
    gaveUp: true,
    problems: [expect.stringMatching(/^ENOENT: .*\/proc\/nowhere/)],
  })
})

test('after an error no more is read: the storage gave up', async () => {
  mkdirSync(join(folder, 'stats.lp'))
  let made = 0
  async function* count() {
    for (; made < 10; made++) yield manyPoints(1)
  }
  const { lost, gaveUp } = await open('stats.lp').write(count(), signal)
  expect([made, lost, gaveUp]).toEqual([1, 2, true])
})

test('after the timeout nothing is written', async () => {
  const { written, lost, problems } = await open('stats.lp').write(inBatches(manyPoints(2)), AbortSignal.abort())
  expect([written, lost, problems.length]).toEqual([0, 2, 1])
  expect(() => read('stats.lp')).toThrow('ENOENT')
})

test('what goes wrong in the batches themselves is not the storage its own', async () => {
  async function* fail() {
    yield manyPoints(1)
    throw new Error('reading failed')
  }
  await expect(open('stats.lp').write(fail(), signal)).rejects.toThrow('reading failed')
})
