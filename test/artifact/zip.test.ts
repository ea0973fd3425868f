import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { unzipSync } from 'fflate'
import { afterAll, expect, test } from 'vitest'
import { zipFiles } from '../../src/artifact/zip.ts'

const folder = mkdtempSync(join(tmpdir(), 'build-stats-zip-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function zip(files: Readonly<Record<string, Uint8Array | string>>): Promise<Buffer> {
  for (const [name, data] of Object.entries(files)) writeFileSync(join(folder, name), data)
  return await buffer(zipFiles(folder, Object.keys(files)))
}

test('files of any bytes come out of the zip as they went in', async () => {
  const data = fc.uint8Array({ maxLength: 300 })
  const files = fc.dictionary(fc.stringMatching(/^[a-zé€😀]{1,8}\.lp$/u), data, {
    minKeys: 1,
    maxKeys: 4,
    noNullPrototype: true,
  })
  await fc.assert(
    fc.asyncProperty(files, async (files) => {
      const found = unzipSync(await zip(files))
      expect(Object.entries(found).map(([name, bytes]) => [name, [...bytes]])).toEqual(
        Object.entries(files).map(([name, bytes]) => [name, [...bytes]]),
      )
    }),
    { numRuns: 200 },
  )
})

test('a file that is larger than a chunk has the checksum of the whole', async () => {
  const text = Array.from({ length: 50_000 }, (_, index) => `m f=${index} ${index}\n`).join('')
  const bytes = await zip({ 'large.lp': text })
  expect(bytes.length).toBeLessThan(text.length / 2)
  expect(Buffer.from(unzipSync(bytes)['large.lp'] ?? []).equals(Buffer.from(text))).toBe(true)
})

test('a folder in a name stays in it', async () => {
  mkdirSync(join(folder, 'inner'))
  expect(Object.keys(unzipSync(await zip({ 'inner/a.lp': 'a' })))).toEqual(['inner/a.lp'])
})

test('a file that is gone is an error', async () => {
  await expect(buffer(zipFiles(folder, ['none.lp']))).rejects.toThrow(/ENOENT.*none\.lp/)
})
