import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { formatHeader, openUnsentFile, parseHeader } from '../../src/unsent/kept-file.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'build-stats-test-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const header = { target: 'http://influx:8086 (v1, database ci)', builder: 'CI/test', run_id: '7', attempt: '1' }
const open = () => openUnsentFile(() => join(folder, 'unsent.lp'), header)

describe('the header', () => {
  test('comes back as it was, and is one line of comment', () => {
    const text = fc.string({ unit: 'binary' })
    const headers = fc.record(
      { name: text, target: text, builder: text, run_id: text, attempt: text },
      { requiredKeys: ['target', 'builder', 'run_id', 'attempt'] },
    )
    fc.assert(
      fc.property(headers, (given) => {
        const line = formatHeader(given)
        expect(line).toMatch(/^# [^\n\r]*\n$/)
        expect(parseHeader(line.slice(0, -1))).toEqual({ ...given })
      }),
    )
  })

  const line = formatHeader(header).trimEnd()
  test.each([
    ['nothing', ''],
    ['another comment', '# a comment'],
    ['a point', 'm f=1 5'],
    ['one that is cut', line.slice(0, -5)],
    ['another version', line.replace('"version":1', '"version":2')],
    ['no version', line.replace('"version":1,', '')],
    ['a number for a text', line.replace('"7"', '7')],
    ['a name that is none', line.replace('"version":1', '"version":1,"name":{}')],
    ['null', '# build-stats unsent null'],
    ['a list', '# build-stats unsent []'],
  ])('is none: %s', (_, text) => {
    expect(parseHeader(text)).toBeUndefined()
  })
})

describe('the file', () => {
  test('is there when there are lines, not before', () => {
    const file = open()
    file.add([])
    expect([file.path, file.lines, existsSync(join(folder, 'unsent.lp'))]).toEqual([undefined, 0, false])
    file.add(['m f=1 1', 'm f="é\n2" 2'])
    file.add(['m f=3 3'])
    const text = readFileSync(join(folder, 'unsent.lp'), 'utf8')
    expect(text).toBe(`${formatHeader(header)}m f=1 1\nm f="é\n2" 2\nm f=3 3\n`)
    expect([file.path, file.lines, file.failure]).toEqual([join(folder, 'unsent.lp'), 3, undefined])
    expect(file.shown).toEqual({ bytes: Buffer.byteLength(text), lines: 3 })
  })

  test.skipIf(process.platform === 'win32')('is for its owner alone', () => {
    const file = open()
    file.add(['m f=1 1'])
    expect(statSync(file.path ?? '').mode & 0o777).toBe(0o600)
  })

  test('is shown as far as a log can hold it, in whole lines', () => {
    const file = open()
    const line = `m f="${'é'.repeat(50_000)}" 1`
    for (let index = 0; index < 5; index++) file.add(Array<string>(10).fill(line))
    // What would still fit is not shown behind what does not.
    file.add(['m f=1 1'])
    const { bytes, lines } = file.shown
    expect(file.lines).toBe(51)
    expect(lines).toBe(19)
    const shown = readFileSync(file.path ?? '')
      .subarray(0, bytes)
      .toString('utf8')
    expect(shown).toBe(`${formatHeader(header)}${`${line}\n`.repeat(19)}`)
  })

  test('that cannot be written says so, and of how many lines', () => {
    const file = openUnsentFile(() => join(folder, 'none', 'unsent.lp'), header)
    file.add(['m f=1 1'])
    file.add(['m f=1 2', 'm f=1 3'])
    expect([file.lines, file.shown.lines]).toEqual([0, 0])
    expect(file.failure).toEqual({ reason: expect.stringMatching(/^ENOENT/), lines: 3 })
  })

  test('of which nobody can say the place says so', () => {
    const file = openUnsentFile(() => {
      throw new Error('no space left')
    }, header)
    file.add(['m f=1 1'])
    expect([file.path, file.failure]).toEqual([undefined, { reason: 'no space left', lines: 1 }])
  })
})
