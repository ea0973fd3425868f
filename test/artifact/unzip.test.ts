import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { unzipFiles } from '../../src/artifact/unzip.ts'
import { bombOf, zipOf } from '../support/zip.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'build-stats-test-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const never = new AbortController().signal
const toPath = (_: string, index: number) => join(folder, `${index}.lp`)
const unzip = (zip: Uint8Array, signal = never) => unzipFiles(Buffer.from(zip), toPath, signal)

test('takes the files that are wanted, to the paths that it is given', async () => {
  const zip = zipSync({
    'a.lp': strToU8('m f=1 1\n'),
    'b/c.txt': strToU8('no'),
    'd.lp': [strToU8('m f=2 2\n'), { level: 0 }],
  })
  const files = await unzipFiles(
    Buffer.from(zip),
    (name, index) => (name.endsWith('.lp') ? toPath(name, index) : undefined),
    never,
  )
  expect(files.map(({ name, path, bytes }) => [name, readFileSync(path, 'utf8'), bytes])).toEqual([
    ['a.lp', 'm f=1 1\n', 8],
    ['d.lp', 'm f=2 2\n', 8],
  ])
  expect(readdirSync(folder)).toEqual(['0.lp', '2.lp'])
})

test('of any content and size it comes out as it went in', async () => {
  const content = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.integer({ min: 0, max: 300_000 }).map((size) => new Uint8Array(size).fill(65)),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(content, { minLength: 1, maxLength: 4 }), async (contents) => {
      const zip = zipSync(Object.fromEntries(contents.map((bytes, index) => [`${index}`, bytes])))
      const files = await unzip(zip)
      expect(
        files.map(({ path }) => Buffer.compare(readFileSync(path), Buffer.from(contents[Number(path.at(-4))] ?? []))),
      ).toEqual(contents.map(() => 0))
      for (const { path } of files) rmSync(path)
    }),
    { numRuns: 40 },
  )
}, 60_000)

describe('an error, and no more than it may take', { timeout: 60_000 }, () => {
  test.each<[string, () => Uint8Array, RegExp]>([
    [
      'more files than it takes',
      () => zipSync(Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`${i}`, new Uint8Array()]))),
      /more than 100 files/,
    ],
    [
      'more bytes than it takes, by what it says',
      () => zipOf([{ name: 'a', data: Buffer.from('x'), size: 300_000_000 }]),
      /more than 268435456 bytes/,
    ],
    [
      'more bytes than it takes, in several files',
      () => zipOf(['a', 'b', 'c'].map((name) => ({ name, data: Buffer.from('x'), size: 100_000_000 }))),
      /more than 268435456 bytes/,
    ],
    [
      'more than it says',
      () => zipOf([{ name: 'a', data: deflateRawSync(Buffer.alloc(1_000_000)), method: 8, size: 4096 }]),
      /longer than its header states/,
    ],
    [
      'less than it says',
      () => zipOf([{ name: 'a', data: deflateRawSync(Buffer.alloc(10)), method: 8, size: 20 }]),
      /damaged/,
    ],
    ['other bytes than it says', () => zipOf([{ name: 'a', data: Buffer.from('x'), crc: 1 }]), /damaged/],
    [
      'two files of one name',
      () =>
        zipOf([
          { name: 'a', data: Buffer.from('x') },
          { name: 'a', data: Buffer.from('y') },
        ]),
      /two files with the same name/,
    ],
    [
      'a way of compressing that is not known',
      () => zipOf([{ name: 'a', data: Buffer.from('x'), method: 12 }]),
      /not supported \(12\)/,
    ],
    ['a password', () => zipOf([{ name: 'a', data: Buffer.from('x'), flags: 1 }]), /encrypted/],
    [
      'what is not deflated',
      () => zipOf([{ name: 'a', data: Buffer.from('xxxxxx'), method: 8, size: 6 }]),
      /damaged: invalid zip data/,
    ],
    [
      'a stream without its end',
      () => zipOf([{ name: 'a', data: deflateRawSync(Buffer.alloc(5000)).subarray(0, 5), method: 8, size: 5000 }]),
      /damaged/,
    ],
    ['no zip', () => strToU8('this is none'), /invalid zip data/],
    ['nothing', () => new Uint8Array(), /invalid zip data/],
  ])('%s', async (_name, make, why) => {
    await expect(unzip(make())).rejects.toThrow(why)
  })

  test('one stream under a hundred names', async () => {
    const stream = deflateRawSync(Buffer.alloc(10_000_000))
    await expect(unzip(bombOf(stream, 100, 4096))).rejects.toThrow(/overlap/)
    await expect(unzip(bombOf(stream, 100, 2_000_000))).rejects.toThrow(/overlap/)
    expect(readdirSync(folder)).toEqual([])
  })

  test('what goes on when its time is over', async () => {
    const zip = zipOf([{ name: 'a', data: deflateRawSync(Buffer.alloc(100_000_000)), method: 8, size: 100_000_000 }])
    const end = new AbortController()
    const unzipping = unzip(zip, end.signal)
    // Other things have their turn meanwhile.
    setTimeout(() => end.abort(new Error('over')), 5)
    await expect(unzipping).rejects.toThrow('over')
  })
})

test('a bomb takes little memory, and a file that is as long as it may be as little', async () => {
  const stream = deflateRawSync(Buffer.alloc(300_000_000))
  const zips = [bombOf(stream, 100, 4096), zipOf([{ name: 'a', data: stream, method: 8, size: 268_435_456, crc: 1 }])]
  for (const [index, zip] of zips.entries()) writeFileSync(join(folder, `${index}.zip`), zip)
  const script = `
    import { readFileSync } from 'node:fs'
    import { unzipFiles } from ${JSON.stringify(join(import.meta.dirname, '../../src/artifact/unzip.ts'))}
    const told = []
    for (const index of [0, 1]) {
      const zip = readFileSync(${JSON.stringify(folder)} + '/' + index + '.zip')
      const toPath = (_, file) => ${JSON.stringify(folder)} + '/' + index + '-' + file
      await unzipFiles(zip, toPath, new AbortController().signal).catch((error) => told.push(error.message))
    }
    console.log(JSON.stringify({ told, kilobytes: process.resourceUsage().maxRSS }))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
  const { told, kilobytes } = JSON.parse(stdout)
  expect(told).toEqual([expect.stringContaining('overlap'), expect.stringContaining('longer than its header states')])
  expect(kilobytes).toBeLessThan(200_000)
}, 60_000)

test('whatever a zip became, it is read or is an error', async () => {
  const zip = zipSync({ 'a.lp': strToU8('m f=1 1\n'.repeat(100)), 'b.lp': strToU8('m f=2 2\n') })
  const change = fc.tuple(fc.nat(zip.length - 1), fc.nat(255))
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 20 }), fc.nat(zip.length), async (changes, length) => {
      const changed = zip.slice()
      for (const [at, byte] of changes) changed[at] = byte
      try {
        for (const { path, bytes } of await unzip(changed.subarray(0, length))) {
          expect(readFileSync(path)).toHaveLength(bytes)
        }
      } catch (error) {
        expect(error).toBeInstanceOf(Error)
        expect((error as Error).message).toMatch(/^it |EEXIST/)
      }
      for (const name of readdirSync(folder)) rmSync(join(folder, name))
    }),
    { numRuns: 300 },
  )
}, 60_000)
