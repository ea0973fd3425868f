import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type Tally, tallyTests, toReport } from '../../script/tally.ts'

const repository = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'build-stats-tally-'))
afterAll(() => rmSync(folder, { recursive: true }))

const tests = {
  'skips.test.ts': `
    import { describe, test } from 'vitest'
    test('passes', () => {})
    test('says why', (context) => context.skip('influxd is not on PATH'))
    test.skip('does not', () => {})
    test.todo('is planned')
    describe.skip('group', () => { test('inner', () => {}) })`,
  'fails.test.ts': `
    import { expect, test } from 'vitest'
    test('fails', () => expect(1).toBe(2))
    test.fails('is known to fail', () => expect(1).toBe(2))`,
  'import.test.ts': `
    import './no-such-file.ts'
    import { test } from 'vitest'
    test('is never seen', () => {})`,
  'hook.test.ts': `
    import { beforeAll, describe, test } from 'vitest'
    describe('group', () => {
      beforeAll(() => { throw new Error('no server') })
      test('never runs', () => {})
    })`,
  'retried.test.ts': `
    import { expect, test } from 'vitest'
    let runs = 0
    test('passes at last', { retry: 1 }, () => expect(++runs).toBe(2))`,
  'unhandled.test.ts': `
    import { test } from 'vitest'
    test('throws later', async () => {
      setTimeout(() => { throw new Error('too late') })
      await new Promise((resolve) => setTimeout(resolve, 100))
    })`,
}

test('counts what Vitest reports, files and hooks that fail and unhandled errors too', { timeout: 60_000 }, () => {
  mkdirSync(join(folder, 'test'))
  for (const [name, source] of Object.entries(tests)) writeFileSync(join(folder, 'test', name), source)
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'))
  const path = join(folder, 'tally.json')
  const run = spawnSync(
    process.execPath,
    [
      join(repository, 'node_modules/vitest/vitest.mjs'),
      'run',
      `--root=${folder}`,
      `--reporter=${join(repository, 'script/tally-reporter.ts')}`,
    ],
    { encoding: 'utf8', env: { PATH: process.env.PATH, TEST_TALLY: path } },
  )
  expect(run.status).toBe(1)

  const tally = JSON.parse(readFileSync(path, 'utf8')) as Tally
  expect(tally.passed).toBe(4)
  expect(tally.retried).toEqual(['test/retried.test.ts > passes at last'])
  expect([...tally.failed].sort()).toEqual([
    'test/fails.test.ts > fails: expected 1 to be 2 // Object.is equality',
    'test/hook.test.ts > group: no server',
    expect.stringMatching(/^test\/import\.test\.ts: .*no-such-file\.ts/),
    'unhandled error: too late',
  ])
  expect([...tally.skipped].sort()).toEqual([
    'test/hook.test.ts > group > never runs: not run, for its suite failed',
    'test/skips.test.ts > does not',
    'test/skips.test.ts > group > inner',
    'test/skips.test.ts > is planned',
    'test/skips.test.ts > says why: influxd is not on PATH',
  ])
})

test.each<[string, Tally | undefined, number, Tally]>([
  ['all passed', { passed: 2, failed: [], skipped: [] }, 0, { passed: 2, failed: [], skipped: [] }],
  ['failed', { passed: 2, failed: ['a'], skipped: [] }, 1, { passed: 2, failed: ['a'], skipped: [] }],
  [
    'no failed test, yet an exit code',
    { passed: 2, failed: [], skipped: ['b'] },
    1,
    { passed: 2, failed: ['tests: exit code 1 without a failed test'], skipped: ['b'] },
  ],
  ['no tally', undefined, 0, { passed: 0, failed: ['tests: ended without a tally, exit code 0'], skipped: [] }],
])('a run of tests: %s', (_, tally, exitCode, expected) => {
  expect(tallyTests(tally, exitCode)).toEqual(expected)
})

test('names what failed and what was skipped, the counts last', () => {
  expect(toReport({ passed: 1, failed: ['a: b'], skipped: ['c'] })).toEqual([
    'Failed:',
    '  a: b',
    'Skipped:',
    '  c',
    '1 passed, 1 failed, 1 skipped',
  ])
  expect(toReport({ passed: 1, failed: [], skipped: [] })).toEqual(['1 passed, 0 failed, 0 skipped'])
})

test.each([
  ['nothing skipped', [], 'true', ['type check=0', 'tests=0'], 0, '2 passed, 0 failed, 0 skipped'],
  ['a skip', ['a'], '', ['type check=0', 'tests=0'], 0, '2 passed, 0 failed, 1 skipped'],
  ['a skip in CI', ['a'], 'true', ['type check=0', 'tests=0'], 1, '2 passed, 0 failed, 1 skipped'],
  ['a check that failed', [], '', ['type check=2', 'tests=0'], 1, '1 passed, 1 failed, 0 skipped'],
])('adds up tests and checks: %s', (_, skipped, ci, exitCodes, status, lastLine) => {
  const path = join(folder, 'given.json')
  writeFileSync(path, JSON.stringify({ passed: 1, failed: [], skipped } satisfies Tally))
  const run = spawnSync(process.execPath, [join(repository, 'script/count-tests.ts'), path, ...exitCodes], {
    encoding: 'utf8',
    env: { ...process.env, CI: ci },
  })
  expect(run.stdout.trimEnd().split('\n').at(-1)).toBe(lastLine)
  expect(run.status).toBe(status)
})
