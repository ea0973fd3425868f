import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openTracked, readIndexPaths } from '../../src/runner/git-index.ts'

const root = mkdtempSync(join(tmpdir(), 'git-index-'))
afterAll(() => rmSync(root, { recursive: true }))

const env = { PATH: process.env.PATH, HOME: root, GIT_CONFIG_NOSYSTEM: '1' }
const git = (folder: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@x', '-C', folder, ...args], { env })

const names = ['a.xml', 'b/ä.xml', `${'long/'.repeat(50)}c.xml`, 'b/fixtures/junit-1.xml', 'b/fixtures/junit-2.xml']

function makeRepository(name: string, ...init: string[]): string {
  const folder = join(root, name)
  mkdirSync(folder)
  git(folder, 'init', '-q', ...init)
  for (const path of names) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), 'x')
  }
  git(folder, 'add', '.')
  writeFileSync(join(folder, 'new.xml'), 'x')
  return folder
}

test.each([
  ['version 2', [], []],
  [
    'version 3',
    [],
    [
      ['update-index', '--index-version', '3'],
      ['update-index', '--skip-worktree', 'a.xml'],
    ],
  ],
  ['version 4', [], [['update-index', '--index-version', '4']]],
  ['sha256', ['--object-format=sha256'], []],
] as const)('git tracks these files: %s', async (name, init, commands) => {
  const folder = makeRepository(name, ...init)
  for (const command of commands) git(folder, ...command)
  const isTracked = openTracked()
  for (const path of names) expect(await isTracked(join(folder, path)), path).toBe(true)
  expect(await isTracked(join(folder, 'new.xml'))).toBe(false)
  expect(await isTracked(join(folder, 'none/x.xml'))).toBe(false)
})

test('of a worktree, and of a repository within another', async () => {
  const folder = makeRepository('outer')
  git(folder, 'commit', '-qm', 'x')
  git(folder, 'worktree', 'add', '-q', join(root, 'tree'))
  const inner = makeRepository('outer/inner')
  const isTracked = openTracked()
  expect(await isTracked(join(root, 'tree', 'a.xml'))).toBe(true)
  expect(await isTracked(join(root, 'tree', 'new.xml'))).toBe(false)
  expect(await isTracked(join(inner, 'a.xml'))).toBe(true)
  expect(await isTracked(join(folder, 'inner', 'new.xml'))).toBe(false)
  expect(await isTracked(join(root, 'a.xml'))).toBe(false)
})

test('an index that is broken tracks nothing', async () => {
  const folder = makeRepository('broken')
  const index = execFileSync('cat', [join(folder, '.git', 'index')])
  expect(readIndexPaths(index)).toHaveLength(names.length)
  expect(readIndexPaths(index.subarray(0, 150))).toEqual([])
  expect(readIndexPaths(Buffer.from('DIRC'))).toEqual([])
  expect(readIndexPaths(Buffer.concat([Buffer.from('DIRC\0\0\0\u0002'), Buffer.alloc(1000, 0xff)]))).toEqual([])
  writeFileSync(join(folder, '.git', 'index'), '')
  expect(await openTracked()(join(folder, 'a.xml'))).toBe(false)
})
