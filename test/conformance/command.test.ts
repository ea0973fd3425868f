import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { runProcess } from '../support/process.ts'

const repository = join(import.meta.dirname, '../..')
const buildbot = join(import.meta.dirname, 'buildbot.json')
const folder = mkdtempSync(join(tmpdir(), 'build-stats-conformance-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function run(...files: string[]) {
  const { exitCode, stdout, stderr } = await runProcess(process.execPath, ['script/conformance.ts', ...files], {
    cwd: repository,
    env: {},
    timeoutMs: 30_000,
  })
  return { exitCode, stdout, stderr }
}

function write(text: string): string {
  const file = join(folder, 'cases.json')
  writeFileSync(file, text)
  return file
}

test('a file whose cases pass', async () => {
  expect(await run(buildbot)).toEqual({ exitCode: 0, stdout: '45 passed, 0 failed\n', stderr: '' })
})

test('a line for each case that differs', async () => {
  const changed = JSON.parse(readFileSync(buildbot, 'utf8'))
  changed.cases[0].expect.storages[0][0].fields.value = 'w'
  changed.cases[1].expect.errors.push('never reported')
  changed.cases[2].expect = { configuration_error: 'refused' }
  changed.cases[2].name = 'two\nlines'
  const { exitCode, stdout } = await run(write(JSON.stringify(changed)))
  expect(exitCode).toBe(1)
  expect(stdout.split('\n')).toEqual([
    expect.stringMatching(/^property of the named builder: storage 1: misses .*"w".* has unexpected .*"v"/),
    'property of another builder posts nothing and is no error: reports 0 errors [], expected 1 ["never reported"]',
    'two lines: no problem with its rules, expected: refused',
    '42 passed, 3 failed',
    '',
  ])
})

test.each([
  ['{', 'it is no JSON'],
  ['3', 'its shape is another: the file: '],
  ['{"source": ""}', 'its shape is another: cases: '],
  ['{"cases": [{"name": "a"}]}', 'its shape is another: cases.0.build: '],
])('a file that holds %s', async (text, message) => {
  const file = write(text)
  const { exitCode, stdout, stderr } = await run(file)
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
  expect(stderr).toContain(`${file} holds no cases that can be run: ${message}`)
})

test('no file, and none that is there', async () => {
  expect(await run()).toEqual({ exitCode: 1, stdout: '', stderr: 'Usage: npm run conformance -- FILE\n' })
  expect(await run(join(folder, 'none.json'))).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('ENOENT') })
})
