import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Destination } from '../../src/storage/kind.ts'
import { formatEnd, formatHeader, type KeptHeader, parseEnd, parseHeader } from '../../src/unsent/kept-file.ts'
import { openUnsentFile } from '../../src/unsent/unsent-file.ts'
import { exampleHeader as header } from './kept-lines.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'build-stats-test-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const open = () => openUnsentFile(() => join(folder, 'unsent.lp'), header)

describe('the header', () => {
  test('comes back as it was, and is one line of comment', () => {
    const text = fc.string({ unit: 'binary' })
    const place = { kind: fc.constant('influxdb' as const), url: text }
    const destination: fc.Arbitrary<Destination> = fc.oneof(
      fc.record({ ...place, api: fc.constant('v1' as const), database: text, policy: text }),
      fc.record({ ...place, api: fc.constant('v1' as const), database: text }),
      fc.record({ ...place, api: fc.constant('v2' as const), bucket: text, org: text }),
      fc.record({ ...place, api: fc.constant('v2' as const), bucket: text }),
      fc.record({ ...place, api: fc.constant('v3' as const), database: text }),
      fc.record({ kind: fc.constant('file' as const), path: text }),
    )
    const headers = fc.record(
      { name: text, destination, builder: text, run_id: text, attempt: text, tries: fc.integer({ min: 1, max: 99 }) },
      { requiredKeys: ['destination', 'builder', 'run_id', 'attempt'] },
    )
    fc.assert(
      fc.property(headers, fc.integer({ min: 1, max: 2 ** 40 }), (given, lines) => {
        const line = formatHeader(given as KeptHeader, lines)
        expect(line).toMatch(/^# [^\n\r]*\n$/)
        // The number has its place before it is known.
        expect(formatHeader(given as KeptHeader).length).toBe(line.length)
        expect(parseHeader(line.slice(0, -1))).toEqual({ ...given, lines })
      }),
    )
  }, 60_000)

  const line = formatHeader(header).trimEnd()
  test.each([
    ['nothing', ''],
    ['another comment', '# a comment'],
    ['a point', 'm f=1 5'],
    ['one that is cut', line.slice(0, -5)],
    ['another version', line.replace('"version":2', '"version":3')],
    ['no version', line.replace('"version":2,', '')],
    ['a number for a text', line.replace('"7"', '7')],
    ['a name that is none', line.replace('"version":2', '"version":2,"name":{}')],
    ['a destination without a database', line.replace('"database"', '"bucket"')],
    ['a destination of a kind that is not known', line.replace('"influxdb"', '"kafka"')],
    ['a destination that is a text', line.replace(/\{"kind".*?\}/, '"influx"')],
    ['null', '# build-stats unsent null'],
    ['a list', '# build-stats unsent []'],
  ])('is none: %s', (_, text) => {
    expect(parseHeader(text)).toBeUndefined()
  })
})

test('the end is an end of its own line, and of the file', () => {
  expect(parseEnd(`m f=1 1\n${formatEnd(12)}`)).toEqual({ lines: 12, length: formatEnd(12).length })
  for (const tail of ['', 'm f=1 1\n', formatEnd(1).slice(0, -1), `x${formatEnd(1)}`, `${formatEnd(1)}m f=1 1\n`])
    expect(parseEnd(tail)).toBeUndefined()
})

describe('the file', () => {
  test('is there when there are lines, not before, and is whole when it is sealed', () => {
    const file = open()
    file.add([])
    file.seal()
    expect([file.path, file.lines, existsSync(join(folder, 'unsent.lp'))]).toEqual([undefined, 0, false])
    file.add(['m f=1 1', 'm f="é\n2" 2'])
    file.add(['m f=3 3'])
    const text = readFileSync(join(folder, 'unsent.lp'), 'utf8')
    expect(text).toBe(`${formatHeader(header)}m f=1 1\nm f="é\n2" 2\nm f=3 3\n`)
    expect([file.path, file.lines, file.failure]).toEqual([join(folder, 'unsent.lp'), 3, undefined])
    expect(file.shown).toEqual({ bytes: Buffer.byteLength(text), lines: 3 })
    file.seal()
    expect(readFileSync(join(folder, 'unsent.lp'), 'utf8')).toBe(
      `${formatHeader(header, 3)}m f=1 1\nm f="é\n2" 2\nm f=3 3\n${formatEnd(3)}`,
    )
  })

  test.skipIf(process.platform === 'win32')('is for its owner alone', () => {
    const file = open()
    file.add(['m f=1 1'])
    expect(statSync(file.path ?? '').mode & 0o777).toBe(0o600)
  })

  test('shows as much as a log takes, whole lines', () => {
    const file = open()
    const long = `m f="${'x'.repeat(300_000)}" 1`
    for (let index = 0; index < 10; index++) file.add([long])
    file.add(['m f=1 1'])
    expect([file.lines, file.shown.lines]).toEqual([11, 6])
    expect(file.shown.bytes).toBeLessThan(2_000_000)
  })

  test('never replaces one that is there, and says that it could not be written', () => {
    writeFileSync(join(folder, 'unsent.lp'), 'mine')
    const file = open()
    file.add(['m f=1 1'])
    file.add(['m f=1 2', 'm f=1 3'])
    expect([file.lines, file.failure]).toEqual([0, { reason: expect.stringContaining('EEXIST'), lines: 3 }])
    expect(readFileSync(join(folder, 'unsent.lp'), 'utf8')).toBe('mine')
  })
})

// A disk of 64 kB, as only root can make one.
const canMount = process.platform === 'linux' && process.getuid?.() === 0
describe.skipIf(!canMount)('on a disk that is full', () => {
  async function onSmallDisk(act: (disk: string) => void | Promise<void>): Promise<void> {
    const { execFileSync } = await import('node:child_process')
    const disk = join(folder, 'disk')
    execFileSync('mkdir', [disk])
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], { stdio: 'pipe' })
    } catch {
      // A container without the right to.
      return
    }
    try {
      await act(disk)
    } finally {
      execFileSync('umount', ['-l', disk])
    }
  }

  test('lines are there whole or not at all, and what had no room is counted', async () => {
    await onSmallDisk((disk) => {
      const file = openUnsentFile(() => join(disk, 'unsent.lp'), header)
      const lines = (from: number) =>
        Array.from({ length: 100 }, (_, index) => `m,case=c${from + index} f=${'1'.repeat(40)} 1`)
      for (let from = 0; from < 3000; from += 100) file.add(lines(from))
      // A disk is full for what is long, and not for what is short.
      file.add(['m f=1 1'])
      const text = readFileSync(join(disk, 'unsent.lp'), 'utf8')
      const found = text.split('\n').slice(1, -1)
      expect(text.endsWith('\n')).toBe(true)
      expect(found.every((line) => / 1$/.test(line))).toBe(true)
      expect(found.length).toBe(file.lines)
      expect(file.lines + (file.failure?.lines ?? 0)).toBe(3001)
      expect(file.failure?.reason).toMatch(/ENOSPC/)
      expect(file.lines).toBeGreaterThan(100)
      closeSync(openSync(join(disk, 'unsent.lp'), 'r'))
    })
  })
})
