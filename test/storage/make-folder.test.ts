import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { makeFolder } from '../../src/storage/make-folder.ts'

const folder = mkdtempSync(join(tmpdir(), 'build-stats-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('makes what is missing, for whom it is meant, and leaves what is there', () => {
  const path = join(folder, 'a', 'b', 'c')
  makeFolder(path, 0o700)
  makeFolder(path, 0o700)
  if (process.platform !== 'win32') expect(statSync(join(folder, 'a')).mode & 0o777).toBe(0o700)
  expect(statSync(path).isDirectory()).toBe(true)
})

test.skipIf(process.platform === 'win32')('a link to a folder is one', () => {
  symlinkSync(folder, join(folder, 'link'))
  makeFolder(join(folder, 'link', 'below'))
  expect(statSync(join(folder, 'below')).isDirectory()).toBe(true)
})

test('a file in its way is an error', () => {
  writeFileSync(join(folder, 'file'), '')
  expect(() => makeFolder(join(folder, 'file', 'below'))).toThrow('ENOTDIR')
  expect(() => makeFolder(join(folder, 'file'))).toThrow('ENOTDIR')
})

// Where a file system says ENOENT for what it does not make, `recursive` of Node's mkdir never ends.
test.skipIf(process.platform !== 'linux')('where no folder can be is an error', () => {
  expect(() => makeFolder('/proc/nope')).toThrow('ENOENT')
  expect(() => makeFolder('/proc/nope/deep/below')).toThrow('ENOENT')
})
