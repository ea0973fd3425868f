import fc from 'fast-check'
import { strFromU8, strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { unzipFiles } from '../../src/artifact/unzip.ts'

const all = () => true

test('takes the files that are wanted', () => {
  const zip = zipSync({ 'a.lp': strToU8('m f=1 1\n'), 'b/c.txt': strToU8('no') })
  const files = unzipFiles(zip, (name) => name.endsWith('.lp'))
  expect([...files].map(([name, bytes]) => [name, strFromU8(bytes)])).toEqual([['a.lp', 'm f=1 1\n']])
})

/** A zip of one file, whose directory claims another size. */
function lie(size: number, claimed: number): Uint8Array {
  const zip = zipSync({ 'a.lp': new Uint8Array(size) })
  const view = new DataView(zip.buffer, zip.byteOffset)
  const directory = zip.length - 22 - 46 - 'a.lp'.length
  if (view.getUint32(directory, true) !== 0x02014b50) throw new Error('the directory is elsewhere')
  view.setUint32(directory + 24, claimed, true)
  return zip
}

test('a file that is longer than it claims takes no more memory than that', () => {
  expect(unzipFiles(lie(1_000_000, 10), all).get('a.lp')?.buffer.byteLength).toBe(10)
})

test.each([
  [
    'more files than it takes',
    () => zipSync(Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`${i}`, new Uint8Array()]))),
    /more than 100 files/,
  ],
  ['more bytes than it takes', () => lie(10, 300_000_000), /more than 268435456 bytes/],
  ['less than it claims', () => lie(10, 20), /damaged/],
  ['no zip', () => strToU8('this is none'), /invalid zip data/],
])('%s are an error', (_name, make, why) => {
  expect(() => unzipFiles(make(), all)).toThrow(why)
})

test('whatever a zip became, it is read or is an error', () => {
  const zip = zipSync({ 'a.lp': strToU8('m f=1 1\n'.repeat(100)), 'b.lp': strToU8('m f=2 2\n') })
  const change = fc.tuple(fc.nat(zip.length - 1), fc.nat(255))
  fc.assert(
    fc.property(fc.array(change, { maxLength: 20 }), fc.nat(zip.length), (changes, length) => {
      const changed = zip.slice()
      for (const [at, byte] of changes) changed[at] = byte
      try {
        for (const [name, bytes] of unzipFiles(changed.subarray(0, length), all)) {
          expect([typeof name, bytes instanceof Uint8Array]).toEqual(['string', true])
        }
      } catch (error) {
        expect(error).toBeInstanceOf(Error)
      }
    }),
    { numRuns: 500 },
  )
})
