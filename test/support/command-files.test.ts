import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { createCommandFiles, parsePairs, readCommandFiles } from './command-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'command-files-'))
afterAll(() => rmSync(folder, { recursive: true }))

function write(text: Partial<Record<keyof ReturnType<typeof createCommandFiles>, string>>) {
  const files = createCommandFiles(folder)
  for (const [variable, content] of Object.entries(text)) appendFileSync(files[variable as keyof typeof files], content)
  return readCommandFiles(files)
}

describe('pairs', () => {
  test.each([
    ['a=1', [['a', '1']]],
    [
      'a=1=2\n\nb=',
      [
        ['a', '1=2'],
        ['b', ''],
      ],
    ],
    ['a<<END\nEND\n', [['a', '']]],
    [
      'a<<END\none\n\nEND two\nEND\nb=2\n',
      [
        ['a', 'one\n\nEND two'],
        ['b', '2'],
      ],
    ],
    ['a=x<<END\n', [['a', 'x<<END']]],
    ['a=1\r\n', [['a', '1\r']]],
  ])('%j', (text, pairs) => {
    expect(parsePairs(text)).toEqual({ pairs })
  })

  test.each([
    ['nothing', "Invalid format 'nothing'"],
    ['<<END\nEND', "Invalid format '<<END'"],
    ['a<<\nx', "Invalid format 'a<<'"],
    ['a<<END\none', "Invalid value. Matching delimiter not found 'END'"],
  ])('%j is an error, and what came before it counts', (text, error) => {
    expect(parsePairs(`first=1\n${text}`)).toEqual({ pairs: [['first', '1']], error })
  })
})

describe('the files of a step', () => {
  test('are read', () => {
    const written = write({ GITHUB_OUTPUT: '\uFEFFa=1\na=2\n', GITHUB_PATH: '/x\n\n/y', GITHUB_STEP_SUMMARY: '# Hi' })
    expect(written).toMatchObject({ path: ['/x', '/y'], summary: '# Hi', errors: [], failed: false })
    expect([...written.outputs]).toEqual([['a', '2']])
  })

  test('that are malformed fail it', () => {
    const { failed, errors } = write({ GITHUB_ENV: 'oops' })
    expect(failed).toBe(true)
    expect(errors).toEqual(["Unable to process file command 'env' successfully.", "Invalid format 'oops'"])
  })

  test('cannot set NODE_OPTIONS', () => {
    const { failed, errors, env } = write({ GITHUB_ENV: 'NODE_OPTIONS=--inspect\nOTHER=1' })
    expect({ failed, errors: errors.length, env: [...env.keys()] }).toEqual({
      failed: false,
      errors: 1,
      env: ['OTHER'],
    })
  })

  test('lose a summary of more than a megabyte', () => {
    const { summary, errors, failed } = write({ GITHUB_STEP_SUMMARY: 'x'.repeat(1024 * 1024 + 1) })
    expect({ summary, failed }).toEqual({ summary: '', failed: false })
    expect(errors[0]).toContain('content up to a size of 1024k, got 1024k')
  })
})
